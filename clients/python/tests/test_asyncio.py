import asyncio

import grpc
import pytest
from fake_mesh import FakeMesh
from isthmus.attestation.v1 import run_pb2
from isthmus.model.v1.model_pb2 import ModelSpec
from isthmus.retrieval.v1.retrieval_pb2 import RetrieveRequest

from isthmus_client import AsyncIsthmusClient, IsthmusError


def client_of(mesh: FakeMesh) -> AsyncIsthmusClient:
    return AsyncIsthmusClient(retrieval=mesh.address, attestation=mesh.address, insecure=True)


def request(model: str = "m", k: int = 1) -> RetrieveRequest:
    return RetrieveRequest(model=ModelSpec(name=model), k=k)


def test_calls_batches_and_streams(mesh: FakeMesh) -> None:
    async def run() -> None:
        async with client_of(mesh) as client:
            answers = await asyncio.gather(*(client.retrieval.retrieve(request(k=k)) for k in range(8)))
            assert [answer.sequence - 2**60 for answer in answers] == list(range(8))
            outcomes = await client.retrieve_many([request(k=k) for k in range(300)])
            assert [index for index, one in enumerate(outcomes) if isinstance(one, IsthmusError)] == [13]
            async with client.proofs.watch_run(run_pb2.WatchRunRequest(run_id="r")) as updates:
                async for update in updates:
                    assert update.run.id == "r"
                    break
            chunks = [run_pb2.UploadObjectRequest(chunk=b"12")] * 2
            assert (await client.proofs.upload_object(chunks)).size_bytes == 4
            segments = [run_pb2.CommitSegmentsRequest(segment=index) for index in range(2)]
            assert [one.next_segment async for one in client.proofs.commit_segments(segments)] == [1, 2]

    asyncio.run(run())
    assert mesh.abandoned.wait(30)


def test_raises_typed_errors(mesh: FakeMesh) -> None:
    async def run() -> None:
        async with client_of(mesh) as client:
            with pytest.raises(IsthmusError) as caught:
                await client.retrieval.retrieve(request("gone"))
            assert caught.value.reason == "MODEL_NOT_FOUND"
            with pytest.raises(IsthmusError) as late:
                await client.retrieval.retrieve(request("slow"), timeout=0.05)
            assert late.value.code is grpc.StatusCode.DEADLINE_EXCEEDED

    asyncio.run(run())


def test_cancelling_the_task_cancels_the_call(mesh: FakeMesh) -> None:
    async def run() -> None:
        async with client_of(mesh) as client:
            task = asyncio.create_task(client.retrieval.retrieve(request("slow")))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(run())
    assert mesh.abandoned.wait(30)
