from google.rpc import status_pb2 as _status_pb2
from isthmus.model.v1 import authorization_pb2 as _authorization_pb2
from isthmus.model.v1 import model_pb2 as _model_pb2
from isthmus.model.v1 import user_pb2 as _user_pb2
from isthmus.model.v1 import vector_pb2 as _vector_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RepresentRequest(_message.Message):
    __slots__ = ("model", "user", "target_domain", "as_of_ms", "target_item_ids", "max_causes")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    TARGET_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    AS_OF_MS_FIELD_NUMBER: _ClassVar[int]
    TARGET_ITEM_IDS_FIELD_NUMBER: _ClassVar[int]
    MAX_CAUSES_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelSpec
    user: _user_pb2.UserContext
    target_domain: str
    as_of_ms: int
    target_item_ids: _containers.RepeatedScalarFieldContainer[str]
    max_causes: int
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelSpec, _Mapping]] = ..., user: _Optional[_Union[_user_pb2.UserContext, _Mapping]] = ..., target_domain: _Optional[str] = ..., as_of_ms: _Optional[int] = ..., target_item_ids: _Optional[_Iterable[str]] = ..., max_causes: _Optional[int] = ...) -> None: ...

class RepresentResponse(_message.Message):
    __slots__ = ("model", "user", "candidates", "used_events")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    USED_EVENTS_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelIdentity
    user: Representation
    candidates: _containers.RepeatedCompositeFieldContainer[Representation]
    used_events: int
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., user: _Optional[_Union[Representation, _Mapping]] = ..., candidates: _Optional[_Iterable[_Union[Representation, _Mapping]]] = ..., used_events: _Optional[int] = ...) -> None: ...

class Representation(_message.Message):
    __slots__ = ("vector", "gate", "causes")
    VECTOR_FIELD_NUMBER: _ClassVar[int]
    GATE_FIELD_NUMBER: _ClassVar[int]
    CAUSES_FIELD_NUMBER: _ClassVar[int]
    vector: _vector_pb2.Vector
    gate: float
    causes: _containers.RepeatedCompositeFieldContainer[_user_pb2.Cause]
    def __init__(self, vector: _Optional[_Union[_vector_pb2.Vector, _Mapping]] = ..., gate: _Optional[float] = ..., causes: _Optional[_Iterable[_Union[_user_pb2.Cause, _Mapping]]] = ...) -> None: ...

class BatchRepresentRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[RepresentRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[RepresentRequest, _Mapping]]] = ...) -> None: ...

class BatchRepresentResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchRepresentResult]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchRepresentResult, _Mapping]]] = ...) -> None: ...

class BatchRepresentResult(_message.Message):
    __slots__ = ("response", "error")
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    response: RepresentResponse
    error: _status_pb2.Status
    def __init__(self, response: _Optional[_Union[RepresentResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class ScoreCausalityRequest(_message.Message):
    __slots__ = ("model", "user", "target_domain", "as_of_ms", "target_item_ids")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    TARGET_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    AS_OF_MS_FIELD_NUMBER: _ClassVar[int]
    TARGET_ITEM_IDS_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelSpec
    user: _user_pb2.UserContext
    target_domain: str
    as_of_ms: int
    target_item_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelSpec, _Mapping]] = ..., user: _Optional[_Union[_user_pb2.UserContext, _Mapping]] = ..., target_domain: _Optional[str] = ..., as_of_ms: _Optional[int] = ..., target_item_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ScoreCausalityResponse(_message.Message):
    __slots__ = ("model", "event_indices", "probabilities", "gates", "unknown_item_ids")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    EVENT_INDICES_FIELD_NUMBER: _ClassVar[int]
    PROBABILITIES_FIELD_NUMBER: _ClassVar[int]
    GATES_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_ITEM_IDS_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelIdentity
    event_indices: _containers.RepeatedScalarFieldContainer[int]
    probabilities: _vector_pb2.Matrix
    gates: _vector_pb2.Vector
    unknown_item_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., event_indices: _Optional[_Iterable[int]] = ..., probabilities: _Optional[_Union[_vector_pb2.Matrix, _Mapping]] = ..., gates: _Optional[_Union[_vector_pb2.Vector, _Mapping]] = ..., unknown_item_ids: _Optional[_Iterable[str]] = ...) -> None: ...
