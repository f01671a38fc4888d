"""Makes every call of the contract through IsthmusClient and reports how it ended (`clients/README.md`)."""

import base64
import importlib
import json
import os
import re
import sys
import threading
import urllib.request
from typing import Any

from isthmus_client import Cancellation, IsthmusClient, IsthmusError, Tls

SERVICES = {
    "RetrievalService": ("retrieval", "isthmus.retrieval.v1.retrieval_pb2"),
    "CatalogueService": ("catalogue", "isthmus.retrieval.v1.catalogue_pb2"),
    "RepresentationService": ("representation", "isthmus.representation.v1.representation_pb2"),
    "AttestationService": ("attestation", "isthmus.attestation.v1.attestation_pb2"),
    "ProofService": ("proofs", "isthmus.attestation.v1.run_pb2"),
    "TransparencyLogService": ("log", "isthmus.attestation.v1.log_pb2"),
    "ModelService": ("models", "isthmus.model.v1.model_service_pb2"),
}
"""Property of the client and module of the messages, by the service's name."""

CANCEL_AFTER = 0.1
"""Seconds before a call that waits is cancelled."""

OLDER = "ISTHMUS_TEST_RELEASE" in os.environ
"""Whether the client is that of an older release, which need not know every method."""

BASE = os.environ["ISTHMUS_CONTRACT_URL"]


def main() -> int:
    """Run every case; print those that failed."""
    clients: dict[tuple[str, str], IsthmusClient] = {}
    failed = []
    for case in ask("cases?can=tls,drain"):
        if OLDER and not knows(case):
            continue
        begun = ask(f"cases/{case['id']}/begin", {"language": "python"})
        place = (case["address"], json.dumps(case["tls"]))
        if place not in clients:
            clients[place] = connect(case["address"], case["tls"])
        verdict = ask(f"cases/{case['id']}/end", {"language": "python", **perform(clients[place], case, begun)})
        if not verdict["passed"]:
            failed.append(f"{case['name']}: {verdict['problem']}")
    for client in clients.values():
        client.close()
    print("\n".join(failed), end="\n" if failed else "")
    return 1 if failed else 0


def connect(address: str, files: dict[str, str | None] | None) -> IsthmusClient:
    """Make a client of one address for all services, by the files of a caller or in plain text."""
    return IsthmusClient(
        retrieval=address,
        representation=address,
        attestation=address,
        admin=address,
        tls=None if files is None else Tls(**files),
        insecure=files is None,
    )


def knows(case: dict[str, Any]) -> bool:
    """Tell whether the installed contract has the method."""
    service, method = case["method"].rsplit(".", 1)[1].split("/")
    if service not in SERVICES:
        return False
    try:
        return hasattr(importlib.import_module(SERVICES[service][1]), f"{method}Request")
    except ModuleNotFoundError:
        return False


def perform(client: IsthmusClient, case: dict[str, Any], begun: dict[str, Any]) -> dict[str, Any]:
    """Make one call and tell how it ended."""
    service, method = case["method"].rsplit(".", 1)[1].split("/")
    name, module = SERVICES[service]
    request_class = getattr(importlib.import_module(module), f"{method}Request")
    messages = [request_class.FromString(base64.b64decode(request)) for request in begun["requests"]]
    call = getattr(getattr(client, name), re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower())
    answers: list[str] = []
    cancels = case["behaviour"] == "cancel"
    cancellation = Cancellation()
    timer = threading.Timer(CANCEL_AFTER, cancellation.cancel)
    if cancels and not case["serverStreaming"]:
        timer.start()
    try:
        result = call(
            messages if case["clientStreaming"] else messages[0],
            timeout=None if begun["deadlineMs"] is None else begun["deadlineMs"] / 1000,
            cancellation=cancellation,
        )
        for answer in result if case["serverStreaming"] else [result]:
            answers.append(base64.b64encode(answer.SerializeToString()).decode())
            if cancels:
                cancellation.cancel()
            if case["behaviour"] == "drain":
                ask(f"cases/{case['id']}/first", {})
        return {"code": "OK", "answers": answers}
    except IsthmusError as error:
        return {
            "code": error.code.name,
            "reason": error.reason,
            "domain": "isthmus" if error.reason else "",
            "message": error.message,
            "violations": [{"field": one.field, "description": one.description} for one in error.violations],
            "answers": answers,
        }
    finally:
        timer.cancel()


def ask(path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the server of cases."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{BASE}/{path}", data) as response:
        return json.load(response)


if __name__ == "__main__":
    sys.exit(main())
