import json
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_has_the_version_of_the_contract() -> None:
    contract = json.loads((ROOT / "proto/package.json").read_text())["version"]
    assert version("isthmus-client") == contract


def test_a_wheel_holds_types_and_generated_code(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
        str(ROOT / "clients/python"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.endswith("py3-none-any.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "isthmus_client/py.typed",
        "isthmus_client/attestation/verify.py",
        "isthmus/py.typed",
        "isthmus/services.py",
        "isthmus/retrieval/v1/retrieval_pb2.py",
        "isthmus/retrieval/v1/retrieval_pb2.pyi",
    } <= names
    assert not any(name.startswith(("tests/", "tools/")) for name in names)
