"""The one error of the offline check."""

from typing import Literal, NoReturn

FailureClass = Literal[
    "JSON_INVALID",
    "FILE_LIST_INVALID",
    "MERKLE_PROOF_INVALID",
    "LOG_ENTRY_INVALID",
    "LOG_PROOF_MALFORMED",
    "LOG_PROOF_INVALID",
    "NOTE_MALFORMED",
    "NOTE_SIGNATURE",
    "CHECKPOINT_MALFORMED",
    "CHECKPOINT_SIGNATURE",
    "KEY_INVALID",
    "KEY_UNKNOWN",
    "SIGNATURE_INVALID",
    "STATEMENT_MALFORMED",
    "ENVELOPE_MALFORMED",
    "BUNDLE_MALFORMED",
    "PREDICATE_TYPE",
    "SUBJECT_MISMATCH",
    "POLICY_LEVEL",
    "POLICY_MODE",
    "POLICY_LOG_PROOF",
]
"""Why a format was refused or a check failed; `docs/proof-formats.md` describes the formats."""


class ProofError(Exception):
    """An attestation that was refused."""

    def __init__(self, code: FailureClass, message: str) -> None:
        super().__init__(message)
        self.code: FailureClass = code


def refuse(code: FailureClass, message: str) -> NoReturn:
    """Raise a `ProofError`."""
    raise ProofError(code, message)
