"""Inclusion and consistency proofs of transparency-dev/merkle, good ones and bad ones."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import pytest

from fullfile.core.tlog import ProofFailed, verify_consistency, verify_inclusion

SOURCE = Path(__file__).parents[3] / "shared/vectors/transparency-dev-merkle/testdata"
# Its roots are no hashes at all; the vectors' own README says to leave it out.
ODD = "additional/sizes-are-equal-one-and-proof-is-empty.json"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the shared vectors are not here")


def cases(kind: str) -> list[Path]:
    found = sorted((SOURCE / kind).rglob("*.json"))
    return [path for path in found if not path.as_posix().endswith(ODD)]


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read(path: Path) -> tuple[dict, list[bytes]]:
    case = json.loads(path.read_text())
    return case, [b64decode(each) for each in case["proof"] or []]


def test_all_files_are_there():
    assert len(cases("inclusion")) + len(cases("consistency")) == 195


@pytest.mark.parametrize("path", cases("inclusion"), ids=name)
def test_inclusion(path):
    case, proof = read(path)
    given = (
        b64decode(case["leafHash"]),
        case["leafIdx"],
        case["treeSize"],
        proof,
        b64decode(case["root"]),
    )
    if case["wantErr"]:
        with pytest.raises(ProofFailed):
            verify_inclusion(*given)
    else:
        assert verify_inclusion(*given) is None


@pytest.mark.parametrize("path", cases("consistency"), ids=name)
def test_consistency(path):
    case, proof = read(path)
    given = (
        case["size1"],
        case["size2"],
        proof,
        b64decode(case["root1"]),
        b64decode(case["root2"]),
    )
    if case["wantErr"]:
        with pytest.raises(ProofFailed):
            verify_consistency(*given)
    else:
        assert verify_consistency(*given) is None
