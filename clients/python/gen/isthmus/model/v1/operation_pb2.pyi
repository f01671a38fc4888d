from google.rpc import status_pb2 as _status_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Operation(_message.Message):
    __slots__ = ("id", "done", "stage", "completed", "total", "error", "started_at_ms", "updated_at_ms")
    ID_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    id: str
    done: bool
    stage: str
    completed: int
    total: int
    error: _status_pb2.Status
    started_at_ms: int
    updated_at_ms: int
    def __init__(self, id: _Optional[str] = ..., done: bool = ..., stage: _Optional[str] = ..., completed: _Optional[int] = ..., total: _Optional[int] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., started_at_ms: _Optional[int] = ..., updated_at_ms: _Optional[int] = ...) -> None: ...
