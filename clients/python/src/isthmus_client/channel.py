"""How connections are made: retries of what is safe to repeat, balancing over all addresses, keepalive, TLS."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import grpc
from google.protobuf.message import Message
from isthmus.attestation.v1 import attestation_pb2, log_pb2, run_pb2
from isthmus.model.v1 import model_service_pb2
from isthmus.representation.v1 import representation_pb2
from isthmus.retrieval.v1 import catalogue_pb2, retrieval_pb2

DEFAULT_TIMEOUT = 2.0
"""Deadline of a call that sets none, seconds."""

MAX_ATTEMPTS = 4
"""Attempts of one call in all."""

MAX_RECEIVE_BYTES = 32 * 1024 * 1024
"""Largest message a client accepts: a batch of 256 answers of 1,000 hits stays below it."""

KEEPALIVE_TIME_MS = 60_000
"""Time between pings of an active connection: longer than any grace of a server."""

KEEPALIVE_TIMEOUT_MS = 10_000

INITIAL_RECONNECT_MS = 100

MAX_RECONNECT_MS = 5_000
"""Longest pause before a lost address is tried again; gRPC's own, two minutes, keeps a restarted replica without a call."""

RESOLUTION_PAUSE_MS = 5_000
"""Least time between two resolutions of a name; gRPC's own, half a minute, keeps a new replica waiting as long."""

_FILES = (attestation_pb2, log_pb2, run_pb2, model_service_pb2, representation_pb2, catalogue_pb2, retrieval_pb2)

Request = TypeVar("Request", bound=Message)


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificates of an encrypted connection, as PEM: bytes, or the path of a file."""

    ca: bytes | str | Path | None = None
    """Who may have signed the servers' certificates; None for the authorities that grpc comes with."""
    certificate: bytes | str | Path | None = None
    """The caller's own certificate chain, where servers ask for one (mTLS)."""
    key: bytes | str | Path | None = None
    """Private key of `certificate`."""
    server_name: str | None = None
    """Name that the servers' certificates carry, where it is not that of the address."""

    def credentials(self) -> grpc.ChannelCredentials:
        """Read the files. Raise ValueError where a certificate comes without its key, or a key alone."""
        if (self.certificate is None) != (self.key is None):
            raise ValueError("give `certificate` and `key` together: one proves the other")
        return grpc.ssl_channel_credentials(
            root_certificates=_pem(self.ca),
            private_key=_pem(self.key),
            certificate_chain=_pem(self.certificate),
        )


def channel_options(tls: Tls | None) -> list[tuple[str, str | int]]:
    """Give the options that every channel gets."""
    service_config = {
        "loadBalancingConfig": [{"round_robin": {}}],
        "methodConfig": [
            {
                "name": _safe_to_repeat(),
                "retryPolicy": {
                    "maxAttempts": MAX_ATTEMPTS,
                    "initialBackoff": "0.05s",
                    "maxBackoff": "1s",
                    "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE"],
                },
            }
        ],
    }
    options: list[tuple[str, str | int]] = [
        ("grpc.service_config", json.dumps(service_config)),
        ("grpc.initial_reconnect_backoff_ms", INITIAL_RECONNECT_MS),
        ("grpc.max_reconnect_backoff_ms", MAX_RECONNECT_MS),
        ("grpc.dns_min_time_between_resolutions_ms", RESOLUTION_PAUSE_MS),
        ("grpc.keepalive_time_ms", KEEPALIVE_TIME_MS),
        ("grpc.keepalive_timeout_ms", KEEPALIVE_TIMEOUT_MS),
        ("grpc.max_receive_message_length", MAX_RECEIVE_BYTES),
        ("grpc.max_send_message_length", -1),
    ]
    if tls is not None and tls.server_name is not None:
        options.append(("grpc.ssl_target_name_override", tls.server_name))
    return options


def _safe_to_repeat() -> list[dict[str, str]]:
    """Name every unary method: it reads, or carries a request id, so repeating is harmless. Streams are not repeated."""
    return [
        {"service": service.full_name, "method": method.name}
        for file in _FILES
        for service in file.DESCRIPTOR.services_by_name.values()
        for method in service.methods
        if not method.client_streaming and not method.server_streaming
    ]


def target(address: str) -> str:
    """Give the form of an address that grpc balances over: `host:port`, a resolver's URI, or several with commas."""
    return f"ipv4:{address}" if "," in address else address


def secured(tls: Tls | None, insecure: bool) -> None:
    """Refuse a connection of which nobody said whether it is encrypted."""
    if tls is None and not insecure:
        raise ValueError("give `tls=Tls(…)`, or `insecure=True` for loopback and networks that you trust")
    if tls is not None and insecure:
        raise ValueError("give `tls` or `insecure=True`, not both")


def with_request_id(request: Request) -> Request:
    """Give a change that carries no request id a fresh one, so that a retry is harmless. The argument stays as it is."""
    field = request.DESCRIPTOR.fields_by_name.get("request_id")
    if field is None or getattr(request, "request_id") != "":  # noqa: B009
        return request
    copy = type(request)()
    copy.CopyFrom(request)
    setattr(copy, "request_id", str(uuid.uuid4()))  # noqa: B010
    return copy


def _pem(source: bytes | str | Path | None) -> bytes | None:
    if source is None or isinstance(source, bytes):
        return source
    return Path(source).read_bytes()
