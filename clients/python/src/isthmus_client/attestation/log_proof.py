"""Proof that an entry is in the transparency log: C2SP tlog-proof, checkpoint, signed note, RFC 9162 inclusion."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .encoding import from_base64, to_utf8
from .proof_error import refuse

MAX_PROOF_CHARACTERS = 131_072
MAX_NOTE_BYTES = 65_536
MAX_NOTE_SIGNATURES = 64

_ED25519 = b"\x01"
_VERIFIER_KEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,19}")
_EXTRA = re.compile(r"extra ([A-Za-z0-9+/=]+)")
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,19})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class NoteKey:
    """Who a note may be signed by."""

    name: str
    key_id: bytes
    key: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry that is in the log."""

    origin: str
    """Identity of the log."""
    index: int
    tree_size: int
    entry: bytes


def parse_verifier_key(vkey: str) -> NoteKey:
    """Read `<name>+<key id>+<base64 of 0x01 || public key>`. Refuse with `KEY_INVALID`."""
    found = _VERIFIER_KEY.fullmatch(vkey)
    if not found or re.search(r"\s", found[1]):
        refuse("KEY_INVALID", "expected a verifier key: name+id+base64")
    name = found[1]
    typed = from_base64(found[3], "KEY_INVALID")
    if len(typed) != 33 or typed[:1] != _ED25519:
        refuse("KEY_INVALID", "the verifier key is not of the type Ed25519 (1)")
    key_id = hashlib.sha256(to_utf8(name, "KEY_INVALID") + b"\n" + typed).digest()[:4]
    if key_id.hex() != found[2]:
        refuse("KEY_INVALID", "the id in the verifier key is not that of the key")
    return NoteKey(name, key_id, Ed25519PublicKey.from_public_bytes(typed[1:]))


def verify_log_proof(text: str, log: NoteKey) -> ProvenEntry:
    """Check a proof: checkpoint signed by the log's key, leaf hashed from the entry, inclusion at the index.

    Refuse with `LOG_PROOF_MALFORMED`, `CHECKPOINT_MALFORMED`, `CHECKPOINT_SIGNATURE` or `LOG_PROOF_INVALID`.
    """
    entry, index, hashes, note = _parsed(text)
    origin, size, root = _opened_checkpoint(note, log)
    check_inclusion(hashlib.sha256(b"\x00" + entry).digest(), index, size, hashes, root)
    return ProvenEntry(origin, index, size, entry)


def _parsed(text: str) -> tuple[bytes, int, list[bytes], str]:
    if len(text) > MAX_PROOF_CHARACTERS:
        _malformed(f"more than {MAX_PROOF_CHARACTERS} characters")
    head, empty, note = text.partition("\n\n")
    if not empty:
        _malformed("no empty line before the checkpoint")
    first, *lines = head.split("\n")
    if first != "c2sp.org/tlog-proof@v1":
        _malformed('expected "c2sp.org/tlog-proof@v1"')
    extra = _EXTRA.fullmatch(lines[0]) if lines else None
    if not extra:
        _malformed('expected the line "extra" with the entry')
    index = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
    if not index:
        _malformed('expected the line "index"')
    # 64 levels are the most that a tree with u64 indices has.
    if len(lines) > 66:
        _malformed("the proof is too long")
    hashes = [from_base64(line, "LOG_PROOF_MALFORMED") for line in lines[2:]]
    if any(len(one) != 32 for one in hashes):
        _malformed("every hash has 32 bytes")
    return from_base64(extra[1], "LOG_PROOF_MALFORMED"), int(index[1]), hashes, note


def _opened_checkpoint(note: str, log: NoteKey) -> tuple[str, int, bytes]:
    origin, size, root = _checkpoint(_opened_note(note, log))
    if origin != log.name:
        refuse("CHECKPOINT_SIGNATURE", f'the key of "{log.name}" signed for "{origin}"')
    return origin, size, root


def _opened_note(note: str, log: NoteKey) -> str:
    """Give the text. Signatures by unknown keys are ignored; one by the log's key that fails refuses the note."""
    if len(to_utf8(note, "CHECKPOINT_MALFORMED")) > MAX_NOTE_BYTES:
        _bad_checkpoint(f"more than {MAX_NOTE_BYTES} bytes")
    # The last empty line: the text itself may hold others.
    end = note.rfind("\n\n")
    if end < 0:
        _bad_checkpoint("no empty line before the signatures")
    text = note[: end + 1]
    if _CONTROL.search(text):
        _bad_checkpoint("the text holds control characters")
    *lines, last = note[end + 2 :].split("\n")
    if last != "" or not lines:
        _bad_checkpoint("expected signature lines, each with its newline")
    if len(lines) > MAX_NOTE_SIGNATURES:
        _bad_checkpoint(f"more than {MAX_NOTE_SIGNATURES} signatures")
    signatures = [_signature(line) for line in lines]
    ours = [signature for name, key_id, signature in signatures if (name, key_id) == (log.name, log.key_id)]
    for signature in ours:
        try:
            log.key.verify(signature, text.encode())
        except InvalidSignature:
            refuse("CHECKPOINT_SIGNATURE", f"the signature of {log.name} does not hold")
    if not ours:
        refuse("CHECKPOINT_SIGNATURE", "the note is not signed by the key of the log")
    return text


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = _SIGNATURE_LINE.fullmatch(line)
    if not found:
        _bad_checkpoint("a signature line is malformed")
    data = from_base64(found[2], "CHECKPOINT_MALFORMED")
    if len(data) < 5:
        _bad_checkpoint("a signature is too short")
    return found[1], data[:4], data[4:]


def _checkpoint(text: str) -> tuple[str, int, bytes]:
    lines = text.split("\n")[:-1]
    if len(lines) < 3:
        _bad_checkpoint("expected origin, size and root")
    if "" in lines:
        _bad_checkpoint("a line is empty")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size) or int(size) >= 2**64:
        _bad_checkpoint("the size is no u64")
    root_hash = from_base64(root, "CHECKPOINT_MALFORMED")
    if len(root_hash) != 32:
        _bad_checkpoint(f"the root has {len(root_hash)} bytes")
    return origin, int(size), root_hash


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check an inclusion proof by RFC 9162 section 2.1.3.2: length, index and size must fit each other exactly.

    Refuse with `LOG_PROOF_INVALID`.
    """
    if any(len(one) != 32 for one in (leaf, root, *proof)):
        _not_included("every hash has 32 bytes")
    if not 0 <= index < size:
        _not_included(f"there is no leaf {index} in a tree of {size}")
    at, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            _not_included("the proof is too long")
        if at & 1 or at == last:
            current = hashlib.sha256(b"\x01" + sibling + current).digest()
            while not at & 1 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            current = hashlib.sha256(b"\x01" + current + sibling).digest()
        at, last = at >> 1, last >> 1
    if last != 0:
        _not_included("the proof is too short")
    if current != root:
        _not_included("the proof leads to another root")


def _malformed(problem: str) -> NoReturn:
    refuse("LOG_PROOF_MALFORMED", f"log proof: {problem}")


def _bad_checkpoint(problem: str) -> NoReturn:
    refuse("CHECKPOINT_MALFORMED", f"checkpoint: {problem}")


def _not_included(problem: str) -> NoReturn:
    refuse("LOG_PROOF_INVALID", f"Merkle proof: {problem}")
