from collections.abc import Iterator

import pytest
from fake_mesh import FakeMesh

from isthmus_client import IsthmusClient


@pytest.fixture
def mesh() -> Iterator[FakeMesh]:
    fake = FakeMesh()
    yield fake
    fake.server.stop(0)


@pytest.fixture
def client(mesh: FakeMesh) -> Iterator[IsthmusClient]:
    with IsthmusClient(retrieval=mesh.address, attestation=mesh.address, insecure=True) as one:
        yield one
