"""The relying party's check of an attestation, offline."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from .envelope import parse_bundle, verified_by
from .files import ModelFile, model_digest
from .log_entry import LogEntry, decode_log_entry
from .log_proof import parse_verifier_key, verify_log_proof
from .proof_error import ProofError, refuse
from .statement import (
    MODEL_SUBJECT,
    PAYLOAD_TYPE,
    PREDICATE_TYPE,
    AssuranceLevel,
    ProofMode,
    Statement,
    parse_statement,
    reaches,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom a relying party trusts and what it asks for."""

    attestation_keys: Sequence[str | bytes]
    """Keys of attestation services, P-256: PEM text, or DER of the SubjectPublicKeyInfo."""
    log_verifier_key: str | None = None
    """Key of the transparency log (C2SP vkey); without it no log proof can be checked."""
    minimum_assurance: AssuranceLevel = "L3_FULL"
    """Weakest level that is accepted."""
    require_online: bool = True
    """Whether the nonce must have come before the training."""
    require_log_proof: bool = True
    """Whether the attestation must be shown to be in the log."""
    accepted_predicate_types: Sequence[str] = (PREDICATE_TYPE,)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Read the keys from a `trust.json`, as the attestation service writes it; what is asked for is the default."""
        stated = json.loads(Path(path).read_text())
        return cls(attestation_keys=stated["attestationKeys"], log_verifier_key=stated.get("logVerifierKey"))


@dataclass(frozen=True, slots=True)
class LogInclusion:
    """Where the attestation is in the log."""

    origin: str
    index: int
    tree_size: int
    """Size of the tree that the checkpoint is of."""
    entry: LogEntry


@dataclass(frozen=True, slots=True)
class VerifiedAttestation:
    """An attestation that holds and that the policy accepts."""

    attestation_id: str
    """SHA-256 of the DSSE payload, hexadecimal."""
    statement: Statement
    model_digest: str
    """Digest of the attested file list, hexadecimal."""
    assurance: AssuranceLevel
    """The level that counts: `L4_FULL_QUORUM` is `L3_FULL` unless two trusted keys signed."""
    mode: ProofMode
    signed_by: tuple[str, ...]
    """Ids of the trusted keys that signed."""
    log: LogInclusion | None
    """None where no proof was given or no key of the log is known."""


def verify_attestation(
    bundle: bytes,
    trust: Trust,
    *,
    log_proof: str | None = None,
    files: Sequence[ModelFile] | None = None,
    model_digest: str | None = None,
) -> VerifiedAttestation:
    """Check a Sigstore bundle: signature by a pinned key, statement, files, inclusion in the log, then policy.

    `files` are the model's files as the caller has them (`model_files`): all of them, and no others, must be what was
    attested. `model_digest` is the digest of their list, where the files have been checked against it already, for
    example by the service that answered with it. The check does not ask whether the attestation was revoked later: that
    needs the log itself. Raise `ProofError`, whose `code` says which check failed.
    """
    envelope = parse_bundle(bundle)
    signed_by = verified_by(envelope, trust.attestation_keys)
    if envelope.payload_type != PAYLOAD_TYPE:
        refuse("PREDICATE_TYPE", f"the envelope holds {envelope.payload_type!r}")
    statement = parse_statement(envelope.payload, trust.accepted_predicate_types)
    digest = _checked_digest(statement, files, model_digest)
    attestation_id = hashlib.sha256(envelope.payload).hexdigest()
    log = _checked_inclusion(log_proof, trust.log_verifier_key, attestation_id, statement)
    level = statement.level
    assurance: AssuranceLevel = "L3_FULL" if level == "L4_FULL_QUORUM" and len(signed_by) < 2 else level
    if not reaches(assurance, trust.minimum_assurance):
        refuse("POLICY_LEVEL", f"verified to {assurance}, asked is {trust.minimum_assurance}")
    if trust.require_online and statement.mode != "ONLINE":
        refuse("POLICY_MODE", "the prover chose the seed of this run (POSTHOC), asked is ONLINE")
    if trust.require_log_proof and log is None:
        missing = "no log proof was given" if log_proof is None else "no key of the log is known"
        refuse("POLICY_LOG_PROOF", f"the attestation must be in the log, and {missing}")
    return VerifiedAttestation(attestation_id, statement, digest, assurance, statement.mode, signed_by, log)


def _checked_digest(statement: Statement, files: Sequence[ModelFile] | None, expected: str | None) -> str:
    attested = statement.subjects.get(MODEL_SUBJECT)
    if attested is None:
        refuse("STATEMENT_MALFORMED", f"no subject is named {MODEL_SUBJECT}")
    for file in files or ():
        if file.name not in statement.subjects:
            refuse("SUBJECT_MISMATCH", f'the attestation is not about a file "{file.name}"')
        if statement.subjects[file.name] != file.sha256:
            refuse("SUBJECT_MISMATCH", f'"{file.name}" is not the file that was attested')
    # The list as a whole, so that a missing file is noticed as well.
    if files is not None and model_digest(files) != attested:
        refuse("SUBJECT_MISMATCH", "the files are not all of those that were attested")
    if expected is not None and expected != attested:
        refuse("SUBJECT_MISMATCH", f"the attestation is about the model {attested}, not {expected}")
    return attested


def _checked_inclusion(
    log_proof: str | None, vkey: str | None, attestation_id: str, statement: Statement
) -> LogInclusion | None:
    if log_proof is None or vkey is None:
        return None
    proven = verify_log_proof(log_proof, parse_verifier_key(vkey))
    try:
        entry = decode_log_entry(proven.entry)
    except ProofError as error:
        raise ProofError("LOG_PROOF_INVALID", f"the proven entry of the log: {error}") from error
    if (entry.type, entry.payload_sha256, entry.run_id) != ("ATTEST", attestation_id, statement.run_id):
        refuse("LOG_PROOF_INVALID", "the proven entry of the log is not that of this attestation")
    return LogInclusion(proven.origin, proven.index, proven.tree_size, entry)
