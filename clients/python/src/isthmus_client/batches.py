"""Any number of requests in batches that the contract allows."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from isthmus.representation.v1.representation_pb2 import (
    BatchRepresentRequest,
    BatchRepresentResponse,
    RepresentRequest,
    RepresentResponse,
)
from isthmus.retrieval.v1.retrieval_pb2 import (
    BatchRetrieveRequest,
    BatchRetrieveResponse,
    RetrieveRequest,
    RetrieveResponse,
)

from .errors import IsthmusError, error_from_status

MAX_BATCH = 256
"""Requests in one call, the limit of the contract."""

Request = TypeVar("Request")


def retrieve_batches(requests: Sequence[RetrieveRequest]) -> Iterator[BatchRetrieveRequest]:
    """Give the calls that hold all requests in their order."""
    return (BatchRetrieveRequest(requests=part) for part in _parts(requests))


def retrieve_outcomes(response: BatchRetrieveResponse) -> Iterator[RetrieveResponse | IsthmusError]:
    """Give an answer or an error for each request."""
    for result in response.results:
        yield result.response if result.HasField("response") else error_from_status(result.error)


def represent_batches(requests: Sequence[RepresentRequest]) -> Iterator[BatchRepresentRequest]:
    """Give the calls that hold all requests in their order."""
    return (BatchRepresentRequest(requests=part) for part in _parts(requests))


def represent_outcomes(response: BatchRepresentResponse) -> Iterator[RepresentResponse | IsthmusError]:
    """Give an answer or an error for each request."""
    for result in response.results:
        yield result.response if result.HasField("response") else error_from_status(result.error)


def _parts(requests: Sequence[Request]) -> Iterator[Sequence[Request]]:
    return (requests[start : start + MAX_BATCH] for start in range(0, len(requests), MAX_BATCH))
