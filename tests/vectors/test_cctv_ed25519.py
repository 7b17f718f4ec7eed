"""Edge cases of Ed25519 from C2SP's CCTV: which ones our rule takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fullfile.core.tlog import ed25519

SOURCE = Path(__file__).parents[3] / "shared/vectors/cctv-ed25519/ed25519vectors.json"
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the shared vectors are not here")

# What the rule of `ed25519` refuses. A residue of low order means that only the equation with
# cofactor holds; "reencoded_k" that k was computed over another encoding than the one sent.
REFUSED = {
    "non_canonical_A",
    "non_canonical_R",
    "low_order_A",
    "low_order_residue",
    "reencoded_k",
}


def test_rule():
    taken = 0
    for case in json.loads(SOURCE.read_text()):
        flags = set(case["flags"] or ())
        key, signature = bytes.fromhex(case["key"]), bytes.fromhex(case["sig"])
        valid = ed25519.verify(key, case["msg"].encode(), signature)
        assert valid == (not flags & REFUSED), case
        taken += valid
        assert (ed25519.strange_key(key) is not None) == bool(
            flags & {"non_canonical_A", "low_order_A"}
        ), case
    assert taken
