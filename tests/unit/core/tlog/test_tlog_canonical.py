"""Canonical JSON and the leaf: our fast paths give what rfc8785 gives, and refuse the rest."""

from __future__ import annotations

import json
from collections import OrderedDict
from datetime import UTC, datetime
from enum import IntEnum, StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.errors import Refused
from fullfile.core.tlog import (
    SALT_SIZE,
    Leaf,
    Malformed,
    NotCanonical,
    canonical_bytes,
    digest,
    is_leaf,
    leaf_bytes,
    parse_canonical,
    parse_leaf,
)

LIMIT = 2**53 - 1
texts = st.text(st.characters(codec="utf-8"))
scalars = st.none() | st.booleans() | st.integers(-LIMIT, LIMIT) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20
)


class Colour(StrEnum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


@given(values)
def test_same_as_rfc8785(value):
    data = canonical_bytes(value)
    assert data == rfc8785.dumps(value)
    assert parse_canonical(data) == value


@given(st.dictionaries(st.text(st.characters(codec="ascii")), scalars))
def test_the_fast_path_is_the_same(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)


def test_keys_sort_by_utf16_units():
    value = {"\ufb33": 1, "\U0001f600": 2, "a": 3, "é": 4}
    assert list(json.loads(canonical_bytes(value))) == ["a", "é", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (Colour.RED, b'"red"'),
        ({"c": Colour.RED, "n": Number.ONE}, b'{"c":"red","n":1}'),
        ({Colour.RED: (1, 2)}, b'{"red":[1,2]}'),
        (OrderedDict(b=1, a=[]), b'{"a":[],"b":1}'),
        (LIMIT, b"9007199254740991"),
        ("\u2028\x7f\x1f/", '"\u2028\x7f\\u001f/"'.encode()),
    ],
)
def test_values(value, data):
    assert canonical_bytes(value) == data


CIRCLE: list[object] = []
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        [0.0],
        {"a": {"b": [float("nan")]}},
        LIMIT + 1,
        [-LIMIT - 1],
        {"a": 2**64},
        "\ud800",
        {"a": "\udfff"},
        {"\ud800": 1},
        {1: "a"},
        {None: "a"},
        {"a": {("b",): 1}},
        b"bytes",
        {"a": {1, 2}},
        datetime(2024, 1, 1, tzinfo=UTC),
        CIRCLE,
        {"é": 1.5},
    ],
)
def test_refused_values(value):
    with pytest.raises(NotCanonical) as caught:
        canonical_bytes(value)
    assert isinstance(caught.value, Refused)
    assert caught.value.reasons[0].code == "not_canonical"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b'{"a":1,"a":1}', "twice"),
        (b'{"b":{"a":1,"c":2,"a":3}}', "twice"),
        (b'{"a": 1}', "form"),
        (b'{"b":1,"a":1}', "form"),
        (b'"\\u0041"', "form"),
        (b"1.0", "float"),
        (b"1e3", "float"),
        (b"NaN", "float"),
        (b"-0", "form"),
        (b"9007199254740992", "beyond"),
        (b'"\\ud800"', "surrogate"),
        (b"\xef\xbb\xbf1", "JSON"),
        (b"\xff", "JSON"),
        (b"{", "JSON"),
        (b"", "JSON"),
        (b"1\n", "form"),
        (b"[" * 100_000, "JSON"),
        (b"9" * 5000, "JSON"),
    ],
)
def test_refused_bytes(data, word):
    with pytest.raises(NotCanonical, match=word):
        parse_canonical(data)


DIGEST = digest(b"\x01" * SALT_SIZE, b"{}")
AT = "2024-03-06T09:30:00.00-07:00"
ids = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=200,
)
instants = st.builds(
    lambda at, zone: at.isoformat(timespec="milliseconds") + zone,
    st.datetimes(),
    st.sampled_from(["Z", "+00:00", "-07:00"]),
)


@given(ids, instants, st.binary(), st.integers(1, LIMIT))
def test_leaf_is_its_canonical_json(id_, recorded_at, body, v):
    hashed = digest(b"\x02" * SALT_SIZE, body)
    data = leaf_bytes(id_, recorded_at, hashed, v)
    assert data == rfc8785.dumps({"digest": hashed, "id": id_, "recorded_at": recorded_at, "v": v})
    assert is_leaf(data)
    assert parse_leaf(data) == Leaf(id_, recorded_at, hashed, v)


def test_digest_is_of_salt_and_body():
    assert digest(b"ab", b"c") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


@pytest.mark.parametrize(
    "members",
    [
        ("", AT, DIGEST, 1),
        ("x" * 201, AT, DIGEST, 1),
        ("a\nb", AT, DIGEST, 1),
        ("a", "2024-03-06", DIGEST, 1),
        ("a", "2024-03-06T09:30:00-07:00", DIGEST, 1),
        ("a", "2024-13-06T09:30:00.00-07:00", DIGEST, 1),
        ("a", "2024-03-06T24:30:00.00Z", DIGEST, 1),
        ("a", AT + "\n", DIGEST, 1),
        ("a", AT, DIGEST.upper(), 1),
        ("a", AT, DIGEST[7:], 1),
        ("a", AT, DIGEST, 0),
        ("a", AT, DIGEST, True),
        ("a", AT, DIGEST, LIMIT + 1),
        ("a", AT, DIGEST, "1"),
        ('a","x":"', AT + "é", DIGEST, 1),
    ],
)
def test_refused_leaves(members):
    with pytest.raises(Malformed):
        leaf_bytes(*members)


def test_an_id_cannot_smuggle_members():
    data = leaf_bytes('a","v":"', AT, DIGEST)
    assert parse_leaf(data).id == 'a","v":"'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        leaf_bytes("a", AT, DIGEST) + b"\n",
        leaf_bytes("a", AT, DIGEST).replace(b'"v":1', b'"v":01'),
        leaf_bytes("a", AT, DIGEST).replace(b'"v":1', b'"v":1,"w":1'),
        leaf_bytes("a", AT, DIGEST).replace(b'"id":"a"', b'"id": "a"'),
        leaf_bytes("a", AT, DIGEST).replace(b'"id":"a"', b'"id":["a"]'),
    ],
)
def test_bytes_that_are_no_leaf(data):
    assert not is_leaf(data)
    with pytest.raises(Malformed):
        parse_leaf(data)
