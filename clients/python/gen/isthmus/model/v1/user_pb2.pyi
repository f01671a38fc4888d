from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UserContext(_message.Message):
    __slots__ = ("user_id", "events", "features", "withheld_domains")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_DOMAINS_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    events: _containers.RepeatedCompositeFieldContainer[Event]
    features: _struct_pb2.Struct
    withheld_domains: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, user_id: _Optional[str] = ..., events: _Optional[_Iterable[_Union[Event, _Mapping]]] = ..., features: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., withheld_domains: _Optional[_Iterable[str]] = ...) -> None: ...

class Event(_message.Message):
    __slots__ = ("domain", "item_id", "timestamp_ms", "type")
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_MS_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    domain: str
    item_id: str
    timestamp_ms: int
    type: str
    def __init__(self, domain: _Optional[str] = ..., item_id: _Optional[str] = ..., timestamp_ms: _Optional[int] = ..., type: _Optional[str] = ...) -> None: ...

class Cause(_message.Message):
    __slots__ = ("event_index", "domain", "item_id", "timestamp_ms", "probability", "weight")
    EVENT_INDEX_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_MS_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    event_index: int
    domain: str
    item_id: str
    timestamp_ms: int
    probability: float
    weight: float
    def __init__(self, event_index: _Optional[int] = ..., domain: _Optional[str] = ..., item_id: _Optional[str] = ..., timestamp_ms: _Optional[int] = ..., probability: _Optional[float] = ..., weight: _Optional[float] = ...) -> None: ...
