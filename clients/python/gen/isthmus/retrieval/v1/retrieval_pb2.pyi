from google.rpc import status_pb2 as _status_pb2
from isthmus.model.v1 import authorization_pb2 as _authorization_pb2
from isthmus.model.v1 import model_pb2 as _model_pb2
from isthmus.model.v1 import user_pb2 as _user_pb2
from isthmus.retrieval.v1 import interest_pb2 as _interest_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CrossDomainMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CROSS_DOMAIN_MODE_UNSPECIFIED: _ClassVar[CrossDomainMode]
    CROSS_DOMAIN_MODE_AUTO: _ClassVar[CrossDomainMode]
    CROSS_DOMAIN_MODE_REQUIRED: _ClassVar[CrossDomainMode]
    CROSS_DOMAIN_MODE_OFF: _ClassVar[CrossDomainMode]

class CrossDomainStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CROSS_DOMAIN_STATUS_UNSPECIFIED: _ClassVar[CrossDomainStatus]
    CROSS_DOMAIN_STATUS_USED: _ClassVar[CrossDomainStatus]
    CROSS_DOMAIN_STATUS_NO_SOURCE_EVENTS: _ClassVar[CrossDomainStatus]
    CROSS_DOMAIN_STATUS_UNAVAILABLE: _ClassVar[CrossDomainStatus]
    CROSS_DOMAIN_STATUS_NOT_CONFIGURED: _ClassVar[CrossDomainStatus]
    CROSS_DOMAIN_STATUS_OFF: _ClassVar[CrossDomainStatus]
CROSS_DOMAIN_MODE_UNSPECIFIED: CrossDomainMode
CROSS_DOMAIN_MODE_AUTO: CrossDomainMode
CROSS_DOMAIN_MODE_REQUIRED: CrossDomainMode
CROSS_DOMAIN_MODE_OFF: CrossDomainMode
CROSS_DOMAIN_STATUS_UNSPECIFIED: CrossDomainStatus
CROSS_DOMAIN_STATUS_USED: CrossDomainStatus
CROSS_DOMAIN_STATUS_NO_SOURCE_EVENTS: CrossDomainStatus
CROSS_DOMAIN_STATUS_UNAVAILABLE: CrossDomainStatus
CROSS_DOMAIN_STATUS_NOT_CONFIGURED: CrossDomainStatus
CROSS_DOMAIN_STATUS_OFF: CrossDomainStatus

class PredictInterestsRequest(_message.Message):
    __slots__ = ("model", "user", "max_interests", "cross_domain")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    MAX_INTERESTS_FIELD_NUMBER: _ClassVar[int]
    CROSS_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelSpec
    user: _user_pb2.UserContext
    max_interests: int
    cross_domain: CrossDomainMode
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelSpec, _Mapping]] = ..., user: _Optional[_Union[_user_pb2.UserContext, _Mapping]] = ..., max_interests: _Optional[int] = ..., cross_domain: _Optional[_Union[CrossDomainMode, str]] = ...) -> None: ...

class PredictInterestsResponse(_message.Message):
    __slots__ = ("model", "interests", "cross_domain")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    INTERESTS_FIELD_NUMBER: _ClassVar[int]
    CROSS_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelIdentity
    interests: _containers.RepeatedCompositeFieldContainer[_interest_pb2.Interest]
    cross_domain: CrossDomainUse
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., interests: _Optional[_Iterable[_Union[_interest_pb2.Interest, _Mapping]]] = ..., cross_domain: _Optional[_Union[CrossDomainUse, _Mapping]] = ...) -> None: ...

class CrossDomainUse(_message.Message):
    __slots__ = ("status", "model", "gate", "causes")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    GATE_FIELD_NUMBER: _ClassVar[int]
    CAUSES_FIELD_NUMBER: _ClassVar[int]
    status: CrossDomainStatus
    model: _model_pb2.ModelIdentity
    gate: float
    causes: _containers.RepeatedCompositeFieldContainer[_user_pb2.Cause]
    def __init__(self, status: _Optional[_Union[CrossDomainStatus, str]] = ..., model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., gate: _Optional[float] = ..., causes: _Optional[_Iterable[_Union[_user_pb2.Cause, _Mapping]]] = ...) -> None: ...

class RetrieveRequest(_message.Message):
    __slots__ = ("model", "user", "k", "interests", "excluded_item_ids", "include_history", "min_sequence", "cross_domain", "explain", "merge")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    K_FIELD_NUMBER: _ClassVar[int]
    INTERESTS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_ITEM_IDS_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_HISTORY_FIELD_NUMBER: _ClassVar[int]
    MIN_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    CROSS_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    EXPLAIN_FIELD_NUMBER: _ClassVar[int]
    MERGE_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelSpec
    user: _user_pb2.UserContext
    k: int
    interests: int
    excluded_item_ids: _containers.RepeatedScalarFieldContainer[str]
    include_history: bool
    min_sequence: int
    cross_domain: CrossDomainMode
    explain: bool
    merge: MergeControl
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelSpec, _Mapping]] = ..., user: _Optional[_Union[_user_pb2.UserContext, _Mapping]] = ..., k: _Optional[int] = ..., interests: _Optional[int] = ..., excluded_item_ids: _Optional[_Iterable[str]] = ..., include_history: bool = ..., min_sequence: _Optional[int] = ..., cross_domain: _Optional[_Union[CrossDomainMode, str]] = ..., explain: bool = ..., merge: _Optional[_Union[MergeControl, _Mapping]] = ...) -> None: ...

class MergeControl(_message.Message):
    __slots__ = ("posterior_weight", "quota_exponent", "max_interests_per_top_code")
    POSTERIOR_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    QUOTA_EXPONENT_FIELD_NUMBER: _ClassVar[int]
    MAX_INTERESTS_PER_TOP_CODE_FIELD_NUMBER: _ClassVar[int]
    posterior_weight: float
    quota_exponent: float
    max_interests_per_top_code: int
    def __init__(self, posterior_weight: _Optional[float] = ..., quota_exponent: _Optional[float] = ..., max_interests_per_top_code: _Optional[int] = ...) -> None: ...

class RetrieveResponse(_message.Message):
    __slots__ = ("model", "hits", "interests", "cross_domain", "sequence", "plan")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    HITS_FIELD_NUMBER: _ClassVar[int]
    INTERESTS_FIELD_NUMBER: _ClassVar[int]
    CROSS_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    model: _model_pb2.ModelIdentity
    hits: _containers.RepeatedCompositeFieldContainer[Hit]
    interests: _containers.RepeatedCompositeFieldContainer[_interest_pb2.Interest]
    cross_domain: CrossDomainUse
    sequence: int
    plan: SearchPlan
    def __init__(self, model: _Optional[_Union[_model_pb2.ModelIdentity, _Mapping]] = ..., hits: _Optional[_Iterable[_Union[Hit, _Mapping]]] = ..., interests: _Optional[_Iterable[_Union[_interest_pb2.Interest, _Mapping]]] = ..., cross_domain: _Optional[_Union[CrossDomainUse, _Mapping]] = ..., sequence: _Optional[int] = ..., plan: _Optional[_Union[SearchPlan, _Mapping]] = ...) -> None: ...

class Hit(_message.Message):
    __slots__ = ("item_id", "score", "interest", "rank_in_interest", "causes")
    ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    INTEREST_FIELD_NUMBER: _ClassVar[int]
    RANK_IN_INTEREST_FIELD_NUMBER: _ClassVar[int]
    CAUSES_FIELD_NUMBER: _ClassVar[int]
    item_id: str
    score: float
    interest: int
    rank_in_interest: int
    causes: _containers.RepeatedCompositeFieldContainer[_user_pb2.Cause]
    def __init__(self, item_id: _Optional[str] = ..., score: _Optional[float] = ..., interest: _Optional[int] = ..., rank_in_interest: _Optional[int] = ..., causes: _Optional[_Iterable[_Union[_user_pb2.Cause, _Mapping]]] = ...) -> None: ...

class SearchPlan(_message.Message):
    __slots__ = ("name", "rows_scanned", "exhausted")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ROWS_SCANNED_FIELD_NUMBER: _ClassVar[int]
    EXHAUSTED_FIELD_NUMBER: _ClassVar[int]
    name: str
    rows_scanned: int
    exhausted: bool
    def __init__(self, name: _Optional[str] = ..., rows_scanned: _Optional[int] = ..., exhausted: bool = ...) -> None: ...

class BatchRetrieveRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[RetrieveRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[RetrieveRequest, _Mapping]]] = ...) -> None: ...

class BatchRetrieveResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchRetrieveResult]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchRetrieveResult, _Mapping]]] = ...) -> None: ...

class BatchRetrieveResult(_message.Message):
    __slots__ = ("response", "error")
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    response: RetrieveResponse
    error: _status_pb2.Status
    def __init__(self, response: _Optional[_Union[RetrieveResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
