"""What the generated services stand on: how calls of each kind are made, and how they are stopped."""

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from threading import Lock
from types import TracebackType
from typing import Protocol, Self, TypeVar

from google.protobuf.message import Message

Answer = TypeVar("Answer", bound=Message)
Yielded = TypeVar("Yielded", bound=Message, covariant=True)


class Cancellation:
    """Stops the calls that it is given to, from any thread: they fail with the code CANCELLED."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cancelled = False
        self._calls: list[Callable[[], object]] = []

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled

    def cancel(self) -> None:
        """Stop every call under way, and let none begin."""
        with self._lock:
            self._cancelled = True
            calls, self._calls = self._calls, []
        for stop in calls:
            stop()

    def attach(self, stop: Callable[[], object]) -> None:
        """Have `stop` called on cancellation, at once where that has happened already."""
        with self._lock:
            if not self._cancelled:
                self._calls.append(stop)
                return
        stop()

    def detach(self, stop: Callable[[], object]) -> None:
        """Forget a call that has ended."""
        with self._lock:
            if stop in self._calls:
                self._calls.remove(stop)


class Stream(Protocol[Yielded]):
    """Messages of the server as they come. Leaving the `with` block, or `cancel`, ends the call on both sides."""

    def __iter__(self) -> Iterator[Yielded]:
        """Give the messages; throw IsthmusError where the call fails."""

    def cancel(self) -> None:
        """End the call."""

    def __enter__(self) -> Self:
        """Give the stream itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel the call."""


class AsyncStream(Protocol[Yielded]):
    """Messages of the server as they come. Leaving the `async with` block, or `cancel`, ends the call on both sides."""

    def __aiter__(self) -> AsyncIterator[Yielded]:
        """Give the messages; throw IsthmusError where the call fails."""

    def cancel(self) -> None:
        """End the call."""

    async def __aenter__(self) -> Self:
        """Give the stream itself."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel the call."""


class Caller(Protocol):
    """Makes blocking calls. `timeout` is in seconds; None stands for the client's own."""

    def unary_unary(
        self,
        method: str,
        request: Message,
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        """Send one message and wait for one."""

    def unary_stream(
        self,
        method: str,
        request: Message,
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Stream[Answer]:
        """Send one message and read many."""

    def stream_unary(
        self,
        method: str,
        requests: Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        """Send many messages and wait for one."""

    def stream_stream(
        self,
        method: str,
        requests: Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Stream[Answer]:
        """Send many messages and read many."""


class AsyncCaller(Protocol):
    """Makes calls of asyncio. Cancelling the task that waits cancels the call."""

    async def unary_unary(self, method: str, request: Message, answer: type[Answer], timeout: float | None) -> Answer:
        """Send one message and wait for one."""

    def unary_stream(
        self, method: str, request: Message, answer: type[Answer], timeout: float | None
    ) -> AsyncStream[Answer]:
        """Send one message and read many."""

    async def stream_unary(
        self,
        method: str,
        requests: AsyncIterable[Message] | Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
    ) -> Answer:
        """Send many messages and wait for one."""

    def stream_stream(
        self,
        method: str,
        requests: AsyncIterable[Message] | Iterable[Message],
        answer: type[Answer],
        timeout: float | None,
    ) -> AsyncStream[Answer]:
        """Send many messages and read many."""
