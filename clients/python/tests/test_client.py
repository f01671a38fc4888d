import threading
import time

import grpc
import pytest
from fake_mesh import FakeMesh
from isthmus.attestation.v1 import run_pb2
from isthmus.model.v1.model_pb2 import ModelSpec
from isthmus.reasons import REASONS
from isthmus.retrieval.v1.catalogue_pb2 import UpsertItemsRequest
from isthmus.retrieval.v1.retrieval_pb2 import RetrieveRequest, RetrieveResponse

from isthmus_client import Cancellation, IsthmusClient, IsthmusError


def request(model: str = "m", k: int = 1) -> RetrieveRequest:
    return RetrieveRequest(model=ModelSpec(name=model), k=k)


def test_keeps_64_bit_numbers_whole_and_sets_a_deadline(mesh: FakeMesh, client: IsthmusClient) -> None:
    assert client.retrieval.retrieve(request(k=5)).sequence == 2**60 + 5
    assert 0 < mesh.deadlines[-1] < 2.5


def test_repeats_a_read_that_a_draining_server_refused(mesh: FakeMesh, client: IsthmusClient) -> None:
    client.retrieval.retrieve(request("flaky"))
    assert mesh.attempts == 3


def test_repeats_a_write_under_the_same_request_id(mesh: FakeMesh, client: IsthmusClient) -> None:
    asked = UpsertItemsRequest(model_name="m")
    assert client.catalogue.upsert_items(asked).sequence == 7
    first, second = mesh.request_ids
    assert len(first) == 36
    assert first == second
    assert asked.request_id == ""


def test_keeps_a_request_id_that_was_given(mesh: FakeMesh, client: IsthmusClient) -> None:
    client.catalogue.upsert_items(UpsertItemsRequest(model_name="m", request_id="mine"))
    assert mesh.request_ids == ["mine", "mine"]


def test_raises_an_error_with_reason_remedy_and_details(client: IsthmusClient) -> None:
    with pytest.raises(IsthmusError) as caught:
        client.retrieval.retrieve(request("gone"))
    error = caught.value
    assert (error.code, error.reason, error.message) == (
        grpc.StatusCode.NOT_FOUND,
        "MODEL_NOT_FOUND",
        "no such model",
    )
    assert error.metadata == {"name": "gone"}
    assert error.retry_after == 1.5
    assert [(one.field, one.description) for one in error.violations] == [("model", "unknown")]
    assert "ListModels" in error.remedy


@pytest.mark.parametrize("model", ["proxied", "torn"])
def test_takes_no_reason_from_others_or_from_torn_details(client: IsthmusClient, model: str) -> None:
    with pytest.raises(IsthmusError) as caught:
        client.retrieval.retrieve(request(model))
    assert (caught.value.code, caught.value.reason, caught.value.remedy) == (grpc.StatusCode.NOT_FOUND, "", "")


def test_ends_a_call_at_its_deadline(client: IsthmusClient) -> None:
    with pytest.raises(IsthmusError) as caught:
        client.retrieval.retrieve(request("slow"), timeout=0.05)
    assert caught.value.code is grpc.StatusCode.DEADLINE_EXCEEDED


def test_ends_a_call_on_cancellation_on_the_server_too(mesh: FakeMesh, client: IsthmusClient) -> None:
    stop = Cancellation()
    threading.Timer(0.05, stop.cancel).start()
    with pytest.raises(IsthmusError) as caught:
        client.retrieval.retrieve(request("slow"), cancellation=stop)
    assert (caught.value.code, caught.value.reason) == (grpc.StatusCode.CANCELLED, "CANCELLED")
    assert mesh.abandoned.wait(30)


def test_begins_no_call_after_cancellation(client: IsthmusClient) -> None:
    stop = Cancellation()
    stop.cancel()
    assert stop.cancelled
    with pytest.raises(IsthmusError):
        client.retrieval.retrieve(request("slow"), cancellation=stop)


def test_splits_any_number_of_requests_and_keeps_a_failure_in_its_place(client: IsthmusClient) -> None:
    outcomes = client.retrieve_many([request(k=index) for index in range(300)])
    assert len(outcomes) == 300
    failed, last = outcomes[13], outcomes[299]
    assert isinstance(failed, IsthmusError)
    assert failed.reason == "MODEL_NOT_FOUND"
    assert isinstance(last, RetrieveResponse)
    assert last.sequence == 299


def test_leaving_a_stream_ends_the_call(mesh: FakeMesh, client: IsthmusClient) -> None:
    with client.proofs.watch_run(run_pb2.WatchRunRequest(run_id="r")) as updates:
        assert next(iter(updates)).run.id == "r"
    assert mesh.abandoned.wait(30)


def test_a_stream_ends_at_its_deadline(client: IsthmusClient) -> None:
    began = time.monotonic()
    with pytest.raises(IsthmusError) as caught:
        list(client.proofs.watch_run(run_pb2.WatchRunRequest(run_id="r"), timeout=0.1))
    assert caught.value.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - began < 30


def test_repeats_no_stream(mesh: FakeMesh, client: IsthmusClient) -> None:
    with pytest.raises(IsthmusError) as caught:
        list(client.proofs.watch_run(run_pb2.WatchRunRequest(run_id="draining"), timeout=30))
    assert caught.value.code is grpc.StatusCode.UNAVAILABLE
    assert mesh.attempts == 1


def test_sends_streams(client: IsthmusClient) -> None:
    chunks = (run_pb2.UploadObjectRequest(chunk=b"1234") for _ in range(3))
    assert client.proofs.upload_object(chunks).size_bytes == 12
    segments = [run_pb2.CommitSegmentsRequest(segment=index) for index in range(3)]
    assert [one.next_segment for one in client.proofs.commit_segments(segments)] == [1, 2, 3]


def test_says_which_address_is_missing_and_that_encryption_is_undecided(client: IsthmusClient) -> None:
    with pytest.raises(ValueError, match="admin"):
        _ = client.models
    with pytest.raises(ValueError, match="insecure"):
        IsthmusClient(retrieval="127.0.0.1:1")


def test_close_ends_the_connection(client: IsthmusClient) -> None:
    service = client.retrieval
    client.close()
    with pytest.raises((IsthmusError, ValueError)):
        service.retrieve(request())


def test_every_reason_has_a_remedy() -> None:
    assert len(REASONS) > 30
    assert all(explanation.cause and explanation.remedy for explanation in REASONS.values())
