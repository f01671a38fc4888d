"""Blocking calls: deadline, request id, typed errors, cancellation."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Generic, Self

import grpc
from google.protobuf.message import Message

from .calling import Answer, Cancellation
from .channel import Tls, channel_options, target, with_request_id
from .errors import cancelled, error_from_call


class BlockingStream(Generic[Answer]):
    """A `calling.Stream` on a call of grpc."""

    def __init__(self, call: Any, cancellation: Cancellation | None) -> None:
        self._call = call
        self._cancellation = cancellation
        if cancellation is not None:
            cancellation.attach(call.cancel)

    def __iter__(self) -> Iterator[Answer]:
        """Give the messages; raise IsthmusError where the call fails. Leaving the loop early ends the call."""
        try:
            yield from self._call
        except grpc.RpcError as error:
            raise error_from_call(error) from error
        finally:
            self._end()

    def cancel(self) -> None:
        """End the call."""
        self._call.cancel()

    def __enter__(self) -> Self:
        """Give the stream itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel the call."""
        self._end()

    def _end(self) -> None:
        self._call.cancel()
        if self._cancellation is not None:
            self._cancellation.detach(self._call.cancel)


class BlockingCaller:
    """A `calling.Caller` on one connection."""

    def __init__(self, address: str, tls: Tls | None, timeout: float) -> None:
        self._timeout = timeout
        options = channel_options(tls)
        self._channel: Any = (
            grpc.insecure_channel(target(address), options)
            if tls is None
            else grpc.secure_channel(target(address), tls.credentials(), options)
        )

    def close(self) -> None:
        """Close the connection. Calls that are under way fail."""
        self._channel.close()

    def unary_unary(
        self,
        method: str,
        request: Message,
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        """Send one message and wait for one."""
        invoke = self._channel.unary_unary(method, _encode, answer.FromString)
        return self._waited(invoke, with_request_id(request), answer, timeout, cancellation)

    def unary_stream(
        self,
        method: str,
        request: Message,
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> BlockingStream[Answer]:
        """Send one message and read many."""
        invoke = self._channel.unary_stream(method, _encode, answer.FromString)
        return BlockingStream(invoke(request, timeout=self._limit(timeout)), cancellation)

    def stream_unary(
        self,
        method: str,
        requests: Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        """Send many messages and wait for one."""
        invoke = self._channel.stream_unary(method, _encode, answer.FromString)
        return self._waited(invoke, iter(requests), answer, timeout, cancellation)

    def stream_stream(
        self,
        method: str,
        requests: Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> BlockingStream[Answer]:
        """Send many messages and read many."""
        invoke = self._channel.stream_stream(method, _encode, answer.FromString)
        return BlockingStream(invoke(iter(requests), timeout=self._limit(timeout)), cancellation)

    def _waited(
        self,
        invoke: Any,
        request: object,
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        try:
            if cancellation is None:
                return _checked(invoke(request, timeout=self._limit(timeout)), answer)
            call = invoke.future(request, timeout=self._limit(timeout))
            cancellation.attach(call.cancel)
            try:
                return _checked(call.result(), answer)
            finally:
                cancellation.detach(call.cancel)
        except grpc.FutureCancelledError as error:
            raise cancelled() from error
        except grpc.RpcError as error:
            raise error_from_call(error) from error

    def _limit(self, timeout: float | None) -> float:
        return self._timeout if timeout is None else timeout


def _encode(message: Message) -> bytes:
    return message.SerializeToString()


def _checked(message: object, answer: type[Answer]) -> Answer:
    if not isinstance(message, answer):
        raise TypeError(f"expected {answer.__name__}")
    return message
