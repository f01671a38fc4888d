"""Takes the rules of the fields out of a compiled contract (`python strip_rules.py IMAGE`).

They are the servers' matter, and without them the classes need no library of the rules' language.
"""

import sys
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

if __name__ == "__main__":
    image = Path(sys.argv[1])
    contract = FileDescriptorSet.FromString(image.read_bytes())
    kept = FileDescriptorSet()
    for file in contract.file:
        if file.package == "buf.validate":
            continue
        # Options of other packages are unknown to this program, which knows descriptors only.
        file.DiscardUnknownFields()  # type: ignore[attr-defined]
        imports = [name for name in file.dependency if not name.startswith("buf/")]
        del file.dependency[:]
        file.dependency.extend(imports)
        kept.file.add().CopyFrom(file)
    image.write_bytes(kept.SerializeToString())
