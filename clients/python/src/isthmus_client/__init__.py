"""Calls the Isthmus mesh. The messages are in `isthmus.<area>.v1.<file>_pb2`, the reasons in `isthmus.reasons`."""

from .calling import AsyncStream, Cancellation, Stream
from .channel import DEFAULT_TIMEOUT, Tls
from .client import AsyncIsthmusClient, IsthmusClient
from .errors import FieldViolation, IsthmusError, error_from_status
from .vectors import from_matrix, from_vector, to_vector

__all__ = [
    "DEFAULT_TIMEOUT",
    "AsyncIsthmusClient",
    "AsyncStream",
    "Cancellation",
    "FieldViolation",
    "IsthmusClient",
    "IsthmusError",
    "Stream",
    "Tls",
    "error_from_status",
    "from_matrix",
    "from_vector",
    "to_vector",
]
