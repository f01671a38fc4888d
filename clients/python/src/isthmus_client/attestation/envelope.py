"""Sigstore bundle v0.3 with a DSSE envelope, and its signatures (ECDSA on P-256 with SHA-256)."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from .encoding import from_base64, strict_json, to_utf8
from .json_fields import JsonFields
from .proof_error import ProofError, refuse

MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"
MAX_BUNDLE_BYTES = 262_144
MAX_SIGNATURES = 16

_HINT = re.compile(r"[\s\S]{0,1024}")
_TYPE = re.compile(r"[\s\S]{1,1024}")
_ANY = re.compile(r"[\s\S]*")


@dataclass(frozen=True, slots=True)
class Envelope:
    """A DSSE envelope (secure-systems-lab/dsse, protocol version 1). Key ids are unauthenticated: they decide nothing."""

    payload_type: str
    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]
    """Key id and signature."""


def parse_bundle(data: bytes) -> Envelope:
    """Read a bundle that was received. Refuse other media types, certificates, unknown members: `BUNDLE_MALFORMED`."""
    try:
        fields = JsonFields(strict_json(data, max_bytes=MAX_BUNDLE_BYTES, max_depth=8), "BUNDLE_MALFORMED", "bundle")
        fields.only("mediaType", "verificationMaterial", "dsseEnvelope").word("mediaType", [MEDIA_TYPE])
        # Entries of other logs and timestamps may be there; they are not what this package verifies.
        material = fields.object("verificationMaterial").only("publicKey", "tlogEntries", "timestampVerificationData")
        material.object("publicKey").only("hint").text("hint", _HINT)
        return _envelope(fields.value("dsseEnvelope"))
    except ProofError as error:
        if error.code == "BUNDLE_MALFORMED":
            raise
        raise ProofError("BUNDLE_MALFORMED", f"bundle: {error}") from error


def verified_by(envelope: Envelope, trusted_keys: Sequence[str | bytes]) -> tuple[str, ...]:
    """Give the ids of the trusted keys that signed, at least one.

    Refuse with `SIGNATURE_INVALID`, `KEY_UNKNOWN` where the envelope names other keys only, `KEY_INVALID` for a trusted
    key that cannot be used.
    """
    payload_type = to_utf8(envelope.payload_type, "ENVELOPE_MALFORMED")
    # Pre-authentication encoding: sizes in bytes as decimals.
    message = b"DSSEv1 %d %s %d %s" % (
        len(payload_type),
        payload_type,
        len(envelope.payload),
        envelope.payload,
    )
    keys = [_public_key(key) for key in trusted_keys]
    trusted = {_key_id(key): key for key in keys}
    # Every key is tried on every signature: which key a signature names is the sender's word.
    signed_by = tuple(
        key_id
        for key_id, key in trusted.items()
        if any(_holds(key, signature, message) for _, signature in envelope.signatures)
    )
    if signed_by:
        return signed_by
    if any(named == "" or named in trusted for named, _ in envelope.signatures):
        refuse("SIGNATURE_INVALID", "no signature of the envelope holds for a trusted key")
    refuse("KEY_UNKNOWN", "the envelope is signed by keys that are not trusted here")


def _envelope(value: Any) -> Envelope:
    fields = JsonFields(value, "ENVELOPE_MALFORMED", "envelope")
    signatures = tuple(
        (one.text("keyid", _HINT) if one.has("keyid") else "", _base64(one.text("sig", _ANY)))
        for one in fields.objects("signatures")
    )
    if not 1 <= len(signatures) <= MAX_SIGNATURES:
        fields.fail("signatures", f"expected 1 to {MAX_SIGNATURES}")
    return Envelope(fields.text("payloadType", _TYPE), _base64(fields.text("payload", _ANY)), signatures)


def _base64(text: str) -> bytes:
    return from_base64(text, "ENVELOPE_MALFORMED", url_safe=True)


def _public_key(source: str | bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_pem_public_key(source.encode()) if isinstance(source, str) else load_der_public_key(source)
    except ValueError as error:
        raise ProofError("KEY_INVALID", "the key cannot be read: expected PEM or DER of a P-256 key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        refuse("KEY_INVALID", "expected an elliptic-curve key on P-256")
    return key


def _key_id(key: ec.EllipticCurvePublicKey) -> str:
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _holds(key: ec.EllipticCurvePublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
