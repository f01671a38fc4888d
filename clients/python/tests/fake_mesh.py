"""A server that answers as the tests want, over a real connection."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2
from isthmus.attestation.v1 import run_pb2
from isthmus.retrieval.v1 import catalogue_pb2, retrieval_pb2


class FakeMesh:
    """Answers by the name of the model that is asked for."""

    def __init__(self) -> None:
        self.attempts = 0
        self.request_ids: list[str] = []
        self.deadlines: list[float] = []
        self.abandoned = threading.Event()
        self.server = grpc.server(ThreadPoolExecutor(8))
        self.server.add_generic_rpc_handlers((Handlers(self),))
        self.address = f"127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()

    def watch_for_the_end(self, context: Any) -> None:
        # On a busy machine the call may have ended before its handler began.
        if not context.add_callback(self.abandoned.set):
            self.abandoned.set()

    def retrieve(self, request: retrieval_pb2.RetrieveRequest, context: Any) -> retrieval_pb2.RetrieveResponse:
        self.attempts += 1
        self.deadlines.append(context.time_remaining())
        match request.model.name:
            case "slow":
                self.watch_for_the_end(context)
                time.sleep(1)
            case "flaky" if self.attempts < 3:
                context.abort(grpc.StatusCode.UNAVAILABLE, "draining")
            case "gone":
                refuse(context, "isthmus")
            case "proxied":
                refuse(context, "proxy.example")
            case "torn":
                context.set_trailing_metadata((("grpc-status-details-bin", b"\xff\xff"),))
                context.abort(grpc.StatusCode.NOT_FOUND, "torn details")
        return retrieval_pb2.RetrieveResponse(sequence=2**60 + request.k)

    def batch_retrieve(
        self, request: retrieval_pb2.BatchRetrieveRequest, context: Any
    ) -> retrieval_pb2.BatchRetrieveResponse:
        def result(one: retrieval_pb2.RetrieveRequest) -> retrieval_pb2.BatchRetrieveResult:
            if one.k == 13:
                return retrieval_pb2.BatchRetrieveResult(error=refusal("isthmus"))
            return retrieval_pb2.BatchRetrieveResult(response=retrieval_pb2.RetrieveResponse(sequence=one.k))

        return retrieval_pb2.BatchRetrieveResponse(results=[result(one) for one in request.requests])

    def upsert_items(
        self, request: catalogue_pb2.UpsertItemsRequest, context: Any
    ) -> catalogue_pb2.UpsertItemsResponse:
        self.request_ids.append(request.request_id)
        if len(self.request_ids) == 1:
            context.abort(grpc.StatusCode.UNAVAILABLE, "once")
        return catalogue_pb2.UpsertItemsResponse(sequence=7)

    def watch_run(self, request: run_pb2.WatchRunRequest, context: Any) -> Iterator[run_pb2.WatchRunResponse]:
        self.attempts += 1
        if request.run_id == "draining":
            context.abort(grpc.StatusCode.UNAVAILABLE, "draining")
        self.watch_for_the_end(context)
        while context.is_active():
            yield run_pb2.WatchRunResponse(run=run_pb2.Run(id=request.run_id))
            time.sleep(0.01)

    def upload_object(
        self, requests: Iterator[run_pb2.UploadObjectRequest], context: Any
    ) -> run_pb2.UploadObjectResponse:
        return run_pb2.UploadObjectResponse(size_bytes=sum(len(request.chunk) for request in requests))

    def commit_segments(
        self, requests: Iterator[run_pb2.CommitSegmentsRequest], context: Any
    ) -> Iterator[run_pb2.CommitSegmentsResponse]:
        for request in requests:
            yield run_pb2.CommitSegmentsResponse(next_segment=request.segment + 1)


def refusal(domain: str) -> status_pb2.Status:
    """Give a status with the details that ours have."""
    status = status_pb2.Status(code=5, message="no such model")
    for detail in (
        error_details_pb2.ErrorInfo(reason="MODEL_NOT_FOUND", domain=domain, metadata={"name": "gone"}),
        error_details_pb2.RetryInfo(retry_delay=Duration(seconds=1, nanos=500_000_000)),
        error_details_pb2.BadRequest(
            field_violations=[error_details_pb2.BadRequest.FieldViolation(field="model", description="unknown")]
        ),
    ):
        status.details.add().Pack(detail)
    return status


def refuse(context: Any, domain: str) -> None:
    """End a call with `refusal`."""
    status = refusal(domain)
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.NOT_FOUND, status.message)


class Handlers(grpc.GenericRpcHandler):  # type: ignore[type-arg]
    def __init__(self, mesh: FakeMesh) -> None:
        retrieval, catalogue, run = retrieval_pb2, catalogue_pb2, run_pb2
        unary, stream = grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler
        upload, commit = grpc.stream_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler
        table: dict[str, tuple[Any, Any, Any]] = {
            "Retrieve": (unary, mesh.retrieve, retrieval.RetrieveRequest),
            "BatchRetrieve": (unary, mesh.batch_retrieve, retrieval.BatchRetrieveRequest),
            "UpsertItems": (unary, mesh.upsert_items, catalogue.UpsertItemsRequest),
            "WatchRun": (stream, mesh.watch_run, run.WatchRunRequest),
            "UploadObject": (upload, mesh.upload_object, run.UploadObjectRequest),
            "CommitSegments": (commit, mesh.commit_segments, run.CommitSegmentsRequest),
        }
        self._table = {
            name: kind(answer, request.FromString, lambda message: message.SerializeToString())
            for name, (kind, answer, request) in table.items()
        }

    def service(self, handler_call_details: Any) -> Any:
        return self._table.get(handler_call_details.method.rsplit("/", 1)[1])
