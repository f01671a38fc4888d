"""The mesh as a ranking system sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Generic, Self, TypeVar

from isthmus import aio, services
from isthmus.representation.v1.representation_pb2 import RepresentRequest, RepresentResponse
from isthmus.retrieval.v1.retrieval_pb2 import RetrieveRequest, RetrieveResponse

from . import batches
from .asynchronous import AsynchronousCaller
from .blocking import BlockingCaller
from .calling import Cancellation
from .channel import DEFAULT_TIMEOUT, Tls, secured
from .errors import IsthmusError

Connection = TypeVar("Connection")


@dataclass(frozen=True, slots=True)
class _Connections(Generic[Connection]):
    """Opens a connection for each port on its first use, and keeps it."""

    addresses: dict[str, str | None]
    connect: Callable[[str], Connection]
    opened: dict[str, Connection]
    lock: Lock

    def at(self, port: str) -> Connection:
        address = self.addresses[port]
        if address is None:
            raise ValueError(f"no address: give `{port}=` to the client")
        with self.lock:
            if port not in self.opened:
                self.opened[port] = self.connect(address)
            return self.opened[port]

    def take(self) -> list[Connection]:
        with self.lock:
            taken = list(self.opened.values())
            self.opened.clear()
        return taken


class IsthmusClient:
    """The mesh, with blocking calls. Threads may share it; connections open on first use and stay open until `close`.

    Addresses are `host:port`, a resolver's URI such as `dns:///retrieval:7002`, or several `host:port` joined by commas.
    A service without an address raises on its first use, saying so. `timeout` is the deadline of a call that sets
    none, in seconds. Either `tls` or `insecure=True` has to be given.
    """

    def __init__(
        self,
        *,
        retrieval: str | None = None,
        representation: str | None = None,
        attestation: str | None = None,
        admin: str | None = None,
        tls: Tls | None = None,
        insecure: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        secured(tls, insecure)
        self._connections = _Connections(
            _addresses(retrieval, representation, attestation, admin),
            lambda address: BlockingCaller(address, tls, timeout),
            {},
            Lock(),
        )

    @property
    def retrieval(self) -> services.RetrievalService:
        """Candidates and interests."""
        return services.RetrievalService(self._connections.at("retrieval"))

    @property
    def catalogue(self) -> services.CatalogueService:
        """Writes and reads of the items that retrieval searches."""
        return services.CatalogueService(self._connections.at("retrieval"))

    @property
    def representation(self) -> services.RepresentationService:
        """Cross-domain representations and causal scores."""
        return services.RepresentationService(self._connections.at("representation"))

    @property
    def attestation(self) -> services.AttestationService:
        """Attestations and what they say."""
        return services.AttestationService(self._connections.at("attestation"))

    @property
    def proofs(self) -> services.ProofService:
        """Training runs: their verdicts, and the calls by which a prover commits to one."""
        return services.ProofService(self._connections.at("attestation"))

    @property
    def log(self) -> services.TransparencyLogService:
        """The transparency log."""
        return services.TransparencyLogService(self._connections.at("attestation"))

    @property
    def models(self) -> services.ModelService:
        """Model versions and labels of the program behind `admin`."""
        return services.ModelService(self._connections.at("admin"))

    def retrieve_many(
        self,
        requests: Sequence[RetrieveRequest],
        *,
        timeout: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> list[RetrieveResponse | IsthmusError]:
        """Retrieve for any number of users, in batches of at most 256, each with its own deadline.

        One bad request does not fail the others: its place in the answer holds its error. Raise IsthmusError where a
        whole batch fails.
        """
        outcomes: list[RetrieveResponse | IsthmusError] = []
        for batch in batches.retrieve_batches(requests):
            response = self.retrieval.batch_retrieve(batch, timeout=timeout, cancellation=cancellation)
            outcomes.extend(batches.retrieve_outcomes(response))
        return outcomes

    def represent_many(
        self,
        requests: Sequence[RepresentRequest],
        *,
        timeout: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> list[RepresentResponse | IsthmusError]:
        """Represent any number of users; as `retrieve_many`."""
        outcomes: list[RepresentResponse | IsthmusError] = []
        for batch in batches.represent_batches(requests):
            response = self.representation.batch_represent(batch, timeout=timeout, cancellation=cancellation)
            outcomes.extend(batches.represent_outcomes(response))
        return outcomes

    def close(self) -> None:
        """Close every connection. Calls that are under way fail."""
        for connection in self._connections.take():
            connection.close()

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        self.close()


class AsyncIsthmusClient:
    """The mesh, with calls of asyncio. Used inside one event loop; arguments as those of `IsthmusClient`.

    Cancelling the task that waits for a call cancels the call, on the servers too.
    """

    def __init__(
        self,
        *,
        retrieval: str | None = None,
        representation: str | None = None,
        attestation: str | None = None,
        admin: str | None = None,
        tls: Tls | None = None,
        insecure: bool = False,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        secured(tls, insecure)
        self._connections = _Connections(
            _addresses(retrieval, representation, attestation, admin),
            lambda address: AsynchronousCaller(address, tls, timeout),
            {},
            Lock(),
        )

    @property
    def retrieval(self) -> aio.RetrievalService:
        """Candidates and interests."""
        return aio.RetrievalService(self._connections.at("retrieval"))

    @property
    def catalogue(self) -> aio.CatalogueService:
        """Writes and reads of the items that retrieval searches."""
        return aio.CatalogueService(self._connections.at("retrieval"))

    @property
    def representation(self) -> aio.RepresentationService:
        """Cross-domain representations and causal scores."""
        return aio.RepresentationService(self._connections.at("representation"))

    @property
    def attestation(self) -> aio.AttestationService:
        """Attestations and what they say."""
        return aio.AttestationService(self._connections.at("attestation"))

    @property
    def proofs(self) -> aio.ProofService:
        """Training runs: their verdicts, and the calls by which a prover commits to one."""
        return aio.ProofService(self._connections.at("attestation"))

    @property
    def log(self) -> aio.TransparencyLogService:
        """The transparency log."""
        return aio.TransparencyLogService(self._connections.at("attestation"))

    @property
    def models(self) -> aio.ModelService:
        """Model versions and labels of the program behind `admin`."""
        return aio.ModelService(self._connections.at("admin"))

    async def retrieve_many(
        self, requests: Sequence[RetrieveRequest], *, timeout: float | None = None
    ) -> list[RetrieveResponse | IsthmusError]:
        """Retrieve for any number of users, in batches of at most 256; as that of `IsthmusClient`."""
        outcomes: list[RetrieveResponse | IsthmusError] = []
        for batch in batches.retrieve_batches(requests):
            outcomes.extend(batches.retrieve_outcomes(await self.retrieval.batch_retrieve(batch, timeout=timeout)))
        return outcomes

    async def represent_many(
        self, requests: Sequence[RepresentRequest], *, timeout: float | None = None
    ) -> list[RepresentResponse | IsthmusError]:
        """Represent any number of users; as `retrieve_many`."""
        outcomes: list[RepresentResponse | IsthmusError] = []
        for batch in batches.represent_batches(requests):
            outcomes.extend(
                batches.represent_outcomes(await self.representation.batch_represent(batch, timeout=timeout))
            )
        return outcomes

    async def close(self) -> None:
        """Close every connection. Calls that are under way fail."""
        for connection in self._connections.take():
            await connection.close()

    async def __aenter__(self) -> Self:
        """Give the client itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self.close()


def _addresses(
    retrieval: str | None, representation: str | None, attestation: str | None, admin: str | None
) -> dict[str, str | None]:
    return {
        "retrieval": retrieval,
        "representation": representation,
        "attestation": attestation,
        "admin": admin,
    }
