"""Why a call failed, as a typed error."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2, status_pb2
from isthmus.reasons import REASONS

DOMAIN = "isthmus"
"""Reasons of other domains, a proxy's for example, are not of our table."""

DETAILS_KEY = "grpc-status-details-bin"
"""Trailer that holds a `google.rpc.Status`."""

_CODES = {code.value[0]: code for code in grpc.StatusCode}


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """A field of the request that breaks a rule of the schema."""

    field: str
    """Path of the field, for example `user.events[3].domain`."""
    description: str


class IsthmusError(Exception):
    """A call that failed."""

    def __init__(
        self,
        code: grpc.StatusCode,
        message: str,
        *,
        reason: str = "",
        metadata: Mapping[str, str] | None = None,
        violations: tuple[FieldViolation, ...] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{code.name}{' ' + reason if reason else ''}: {message}")
        self.code = code
        """Canonical gRPC code, for example `grpc.StatusCode.NOT_FOUND`."""
        self.message = message
        self.reason = reason
        """One of `isthmus.reasons.REASONS`; empty where the failure did not come from an Isthmus server."""
        self.metadata = dict(metadata or {})
        """What the server adds to the reason, for example `{"expectedDim": "32"}`."""
        self.violations = violations
        self.retry_after = retry_after
        """How long the server asks to wait before the next try, seconds; None where it does not say."""

    @property
    def remedy(self) -> str:
        """What to do about it; empty where the reason is unknown to this version."""
        explanation = REASONS.get(self.reason)
        return explanation.remedy if explanation else ""


def error_from_status(status: status_pb2.Status) -> IsthmusError:
    """Read code, reason and details out of a `google.rpc.Status`, as batches carry it."""
    info = _unpacked(status, error_details_pb2.ErrorInfo())
    ours = info if info is not None and info.domain == DOMAIN else None
    request = _unpacked(status, error_details_pb2.BadRequest())
    retry = _unpacked(status, error_details_pb2.RetryInfo())
    return IsthmusError(
        _CODES.get(status.code, grpc.StatusCode.UNKNOWN),
        status.message,
        reason=ours.reason if ours else "",
        metadata=dict(ours.metadata) if ours else {},
        violations=tuple(
            FieldViolation(one.field, one.description) for one in (request.field_violations if request else ())
        ),
        retry_after=retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9 if retry else None,
    )


def error_from_call(error: Any) -> IsthmusError:
    """Read what grpc raises. The trailer comes from the network: a malformed one is ignored."""
    code = error.code() or grpc.StatusCode.UNKNOWN
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS_KEY and isinstance(value, bytes):
            try:
                return error_from_status(status_pb2.Status.FromString(value))
            except DecodeError:
                break
    return IsthmusError(code, error.details() or code.name)


def cancelled() -> IsthmusError:
    """Give the error of a call that the caller stopped."""
    return IsthmusError(grpc.StatusCode.CANCELLED, "the caller stopped the call", reason="CANCELLED")


def _unpacked(status: status_pb2.Status, message: Any) -> Any:
    for detail in status.details:
        if detail.Is(message.DESCRIPTOR):
            try:
                return message if detail.Unpack(message) else None
            except DecodeError:
                return None
    return None
