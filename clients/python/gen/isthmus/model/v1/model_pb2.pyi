from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Assurance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSURANCE_UNSPECIFIED: _ClassVar[Assurance]
    ASSURANCE_NONE: _ClassVar[Assurance]
    ASSURANCE_L0_INTEGRITY: _ClassVar[Assurance]
    ASSURANCE_L1_LEGACY_TOLERANCE: _ClassVar[Assurance]
    ASSURANCE_L2_SAMPLED: _ClassVar[Assurance]
    ASSURANCE_L3_FULL: _ClassVar[Assurance]
    ASSURANCE_L4_FULL_QUORUM: _ClassVar[Assurance]

class ModelState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODEL_STATE_UNSPECIFIED: _ClassVar[ModelState]
    MODEL_STATE_LOADING: _ClassVar[ModelState]
    MODEL_STATE_WARMING: _ClassVar[ModelState]
    MODEL_STATE_READY: _ClassVar[ModelState]
    MODEL_STATE_UNLOADING: _ClassVar[ModelState]
    MODEL_STATE_FAILED: _ClassVar[ModelState]
    MODEL_STATE_PENDING: _ClassVar[ModelState]
ASSURANCE_UNSPECIFIED: Assurance
ASSURANCE_NONE: Assurance
ASSURANCE_L0_INTEGRITY: Assurance
ASSURANCE_L1_LEGACY_TOLERANCE: Assurance
ASSURANCE_L2_SAMPLED: Assurance
ASSURANCE_L3_FULL: Assurance
ASSURANCE_L4_FULL_QUORUM: Assurance
MODEL_STATE_UNSPECIFIED: ModelState
MODEL_STATE_LOADING: ModelState
MODEL_STATE_WARMING: ModelState
MODEL_STATE_READY: ModelState
MODEL_STATE_UNLOADING: ModelState
MODEL_STATE_FAILED: ModelState
MODEL_STATE_PENDING: ModelState

class ModelSpec(_message.Message):
    __slots__ = ("name", "version", "label", "digest")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    label: str
    digest: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ..., label: _Optional[str] = ..., digest: _Optional[str] = ...) -> None: ...

class ModelIdentity(_message.Message):
    __slots__ = ("name", "version", "digest", "attestation_id", "assurance")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    ATTESTATION_ID_FIELD_NUMBER: _ClassVar[int]
    ASSURANCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    digest: str
    attestation_id: str
    assurance: Assurance
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ..., digest: _Optional[str] = ..., attestation_id: _Optional[str] = ..., assurance: _Optional[_Union[Assurance, str]] = ...) -> None: ...

class Model(_message.Message):
    __slots__ = ("identity", "state", "labels", "size_bytes", "ready_at_ms", "failure", "files", "failure_reason", "replicas")
    IDENTITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    READY_AT_MS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    REPLICAS_FIELD_NUMBER: _ClassVar[int]
    identity: ModelIdentity
    state: ModelState
    labels: _containers.RepeatedScalarFieldContainer[str]
    size_bytes: int
    ready_at_ms: int
    failure: str
    files: _containers.RepeatedCompositeFieldContainer[ModelFile]
    failure_reason: str
    replicas: _containers.RepeatedCompositeFieldContainer[ModelReplica]
    def __init__(self, identity: _Optional[_Union[ModelIdentity, _Mapping]] = ..., state: _Optional[_Union[ModelState, str]] = ..., labels: _Optional[_Iterable[str]] = ..., size_bytes: _Optional[int] = ..., ready_at_ms: _Optional[int] = ..., failure: _Optional[str] = ..., files: _Optional[_Iterable[_Union[ModelFile, _Mapping]]] = ..., failure_reason: _Optional[str] = ..., replicas: _Optional[_Iterable[_Union[ModelReplica, _Mapping]]] = ...) -> None: ...

class ModelReplica(_message.Message):
    __slots__ = ("id", "host", "state", "labels", "failure", "failure_reason", "seen_at_ms")
    ID_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    SEEN_AT_MS_FIELD_NUMBER: _ClassVar[int]
    id: str
    host: str
    state: ModelState
    labels: _containers.RepeatedScalarFieldContainer[str]
    failure: str
    failure_reason: str
    seen_at_ms: int
    def __init__(self, id: _Optional[str] = ..., host: _Optional[str] = ..., state: _Optional[_Union[ModelState, str]] = ..., labels: _Optional[_Iterable[str]] = ..., failure: _Optional[str] = ..., failure_reason: _Optional[str] = ..., seen_at_ms: _Optional[int] = ...) -> None: ...

class ModelFile(_message.Message):
    __slots__ = ("name", "sha256", "size_bytes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    name: str
    sha256: str
    size_bytes: int
    def __init__(self, name: _Optional[str] = ..., sha256: _Optional[str] = ..., size_bytes: _Optional[int] = ...) -> None: ...
