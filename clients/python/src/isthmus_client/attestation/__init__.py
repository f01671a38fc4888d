"""Checks offline that a model was trained as its attestation says."""

from .files import ModelFile, model_digest, model_files
from .proof_error import FailureClass, ProofError
from .statement import AssuranceLevel, ProofMode, Statement
from .verify import LogInclusion, Trust, VerifiedAttestation, verify_attestation

__all__ = [
    "AssuranceLevel",
    "FailureClass",
    "LogInclusion",
    "ModelFile",
    "ProofError",
    "ProofMode",
    "Statement",
    "Trust",
    "VerifiedAttestation",
    "model_digest",
    "model_files",
    "verify_attestation",
]
