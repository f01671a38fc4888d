from google.protobuf import descriptor_pb2 as _descriptor_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROLE_UNSPECIFIED: _ClassVar[Role]
    ROLE_CALLER: _ClassVar[Role]
    ROLE_CATALOGUE_WRITER: _ClassVar[Role]
    ROLE_PROVER: _ClassVar[Role]
    ROLE_OPERATOR: _ClassVar[Role]
    ROLE_PEER: _ClassVar[Role]
ROLE_UNSPECIFIED: Role
ROLE_CALLER: Role
ROLE_CATALOGUE_WRITER: Role
ROLE_PROVER: Role
ROLE_OPERATOR: Role
ROLE_PEER: Role
AUTHORIZATION_FIELD_NUMBER: _ClassVar[int]
authorization: _descriptor.FieldDescriptor

class Authorization(_message.Message):
    __slots__ = ("any_of",)
    ANY_OF_FIELD_NUMBER: _ClassVar[int]
    any_of: _containers.RepeatedScalarFieldContainer[Role]
    def __init__(self, any_of: _Optional[_Iterable[_Union[Role, str]]] = ...) -> None: ...
