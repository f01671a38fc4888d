"""An entry of the transparency log."""

import struct
from dataclasses import dataclass
from typing import Any, NoReturn

from .encoding import MAX_SAFE, canonical_json, strict_json
from .proof_error import refuse

VERSION = 1
MAX_ENTRY_BYTES = 65_535
TYPES = {1: "START", 2: "COMMIT", 3: "VERDICT", 4: "ATTEST", 5: "REVOKE", 6: "DISPUTE"}


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What the log says of a run."""

    type: str
    time_ms: int
    """Unix time in milliseconds."""
    run_id: str
    payload_sha256: str
    """What the entry commits to; of an `ATTEST` entry the id of the attestation."""
    summary: dict[str, Any]


def decode_log_entry(data: bytes) -> LogEntry:
    """Read an entry. Refuse with `LOG_ENTRY_INVALID`, or `JSON_INVALID` where the summary is not canonical JSON."""
    if len(data) < 11:
        _invalid("ends early")
    version, kind, time_ms, id_size = struct.unpack_from("<BBQB", data)
    if version != VERSION:
        _invalid(f"version {version}, this code reads {VERSION}")
    if kind not in TYPES:
        _invalid(f"unknown type {kind}")
    if time_ms > MAX_SAFE:
        _invalid("the time exceeds 2^53 - 1")
    if not 16 <= id_size <= 32:
        _invalid(f"a run id has 16 to 32 bytes, this one {id_size}")
    start = 11 + id_size + 34
    if len(data) < start:
        _invalid("ends early")
    (summary_size,) = struct.unpack_from("<H", data, start - 2)
    if len(data) != start + summary_size:
        _invalid("another size than it says")
    text = data[start:]
    summary = strict_json(text, max_bytes=MAX_ENTRY_BYTES)
    if canonical_json(summary) != text:
        refuse("JSON_INVALID", "the JSON is not in its canonical form (RFC 8785)")
    if not isinstance(summary, dict):
        _invalid("the summary is no object")
    run_id = data[11 : 11 + id_size].hex()
    return LogEntry(TYPES[kind], time_ms, run_id, data[start - 34 : start - 2].hex(), summary)


def _invalid(problem: str) -> NoReturn:
    refuse("LOG_ENTRY_INVALID", f"log entry: {problem}")
