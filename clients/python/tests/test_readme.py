"""Executes the blocks of the README against the mesh that ISTHMUS_CONTRACT_URL names."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text()
BLOCKS = dict(re.findall(r"<!-- test: ([a-z]+) -->\n```python\n(.*?)```", README, re.DOTALL))
URL = os.environ.get("ISTHMUS_CONTRACT_URL", "")

EXPECTED = {
    "call": r"(\S+ -?\d\S* (\d[\d.]*|other)\n){10}",
    "vectors": "",
    "many": r"3\nMODEL_NOT_FOUND\n\d\nCANCELLED\n",
    "asyncio": r"8\n",
    "verify": r"[0-9a-f]{64} L3_FULL ONLINE\n",
}
"""What each block prints."""


@pytest.fixture(scope="module")
def mesh() -> Any:
    if not URL:
        pytest.skip(
            "ISTHMUS_CONTRACT_URL names no mesh: run test/contract/clients.test.ts with ISTHMUS_TEST_CLIENTS=python"
        )
    with urllib.request.urlopen(f"{URL}/mesh") as response:
        return json.load(response)


def test_every_block_compiles_and_is_known() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(blocks) > len(BLOCKS)
    for block in blocks:
        compile(block, "README.md", "exec")
    assert BLOCKS.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_block_runs(name: str, mesh: Any, tmp_path: Path) -> None:
    ports = {"7402": mesh["addresses"]["retrieval"], "7403": mesh["addresses"]["attestation"]}
    code = re.sub(r"127\.0\.0\.1:(\d{4})", lambda found: ports[found[1]], BLOCKS[name])
    code = code.replace('domain="books", item_id="book-0001"', event_of(mesh))
    files = mesh["files"]
    for path, key in {
        "model.sigstore.json": "bundle",
        "trust.json": "trust",
        "model.tlog-proof": "logProof",
        "model": "modelDirectory",
    }.items():
        (tmp_path / path).symlink_to(files[key])
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    assert re.fullmatch(EXPECTED[name], run.stdout), run.stdout


def event_of(mesh: Any) -> str:
    """Give an event of this mesh's items in place of the README's."""
    event = mesh["known"]["user"]["events"][0]
    return f"domain={event['domain']!r}, item_id={event['itemId']!r}"
