"""The files of a model and the digest of their list."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .encoding import MAX_SAFE, canonical_json
from .proof_error import refuse

MAX_FILES = 1000
MAX_LIST_BYTES = 1 << 20

_NAME = re.compile(r"[a-z0-9._/-]{1,255}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model."""

    name: str
    """Name inside the model, with `/` between folders."""
    sha256: str
    size_bytes: int


def model_files(directory: str | Path) -> list[ModelFile]:
    """Hash every file below a folder, ascending by name."""
    root = Path(directory)
    files = []
    for path in root.rglob("*"):
        if path.is_file():
            with path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            files.append(ModelFile(path.relative_to(root).as_posix(), digest, path.stat().st_size))
    return sorted(files, key=lambda file: file.name)


def model_digest(files: Iterable[ModelFile]) -> str:
    """Give the SHA-256 of the file list, which fixes every file, their names, and that there are no others.

    Refuse with `FILE_LIST_INVALID` on no files, two of one name, or a name, hash or size that is not allowed.
    """
    entries = sorted(files, key=lambda file: file.name)
    if not 1 <= len(entries) <= MAX_FILES:
        refuse("FILE_LIST_INVALID", f"expected 1 to {MAX_FILES} files")
    if len({file.name for file in entries}) != len(entries):
        refuse("FILE_LIST_INVALID", "two files have one name")
    for file in entries:
        parts = file.name.split("/")
        if not _NAME.fullmatch(file.name) or any(part in ("", ".", "..") for part in parts):
            refuse("FILE_LIST_INVALID", f'"{file.name}" is no name of a file of a model')
        if not _SHA256.fullmatch(file.sha256) or not 0 <= file.size_bytes <= MAX_SAFE:
            refuse("FILE_LIST_INVALID", f'hash or size of "{file.name}" is none')
    text = canonical_json(
        {"files": [{"name": one.name, "sha256": one.sha256, "size": one.size_bytes} for one in entries]}
    )
    if len(text) > MAX_LIST_BYTES:
        refuse("FILE_LIST_INVALID", f"more than {MAX_LIST_BYTES} bytes")
    return hashlib.sha256(text).hexdigest()
