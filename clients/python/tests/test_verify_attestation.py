import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from isthmus_client.attestation import ModelFile, ProofError, Trust, model_digest, model_files, verify_attestation
from isthmus_client.attestation.encoding import canonical_json, strict_json
from isthmus_client.attestation.log_proof import check_inclusion

PROOF = Path(__file__).parents[3] / "services/proof"


def golden(name: str) -> Any:
    return json.loads((PROOF / f"golden/v1/{name}.json").read_text())


GOLDEN = {**golden("attestation"), **golden("log"), **golden("run")}
BUNDLE: bytes = GOLDEN["bundle"].encode()
TRUST = Trust(attestation_keys=[GOLDEN["publicKeyPem"]], log_verifier_key=GOLDEN["verifierKey"])
FILES = [ModelFile(one["name"], one["sha256"], one["size"]) for one in json.loads(GOLDEN["fileList"])["files"]]


def refused(code: str, bundle: bytes = BUNDLE, trust: Trust = TRUST, **more: Any) -> None:
    with pytest.raises(ProofError) as caught:
        verify_attestation(bundle, trust, **{"log_proof": GOLDEN["proof"], **more})
    assert caught.value.code == code


def resigned(change: Callable[[dict[str, Any]], object], payload_type: str | None = None) -> tuple[bytes, Trust]:
    """Give a bundle over another statement, and the trust in the key that signed it."""
    bundle = json.loads(BUNDLE)
    envelope = bundle["dsseEnvelope"]
    statement = json.loads(base64.b64decode(envelope["payload"]))
    change(statement)
    payload = canonical_json(statement)
    kind = payload_type or envelope["payloadType"]
    key = ec.generate_private_key(ec.SECP256R1())
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
    signature = key.sign(message, ec.ECDSA(SHA256()))
    envelope.update(payload=base64.b64encode(payload).decode(), payloadType=kind)
    envelope["signatures"] = [{"keyid": "", "sig": base64.b64encode(signature).decode()}]
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return json.dumps(bundle).encode(), replace(TRUST, attestation_keys=[der])


def test_accepts_the_golden_attestation_and_says_what_it_found() -> None:
    verified = verify_attestation(BUNDLE, TRUST, log_proof=GOLDEN["proof"], files=FILES)
    assert verified.attestation_id == GOLDEN["attestationId"]
    assert verified.model_digest == model_digest(FILES)
    assert (verified.assurance, verified.mode) == ("L3_FULL", "ONLINE")
    assert verified.log is not None
    assert verified.log.entry.type == "ATTEST"
    assert "DATA_QUALITY" in verified.statement.predicate["nonClaims"]


def test_refuses_files_that_are_not_the_attested_ones() -> None:
    first, *rest = FILES
    refused("SUBJECT_MISMATCH", files=[replace(first, sha256="0" * 64), *rest])
    refused("SUBJECT_MISMATCH", files=[replace(first, size_bytes=first.size_bytes + 1), *rest])
    refused("SUBJECT_MISMATCH", files=[*FILES, replace(first, name="more")])
    refused("SUBJECT_MISMATCH", model_digest="0" * 64)
    refused("SUBJECT_MISMATCH", files=rest)


def test_refuses_keys_that_are_not_trusted_and_bytes_that_were_not_signed() -> None:
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    refused("KEY_UNKNOWN", trust=replace(TRUST, attestation_keys=[pem]))
    refused("KEY_INVALID", trust=replace(TRUST, attestation_keys=["no key"]))
    p384 = ec.generate_private_key(ec.SECP384R1()).public_key()
    der = p384.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    refused("KEY_INVALID", trust=replace(TRUST, attestation_keys=[der]))
    bundle = json.loads(BUNDLE)
    payload = bytearray(base64.b64decode(bundle["dsseEnvelope"]["payload"]))
    payload[200] ^= 1
    bundle["dsseEnvelope"]["payload"] = base64.b64encode(payload).decode()
    refused("SIGNATURE_INVALID", json.dumps(bundle).encode())


def test_refuses_every_truncation_and_every_altered_byte_of_what_counts() -> None:
    text = BUNDLE.decode()
    ignored = [
        (text.index(f'"{name}":"'), text.index(f'"{name}":"') + len(name) + 4 + len(value))
        for name, value in (
            ("hint", json.loads(text)["verificationMaterial"]["publicKey"]["hint"]),
            ("keyid", json.loads(text)["dsseEnvelope"]["signatures"][0]["keyid"]),
        )
    ]
    for at in range(0, len(BUNDLE), 37):
        with pytest.raises(ProofError):
            verify_attestation(BUNDLE[:at], TRUST, log_proof=GOLDEN["proof"])
        if any(start <= at < end for start, end in ignored):
            continue
        altered = bytearray(BUNDLE)
        altered[at] ^= 1
        with pytest.raises(ProofError):
            verify_attestation(bytes(altered), TRUST, log_proof=GOLDEN["proof"])


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("PREDICATE_TYPE", lambda s: s.update(predicateType="https://slsa.dev/provenance/v1")),
        ("STATEMENT_MALFORMED", lambda s: s["subject"].pop(0)),
        ("STATEMENT_MALFORMED", lambda s: s["predicate"]["run"].update(nonceSha256=None)),
        ("STATEMENT_MALFORMED", lambda s: s["predicate"]["run"].pop("startedAt")),
        ("STATEMENT_MALFORMED", lambda s: s["predicate"]["verification"].update(replayedAll=False)),
        ("STATEMENT_MALFORMED", lambda s: s["predicate"]["verification"].update(replayedSegments=True)),
        ("STATEMENT_MALFORMED", lambda s: s["predicate"]["verification"].update(compare="TOLERANCE")),
        ("LOG_PROOF_INVALID", lambda s: s["predicate"]["run"].update(verifiedAt="2027-01-01T00:00:00Z")),
    ],
)
def test_refuses_other_statements_of_a_trusted_key(code: str, change: Callable[[dict[str, Any]], object]) -> None:
    bundle, trust = resigned(change)
    refused(code, bundle, trust)


def test_refuses_what_the_policy_does_not_accept() -> None:
    refused("PREDICATE_TYPE", *resigned(lambda _: None, "application/json"))
    refused("POLICY_LEVEL", trust=replace(TRUST, minimum_assurance="L4_FULL_QUORUM"))
    refused("POLICY_LOG_PROOF", log_proof=None)
    refused("POLICY_LOG_PROOF", trust=replace(TRUST, log_verifier_key=None))
    bundle, trust = resigned(lambda s: s["predicate"]["run"].update(mode="POSTHOC", nonceSha256=None))
    lenient = replace(trust, require_log_proof=False, log_verifier_key=None)
    refused("POLICY_MODE", bundle, lenient)
    assert verify_attestation(bundle, replace(lenient, require_online=False)).mode == "POSTHOC"


def test_counts_a_quorum_only_where_two_trusted_keys_signed() -> None:
    bundle, trust = resigned(lambda s: s["predicate"]["verification"].update(level="L4_FULL_QUORUM"))
    lenient = replace(trust, require_log_proof=False, log_verifier_key=None)
    assert verify_attestation(bundle, lenient).assurance == "L3_FULL"


def test_refuses_log_proofs_of_other_things() -> None:
    proof: str = GOLDEN["proof"]
    refused("LOG_PROOF_MALFORMED", log_proof="x")
    index = next(line for line in proof.split("\n") if line.startswith("index "))
    refused("LOG_PROOF_INVALID", log_proof=proof.replace(index, "index 0"))
    extra = next(line for line in proof.split("\n") if line.startswith("extra "))
    refused("LOG_PROOF_INVALID", log_proof=proof.replace(extra, f"extra {base64.b64encode(b'x' * 60).decode()}"))
    name, _, encoded = GOLDEN["verifierKey"].split("+", 2)
    key = b"\x01" + bytes(31) + b"\x01"
    key_id = hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8]
    other = f"{name}+{key_id}+{base64.b64encode(key).decode()}"
    refused("CHECKPOINT_SIGNATURE", trust=replace(TRUST, log_verifier_key=other))
    refused("KEY_INVALID", trust=replace(TRUST, log_verifier_key="x"))
    refused("KEY_INVALID", trust=replace(TRUST, log_verifier_key=f"{name}+00000000+{encoded}"))
    size = proof.split("\n\n", 1)[1].split("\n")[1]
    refused("CHECKPOINT_SIGNATURE", log_proof=proof.replace(f"\n{size}\n", f"\n{int(size) + 1}\n"))


@pytest.mark.parametrize(
    "change",
    [
        lambda b: {**b, "mediaType": b["mediaType"].replace("0.3", "0.2")},
        lambda b: {**b, "verificationMaterial": {"certificate": {}}},
        lambda b: {**b, "more": 1},
        lambda b: [b],
    ],
)
def test_refuses_bundles_of_another_form(change: Callable[[dict[str, Any]], object]) -> None:
    refused("BUNDLE_MALFORMED", json.dumps(change(json.loads(BUNDLE))).encode())


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":2}',
        b'"\xff"',
        b'"\\ud800"',
        b"1e999",
        b"9007199254740993",
        b"[" * 65 + b"]" * 65,
        b"[" * 100_000,
        b"NaN",
        b"01",
        b"",
        b"1 2",
        b"\xef\xbb\xbf1",
    ],
)
def test_refuses_json_that_two_readers_read_differently(text: bytes) -> None:
    with pytest.raises(ProofError):
        strict_json(text, max_bytes=1 << 20)


def test_writes_canonical_json_as_the_vectors_say() -> None:
    stored = golden("canonical-json")
    assert canonical_json(stored["value"]).hex() == stored["utf8Hex"]
    numbers = [1e21, 1e20, 1e-6, 1e-7, 123456789.125, -0.0, 5e-324, 1.7976931348623157e308, 0.1, 100.0, 12e-9]
    assert canonical_json(numbers).decode() == (
        "[1e+21,100000000000000000000,0.000001,1e-7,123456789.125,0,5e-324,1.7976931348623157e+308,0.1,100,1.2e-8]"
    )


def test_hashes_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.bin").write_bytes(b"b")
    (tmp_path / "a.bin").write_bytes(b"a")
    files = model_files(tmp_path)
    assert [(one.name, one.size_bytes) for one in files] == [("a.bin", 1), ("sub/b.bin", 1)]
    stored = golden("file-list")
    listed = [ModelFile(one["name"], one["sha256"], one["sizeBytes"]) for one in stored["files"]]
    assert model_digest(listed) == stored["modelDigest"]
    with pytest.raises(ProofError):
        model_digest([ModelFile("../a", "0" * 64, 1)])
    with pytest.raises(ProofError):
        model_digest([])


def test_inclusion_proofs_hold_and_fail_as_the_vectors_say() -> None:
    vectors = json.loads((PROOF / "vectors/rfc6962-proofs.vectors.json").read_text())["inclusion"]
    for one in vectors:
        leaf, root = base64.b64decode(one["leafHash"]), base64.b64decode(one["root"])
        proof = [base64.b64decode(part) for part in one["proof"] or []]
        call = partial(check_inclusion, leaf, one["leafIdx"], one["treeSize"], proof, root)
        if one["wantErr"]:
            with pytest.raises(ProofError):
                call()
        else:
            call()
    assert len(vectors) > 50
