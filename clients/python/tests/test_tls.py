import datetime
import ipaddress
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from fake_mesh import FakeMesh, Handlers
from isthmus.retrieval.v1.retrieval_pb2 import RetrieveRequest

from isthmus_client import IsthmusClient, IsthmusError, Tls


def certificate() -> tuple[bytes, bytes]:
    """Give a certificate of 127.0.0.1 that signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mesh")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.public_bytes(Encoding.PEM), pem


def test_speaks_tls_with_a_certificate_of_its_own(mesh: FakeMesh, tmp_path: Path) -> None:
    chain, key = certificate()
    server: Any = grpc.server(ThreadPoolExecutor(2))
    server.add_generic_rpc_handlers((Handlers(mesh),))
    credentials = grpc.ssl_server_credentials([(key, chain)], root_certificates=chain, require_client_auth=True)
    address = f"127.0.0.1:{server.add_secure_port('127.0.0.1:0', credentials)}"
    server.start()
    ca = tmp_path / "ca.pem"
    ca.write_bytes(chain)
    with IsthmusClient(retrieval=address, tls=Tls(ca=ca, certificate=chain, key=key)) as client:
        assert client.retrieval.retrieve(RetrieveRequest(k=1)).sequence == 2**60 + 1
    with (
        IsthmusClient(retrieval=address, tls=Tls(ca=ca)) as nobody,
        pytest.raises(IsthmusError) as caught,
    ):
        nobody.retrieval.retrieve(RetrieveRequest(k=1), timeout=1)
    assert caught.value.code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
    server.stop(0)


def test_refuses_a_certificate_without_its_key() -> None:
    with (
        pytest.raises(ValueError, match="together"),
        IsthmusClient(retrieval="127.0.0.1:1", tls=Tls(certificate=b"")) as client,
    ):
        client.retrieval.retrieve(RetrieveRequest())
