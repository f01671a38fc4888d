from isthmus.model.v1 import authorization_pb2 as _authorization_pb2
from isthmus.model.v1 import model_pb2 as _model_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RunState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RUN_STATE_UNSPECIFIED: _ClassVar[RunState]
    RUN_STATE_TRAINING: _ClassVar[RunState]
    RUN_STATE_COMMITTED: _ClassVar[RunState]
    RUN_STATE_REPLAYING: _ClassVar[RunState]
    RUN_STATE_ATTESTED: _ClassVar[RunState]
    RUN_STATE_REJECTED: _ClassVar[RunState]
    RUN_STATE_ABSTAINED: _ClassVar[RunState]
    RUN_STATE_EXPIRED: _ClassVar[RunState]

class ProofMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROOF_MODE_UNSPECIFIED: _ClassVar[ProofMode]
    PROOF_MODE_ONLINE: _ClassVar[ProofMode]
    PROOF_MODE_POSTHOC: _ClassVar[ProofMode]
RUN_STATE_UNSPECIFIED: RunState
RUN_STATE_TRAINING: RunState
RUN_STATE_COMMITTED: RunState
RUN_STATE_REPLAYING: RunState
RUN_STATE_ATTESTED: RunState
RUN_STATE_REJECTED: RunState
RUN_STATE_ABSTAINED: RunState
RUN_STATE_EXPIRED: RunState
PROOF_MODE_UNSPECIFIED: ProofMode
PROOF_MODE_ONLINE: ProofMode
PROOF_MODE_POSTHOC: ProofMode

class Run(_message.Message):
    __slots__ = ("id", "state", "mode", "manifest_digest", "prover_key_id", "committed_segments", "replayed_segments", "start_log_index", "prior_attempts", "verdict", "attestation_id", "started_at_ms", "finished_at_ms", "decided_at_ms")
    ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    MANIFEST_DIGEST_FIELD_NUMBER: _ClassVar[int]
    PROVER_KEY_ID_FIELD_NUMBER: _ClassVar[int]
    COMMITTED_SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    START_LOG_INDEX_FIELD_NUMBER: _ClassVar[int]
    PRIOR_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    ATTESTATION_ID_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    id: str
    state: RunState
    mode: ProofMode
    manifest_digest: str
    prover_key_id: str
    committed_segments: int
    replayed_segments: int
    start_log_index: int
    prior_attempts: int
    verdict: Verdict
    attestation_id: str
    started_at_ms: int
    finished_at_ms: int
    decided_at_ms: int
    def __init__(self, id: _Optional[str] = ..., state: _Optional[_Union[RunState, str]] = ..., mode: _Optional[_Union[ProofMode, str]] = ..., manifest_digest: _Optional[str] = ..., prover_key_id: _Optional[str] = ..., committed_segments: _Optional[int] = ..., replayed_segments: _Optional[int] = ..., start_log_index: _Optional[int] = ..., prior_attempts: _Optional[int] = ..., verdict: _Optional[_Union[Verdict, _Mapping]] = ..., attestation_id: _Optional[str] = ..., started_at_ms: _Optional[int] = ..., finished_at_ms: _Optional[int] = ..., decided_at_ms: _Optional[int] = ...) -> None: ...

class Verdict(_message.Message):
    __slots__ = ("accepted", "assurance", "failure_class", "failure", "failed_segment", "replayed_segments", "total_segments")
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    ASSURANCE_FIELD_NUMBER: _ClassVar[int]
    FAILURE_CLASS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    FAILED_SEGMENT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    accepted: bool
    assurance: _model_pb2.Assurance
    failure_class: str
    failure: str
    failed_segment: int
    replayed_segments: int
    total_segments: int
    def __init__(self, accepted: bool = ..., assurance: _Optional[_Union[_model_pb2.Assurance, str]] = ..., failure_class: _Optional[str] = ..., failure: _Optional[str] = ..., failed_segment: _Optional[int] = ..., replayed_segments: _Optional[int] = ..., total_segments: _Optional[int] = ...) -> None: ...

class StartRunRequest(_message.Message):
    __slots__ = ("manifest", "signature", "public_key", "mode", "seed", "request_id")
    MANIFEST_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_KEY_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    manifest: bytes
    signature: bytes
    public_key: bytes
    mode: ProofMode
    seed: bytes
    request_id: str
    def __init__(self, manifest: _Optional[bytes] = ..., signature: _Optional[bytes] = ..., public_key: _Optional[bytes] = ..., mode: _Optional[_Union[ProofMode, str]] = ..., seed: _Optional[bytes] = ..., request_id: _Optional[str] = ...) -> None: ...

class StartRunResponse(_message.Message):
    __slots__ = ("run", "checkpoint", "nonce", "seed", "window")
    RUN_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    NONCE_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    run: Run
    checkpoint: str
    nonce: bytes
    seed: bytes
    window: int
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ..., checkpoint: _Optional[str] = ..., nonce: _Optional[bytes] = ..., seed: _Optional[bytes] = ..., window: _Optional[int] = ...) -> None: ...

class UploadObjectRequest(_message.Message):
    __slots__ = ("sha256", "chunk")
    SHA256_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    sha256: str
    chunk: bytes
    def __init__(self, sha256: _Optional[str] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadObjectResponse(_message.Message):
    __slots__ = ("sha256", "size_bytes")
    SHA256_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    sha256: str
    size_bytes: int
    def __init__(self, sha256: _Optional[str] = ..., size_bytes: _Optional[int] = ...) -> None: ...

class CommitSegmentsRequest(_message.Message):
    __slots__ = ("run_id", "segment", "state_hash", "reads_digest", "chain", "state_object", "steps", "initial_state_hash")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    STATE_HASH_FIELD_NUMBER: _ClassVar[int]
    READS_DIGEST_FIELD_NUMBER: _ClassVar[int]
    CHAIN_FIELD_NUMBER: _ClassVar[int]
    STATE_OBJECT_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    INITIAL_STATE_HASH_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    segment: int
    state_hash: bytes
    reads_digest: bytes
    chain: bytes
    state_object: bytes
    steps: int
    initial_state_hash: bytes
    def __init__(self, run_id: _Optional[str] = ..., segment: _Optional[int] = ..., state_hash: _Optional[bytes] = ..., reads_digest: _Optional[bytes] = ..., chain: _Optional[bytes] = ..., state_object: _Optional[bytes] = ..., steps: _Optional[int] = ..., initial_state_hash: _Optional[bytes] = ...) -> None: ...

class CommitSegmentsResponse(_message.Message):
    __slots__ = ("next_segment",)
    NEXT_SEGMENT_FIELD_NUMBER: _ClassVar[int]
    next_segment: int
    def __init__(self, next_segment: _Optional[int] = ...) -> None: ...

class FinishRunRequest(_message.Message):
    __slots__ = ("run_id", "segments", "chain_head", "files", "model_digest", "signature", "request_id")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    CHAIN_HEAD_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    segments: int
    chain_head: bytes
    files: _containers.RepeatedCompositeFieldContainer[_model_pb2.ModelFile]
    model_digest: str
    signature: bytes
    request_id: str
    def __init__(self, run_id: _Optional[str] = ..., segments: _Optional[int] = ..., chain_head: _Optional[bytes] = ..., files: _Optional[_Iterable[_Union[_model_pb2.ModelFile, _Mapping]]] = ..., model_digest: _Optional[str] = ..., signature: _Optional[bytes] = ..., request_id: _Optional[str] = ...) -> None: ...

class FinishRunResponse(_message.Message):
    __slots__ = ("run",)
    RUN_FIELD_NUMBER: _ClassVar[int]
    run: Run
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ...) -> None: ...

class GetRunRequest(_message.Message):
    __slots__ = ("run_id",)
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    def __init__(self, run_id: _Optional[str] = ...) -> None: ...

class GetRunResponse(_message.Message):
    __slots__ = ("run",)
    RUN_FIELD_NUMBER: _ClassVar[int]
    run: Run
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ...) -> None: ...

class ListRunsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "prover_key_id")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PROVER_KEY_ID_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    prover_key_id: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., prover_key_id: _Optional[str] = ...) -> None: ...

class ListRunsResponse(_message.Message):
    __slots__ = ("runs", "next_page_token")
    RUNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    runs: _containers.RepeatedCompositeFieldContainer[Run]
    next_page_token: str
    def __init__(self, runs: _Optional[_Iterable[_Union[Run, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchRunRequest(_message.Message):
    __slots__ = ("run_id",)
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    def __init__(self, run_id: _Optional[str] = ...) -> None: ...

class WatchRunResponse(_message.Message):
    __slots__ = ("run",)
    RUN_FIELD_NUMBER: _ClassVar[int]
    run: Run
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ...) -> None: ...
