from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class Interest(_message.Message):
    __slots__ = ("codes", "id", "probability", "item_count", "in_history", "example_item_ids")
    CODES_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    ITEM_COUNT_FIELD_NUMBER: _ClassVar[int]
    IN_HISTORY_FIELD_NUMBER: _ClassVar[int]
    EXAMPLE_ITEM_IDS_FIELD_NUMBER: _ClassVar[int]
    codes: _containers.RepeatedScalarFieldContainer[int]
    id: str
    probability: float
    item_count: int
    in_history: bool
    example_item_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, codes: _Optional[_Iterable[int]] = ..., id: _Optional[str] = ..., probability: _Optional[float] = ..., item_count: _Optional[int] = ..., in_history: bool = ..., example_item_ids: _Optional[_Iterable[str]] = ...) -> None: ...
