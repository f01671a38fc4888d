"""Calls of asyncio: deadline, request id, typed errors. Cancelling the task that waits cancels the call."""

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from types import TracebackType
from typing import Any, Generic, Self

import grpc
import grpc.aio
from google.protobuf.message import Message

from .calling import Answer
from .channel import Tls, channel_options, target, with_request_id
from .errors import error_from_call


class AsynchronousStream(Generic[Answer]):
    """A `calling.AsyncStream` on a call of grpc."""

    def __init__(self, call: Any) -> None:
        self._call = call

    async def __aiter__(self) -> AsyncIterator[Answer]:
        """Give the messages; raise IsthmusError where the call fails."""
        try:
            async for message in self._call:
                yield message
        except grpc.aio.AioRpcError as error:
            raise error_from_call(error) from error
        finally:
            self._call.cancel()

    def cancel(self) -> None:
        """End the call."""
        self._call.cancel()

    async def __aenter__(self) -> Self:
        """Give the stream itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel the call."""
        self._call.cancel()


class AsynchronousCaller:
    """A `calling.AsyncCaller` on one connection. Made and used inside one event loop."""

    def __init__(self, address: str, tls: Tls | None, timeout: float) -> None:
        self._timeout = timeout
        options = channel_options(tls)
        self._channel: Any = (
            grpc.aio.insecure_channel(target(address), options)
            if tls is None
            else grpc.aio.secure_channel(target(address), tls.credentials(), options)
        )

    async def close(self) -> None:
        """Close the connection. Calls that are under way fail."""
        await self._channel.close()

    async def unary_unary(self, method: str, request: Message, answer: type[Answer], timeout: float | None) -> Answer:
        """Send one message and wait for one."""
        invoke = self._channel.unary_unary(method, _encode, answer.FromString)
        return await self._waited(invoke, with_request_id(request), answer, timeout)

    def unary_stream(
        self, method: str, request: Message, answer: type[Answer], timeout: float | None
    ) -> AsynchronousStream[Answer]:
        """Send one message and read many."""
        invoke = self._channel.unary_stream(method, _encode, answer.FromString)
        return AsynchronousStream(invoke(request, timeout=self._limit(timeout)))

    async def stream_unary(
        self,
        method: str,
        requests: AsyncIterable[Message] | Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
    ) -> Answer:
        """Send many messages and wait for one."""
        invoke = self._channel.stream_unary(method, _encode, answer.FromString)
        return await self._waited(invoke, requests, answer, timeout)

    def stream_stream(
        self,
        method: str,
        requests: AsyncIterable[Message] | Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
    ) -> AsynchronousStream[Answer]:
        """Send many messages and read many."""
        invoke = self._channel.stream_stream(method, _encode, answer.FromString)
        return AsynchronousStream(invoke(requests, timeout=self._limit(timeout)))

    async def _waited(self, invoke: Any, request: object, answer: type[Answer], timeout: float | None) -> Answer:
        try:
            message = await invoke(request, timeout=self._limit(timeout))
        except grpc.aio.AioRpcError as error:
            raise error_from_call(error) from error
        if not isinstance(message, answer):
            raise TypeError(f"expected {answer.__name__}")
        return message

    def _limit(self, timeout: float | None) -> float:
        return self._timeout if timeout is None else timeout


def _encode(message: Message) -> bytes:
    return message.SerializeToString()
