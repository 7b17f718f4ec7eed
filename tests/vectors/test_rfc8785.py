"""The pairs of RFC 8785's author, and the numbers of ECMAScript."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
import rfc8785

from fullfile.core.tlog import NotCanonical, canonical_bytes, parse_canonical

SOURCE = Path(__file__).parents[3] / "shared/vectors/rfc8785-jcs"
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the shared vectors are not here")

PAIRS = ["arrays", "french", "structures", "unicode", "values", "weird"]
WITH_FLOATS = {"values", "structures"}


@pytest.mark.parametrize("name", PAIRS)
def test_pair(name):
    value = json.loads((SOURCE / f"testdata/input/{name}.json").read_bytes())
    expected = (SOURCE / f"testdata/output/{name}.json").read_bytes()
    outhex = (SOURCE / f"testdata/outhex/{name}.txt").read_text()
    assert bytes.fromhex("".join(outhex.split())) == expected
    assert rfc8785.dumps(value) == expected
    if name in WITH_FLOATS:
        with pytest.raises(NotCanonical, match="float"):
            canonical_bytes(value)
    else:
        assert canonical_bytes(value) == expected
        assert parse_canonical(expected) == value


def test_numbers_of_ecmascript():
    count = 0
    for line in (SOURCE / "es6numbers-node.csv").read_text().splitlines():
        bits, expected = line.split(",")
        (number,) = struct.unpack(">d", bytes.fromhex(bits.zfill(16)))
        assert rfc8785.dumps(number).decode() == expected
        count += 1
    assert count == 24_003
