from isthmus.attestation.v1 import run_pb2 as _run_pb2
from isthmus.model.v1 import authorization_pb2 as _authorization_pb2
from isthmus.model.v1 import model_pb2 as _model_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Attestation(_message.Message):
    __slots__ = ("id", "run_id", "program_name", "program_digest", "model_digest", "assurance", "mode", "log_index", "created_at_ms")
    ID_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_NAME_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_DIGEST_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    ASSURANCE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    LOG_INDEX_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    id: str
    run_id: str
    program_name: str
    program_digest: str
    model_digest: str
    assurance: _model_pb2.Assurance
    mode: _run_pb2.ProofMode
    log_index: int
    created_at_ms: int
    def __init__(self, id: _Optional[str] = ..., run_id: _Optional[str] = ..., program_name: _Optional[str] = ..., program_digest: _Optional[str] = ..., model_digest: _Optional[str] = ..., assurance: _Optional[_Union[_model_pb2.Assurance, str]] = ..., mode: _Optional[_Union[_run_pb2.ProofMode, str]] = ..., log_index: _Optional[int] = ..., created_at_ms: _Optional[int] = ...) -> None: ...

class GetAttestationRequest(_message.Message):
    __slots__ = ("attestation_id", "run_id", "model_digest")
    ATTESTATION_ID_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    MODEL_DIGEST_FIELD_NUMBER: _ClassVar[int]
    attestation_id: str
    run_id: str
    model_digest: str
    def __init__(self, attestation_id: _Optional[str] = ..., run_id: _Optional[str] = ..., model_digest: _Optional[str] = ...) -> None: ...

class GetAttestationResponse(_message.Message):
    __slots__ = ("attestation", "bundle", "log_proof", "bundle_digest", "log_proof_digest")
    ATTESTATION_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    LOG_PROOF_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_DIGEST_FIELD_NUMBER: _ClassVar[int]
    LOG_PROOF_DIGEST_FIELD_NUMBER: _ClassVar[int]
    attestation: Attestation
    bundle: bytes
    log_proof: str
    bundle_digest: str
    log_proof_digest: str
    def __init__(self, attestation: _Optional[_Union[Attestation, _Mapping]] = ..., bundle: _Optional[bytes] = ..., log_proof: _Optional[str] = ..., bundle_digest: _Optional[str] = ..., log_proof_digest: _Optional[str] = ...) -> None: ...

class ListAttestationsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAttestationsResponse(_message.Message):
    __slots__ = ("attestations", "next_page_token")
    ATTESTATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    attestations: _containers.RepeatedCompositeFieldContainer[Attestation]
    next_page_token: str
    def __init__(self, attestations: _Optional[_Iterable[_Union[Attestation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class VerifyAttestationRequest(_message.Message):
    __slots__ = ("bundle", "log_proof", "files")
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    LOG_PROOF_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    bundle: bytes
    log_proof: str
    files: _containers.RepeatedCompositeFieldContainer[_model_pb2.ModelFile]
    def __init__(self, bundle: _Optional[bytes] = ..., log_proof: _Optional[str] = ..., files: _Optional[_Iterable[_Union[_model_pb2.ModelFile, _Mapping]]] = ...) -> None: ...

class VerifyAttestationResponse(_message.Message):
    __slots__ = ("valid", "attestation", "problems", "non_claims")
    VALID_FIELD_NUMBER: _ClassVar[int]
    ATTESTATION_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    NON_CLAIMS_FIELD_NUMBER: _ClassVar[int]
    valid: bool
    attestation: Attestation
    problems: _containers.RepeatedScalarFieldContainer[str]
    non_claims: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, valid: bool = ..., attestation: _Optional[_Union[Attestation, _Mapping]] = ..., problems: _Optional[_Iterable[str]] = ..., non_claims: _Optional[_Iterable[str]] = ...) -> None: ...
