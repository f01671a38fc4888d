"""A re-ranker: takes candidates with their provenance, checks offline that their model was attested, reorders them.

`clients/README.md` describes arguments and output, the same in every language.
"""

import argparse
import math
import sys
from pathlib import Path

from google.protobuf import json_format
from isthmus.model.v1.model_pb2 import ModelSpec
from isthmus.model.v1.user_pb2 import UserContext
from isthmus.retrieval.v1.retrieval_pb2 import RetrieveRequest, RetrieveResponse

from isthmus_client import IsthmusClient, IsthmusError, Tls
from isthmus_client.attestation import ProofError, Trust, verify_attestation

CANDIDATES = 50
SHOWN = 10


def rerank(answer: RetrieveResponse) -> list[tuple[float, str, str]]:
    """Score candidates by a logistic model: how probable the interest is, the rank there, the retrieval's score.

    Give score, item and interest, best first.
    """
    ranked = []
    for hit in answer.hits:
        interest = answer.interests[hit.interest]
        logit = 0.5 * math.log(interest.probability + 1e-9) + 2 / (1 + hit.rank_in_interest) + 0.1 * hit.score
        ranked.append((1 / (1 + math.exp(-logit)), hit.item_id, interest.id))
    return sorted(ranked, key=lambda one: (-one[0], one[1]))


def main() -> int:
    """Retrieve, verify, rank, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("retrieval", "model", "user", "trust", "bundle", "log-proof"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("tls-authority", "tls-certificate", "tls-key"):
        parser.add_argument(f"--{name}")
    options = parser.parse_args()
    # Mutual TLS where an authority is named; otherwise plain text, for servers that have said so too.
    tls = None
    if options.tls_authority is not None:
        tls = Tls(ca=options.tls_authority, certificate=options.tls_certificate, key=options.tls_key)
    try:
        with IsthmusClient(retrieval=options.retrieval, timeout=10, tls=tls, insecure=tls is None) as client:
            answer = client.retrieval.retrieve(
                RetrieveRequest(
                    model=ModelSpec(name=options.model),
                    user=json_format.Parse(Path(options.user).read_text(), UserContext()),
                    k=CANDIDATES,
                    explain=True,
                )
            )
        verified = verify_attestation(
            Path(options.bundle).read_bytes(),
            Trust.from_file(options.trust),
            log_proof=Path(options.log_proof).read_text(),
            model_digest=answer.model.digest,
        )
    except ProofError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1
    except IsthmusError as error:
        print(f"{error.reason}: {error.message} {error.remedy}", file=sys.stderr)
        return 1
    model = answer.model
    attested = f"attested {verified.attestation_id} {verified.assurance} {verified.mode}: verified"
    print(f"model {model.name} version {model.version} {attested}")
    for rank, (score, item_id, interest) in enumerate(rerank(answer)[:SHOWN], start=1):
        print(f"{rank}\t{item_id}\t{score:.6f}\t{interest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
