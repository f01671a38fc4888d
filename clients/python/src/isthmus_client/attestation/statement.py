"""The in-toto statement: what an attestation says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from .encoding import strict_json
from .json_fields import JsonFields
from .proof_error import ProofError, refuse

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
PREDICATE_TYPE = "https://isthmus.dev/attestation/proof-of-learning/v0.1"
MODEL_SUBJECT = "model:file-list"
"""Name of the subject whose digest is that of the file list: it stands for the model as a whole."""
MAX_STATEMENT_BYTES = 180_000

AssuranceLevel = Literal["L0_INTEGRITY", "L1_LEGACY_TOLERANCE", "L2_SAMPLED", "L3_FULL", "L4_FULL_QUORUM"]
ASSURANCE_LEVELS: tuple[AssuranceLevel, ...] = (
    "L0_INTEGRITY",
    "L1_LEGACY_TOLERANCE",
    "L2_SAMPLED",
    "L3_FULL",
    "L4_FULL_QUORUM",
)
"""How far a training run was verified, weakest first."""

ProofMode = Literal["ONLINE", "POSTHOC"]

_PRINTABLE = re.compile(r"[\x21-\x7e]{1,512}")
_SHORT = re.compile(r"[\x20-\x7e]{1,128}")
_NAME = re.compile(r"[^\n\r\u2028\u2029]{1,512}")
_RUN_ID = re.compile(r"([0-9a-f]{2}){16,32}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that was read strictly."""

    subjects: dict[str, str]
    """SHA-256 by name."""
    run_id: str
    mode: ProofMode
    level: AssuranceLevel
    predicate: dict[str, Any]
    """Everything that was said, as JSON; `docs/proof-formats.md` describes the members."""


def reaches(level: AssuranceLevel, minimum: AssuranceLevel) -> bool:
    """Tell whether a level is at least as strong as another."""
    return ASSURANCE_LEVELS.index(level) >= ASSURANCE_LEVELS.index(minimum)


def parse_statement(payload: bytes, accepted_predicate_types: Sequence[str]) -> Statement:
    """Read the payload of a verified envelope; unknown members are ignored, as in-toto asks.

    Refuse with `STATEMENT_MALFORMED`, or `PREDICATE_TYPE` where the type is not an accepted one.
    """
    try:
        json = strict_json(payload, max_bytes=MAX_STATEMENT_BYTES)
    except ProofError as error:
        raise ProofError("STATEMENT_MALFORMED", f"statement: {error}") from error
    fields = JsonFields(json, "STATEMENT_MALFORMED", "statement")
    fields.word("_type", [STATEMENT_TYPE])
    predicate_type = fields.text("predicateType", _PRINTABLE)
    if predicate_type not in accepted_predicate_types:
        refuse("PREDICATE_TYPE", f"the statement has the predicate type {predicate_type}")
    named = [(one.text("name", _NAME), one.object("digest").sha256("sha256")) for one in fields.objects("subject")]
    if not named:
        fields.fail("subject", "is empty")
    if len(dict(named)) != len(named):
        fields.fail("subject", "two have one name")
    predicate = fields.object("predicate")
    run_id, mode, level = _checked_predicate(predicate)
    return Statement(dict(named), run_id, mode, level, fields.value("predicate"))


def _checked_predicate(fields: JsonFields) -> tuple[str, ProofMode, AssuranceLevel]:
    _check_verifier(fields.object("verifier"))
    run = fields.object("run")
    run_id, mode = _checked_run(run)
    _check_program(fields.object("program"))
    _check_inputs(fields.object("inputs"))
    trajectory = fields.object("trajectory")
    _check_trajectory(trajectory)
    verification = fields.object("verification")
    level = cast(AssuranceLevel, verification.word("level", ASSURANCE_LEVELS))
    compare = verification.word("compare", ["EXACT", "TOLERANCE"])
    replayed = verification.integer("replayedSegments")
    replayed_all = verification.boolean("replayedAll")
    _check_soundness(verification.object("soundness"))
    if not all(isinstance(claim, str) for claim in fields.array("nonClaims")):
        fields.fail("nonClaims", "expected words")
    # The parts have to agree.
    segments = trajectory.integer("segments", 1)
    if replayed > segments:
        fields.fail("verification", "more segments replayed than there are")
    if replayed_all != (replayed == segments):
        fields.fail("verification", f'"replayedAll" contradicts {replayed} of {segments} segments')
    if reaches(level, "L2_SAMPLED") and compare != "EXACT":
        fields.fail("verification", f"{level} is an exact comparison")
    if reaches(level, "L3_FULL") and not replayed_all:
        fields.fail("verification", f"{level} is a replay of all segments")
    if (mode == "ONLINE") != (run.value("nonceSha256") is not None):
        fields.fail("run", "exactly ONLINE runs have a nonce")
    return run_id, mode, level


def _check_verifier(fields: JsonFields) -> None:
    fields.text("id", _PRINTABLE)
    fields.text("version", _SHORT)
    profile = fields.object("kernelProfile")
    profile.text("name", _SHORT)
    profile.text("version", _SHORT)
    profile.sha256("wasmSha256")
    profile.sha256("canarySha256")


def _checked_run(fields: JsonFields) -> tuple[str, ProofMode]:
    run_id = fields.text("id", _RUN_ID)
    mode = cast(ProofMode, fields.word("mode", ["ONLINE", "POSTHOC"]))
    fields.sha256("manifestSha256")
    fields.sha256("proverKeyId")
    fields.sha256_or_null("nonceSha256")
    fields.integer("startLogIndex")
    fields.integer("priorAttemptsByProver")
    for name in ("startedAt", "committedAt", "verifiedAt"):
        fields.text(name, _TIME)
    return run_id, mode


def _check_program(fields: JsonFields) -> None:
    fields.text("name", _SHORT)
    fields.text("version", _SHORT)
    fields.object("digest").sha256("sha256")
    fields.word("stoppingRule", ["IN_PROGRAM"])
    fields.object("plan")
    fields.sha256("planSha256")


def _check_inputs(fields: JsonFields) -> None:
    for records in fields.objects("records"):
        records.text("name", _SHORT)
        records.integer("size")
        records.object("digest").sha256("sha256")
        records.sha256("merkleRoot")
    for artefact in fields.objects("artefacts"):
        artefact.text("name", _SHORT)
        artefact.object("digest").sha256("sha256")
        artefact.sha256_or_null("attestationId")


def _check_trajectory(fields: JsonFields) -> None:
    for name in ("steps", "segmentSteps", "segments"):
        fields.integer(name, 1)
    for name in ("chainHeadSha256", "statesRootSha256", "initialStateHash", "finalStateHash"):
        fields.sha256(name)
    fields.word("reads", ["COMMITTED_PER_SEGMENT"])


def _check_soundness(fields: JsonFields) -> None:
    fields.word("model", ["hypergeometric"])
    for entry in fields.objects("missProbability"):
        probability = entry.value("p")
        if isinstance(probability, bool) or not isinstance(probability, int | float) or not 0 <= probability <= 1:
            entry.fail("p", "expected a probability")
        entry.integer("badSegments", 1)
    fields.integer("grindingBits", 0, 256)
