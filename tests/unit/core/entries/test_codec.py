"""A draft becomes bytes, and bytes an entry again; tables say what they hold."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fullfile.core.entries import (
    ENTRY_TYPES,
    TABLES,
    Draft,
    codec,
    decode_body,
    encode_body,
    get_table,
    tables,
)
from fullfile.core.entries.fields import Kind, column
from fullfile.core.errors import RecordDamaged, Refused

SAID = "2026-11-23T10:00:00.00Z"
DRAFT = Draft(
    "custody.recorded",
    "A. Clerk",
    {"agency": "Sheriff", "tag": "E-1", "event": "booked", "occurred_at": "2024-03-06"},
    source="room",
    run=3,
    row=2,
    corrects=1,
    more={"shelf": "7"},
)


def test_a_draft_is_read_back_as_it_was_written():
    entry = decode_body(9, 5, encode_body(DRAFT, SAID))
    assert (entry.index, entry.recorded_ms) == (9, 5)
    for name in ("type", "by", "data", "source", "run", "row", "corrects", "more"):
        assert getattr(entry, name) == getattr(DRAFT, name)


def test_what_was_not_said_is_not_written():
    body = encode_body(Draft("setting.changed", "A. Clerk", {"name": "x", "value": "1"}), SAID)
    assert body == (
        b'{"by":"A. Clerk","data":{"name":"x","value":"1"},"recorded_at":"2026-11-23T10:00:00.00Z",'
        b'"type":"setting.changed","v":1}'
    )
    entry = decode_body(0, 0, body)
    assert (entry.source, entry.run, entry.row, entry.corrects, entry.more) == (
        "",
        None,
        None,
        None,
        {},
    )


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft("setting.changed", "", {}), "anonymous"),
        (Draft("setting.guessed", "A. Clerk", {}), "entry_type_unknown"),
        (Draft("setting.changed", "A. Clerk", {"value": "x" * 1_048_576}), "body_too_large"),
    ],
)
def test_what_cannot_be_written_is_refused(draft, code):
    with pytest.raises(Refused) as refused:
        encode_body(draft, SAID)
    assert refused.value.reasons[0].code == code


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"by":"A"}',
        b'{"by":"A","data":{},"type":"setting.guessed","v":1}',
        b'{"data":{},"type":"setting.changed","v":1}',
    ],
)
def test_bytes_that_are_no_body_are_damage(body):
    with pytest.raises(RecordDamaged, match="The body of entry 4 cannot be read"):
        decode_body(4, 0, body)


def test_an_old_version_is_brought_up_to_date_on_reading(monkeypatch):
    monkeypatch.setitem(
        codec._UPCASTERS, ("setting.changed", 0), lambda data: {"name": data["key"], "value": "1"}
    )
    body = b'{"by":"A","data":{"key":"x"},"type":"setting.changed","v":0}'
    assert decode_body(0, 0, body).data == {"name": "x", "value": "1"}


def test_every_table_is_known_by_its_name_and_has_an_entry_type():
    for name, table in TABLES.items():
        assert get_table(name) is table
        assert ENTRY_TYPES[table.entry_type].fields
        assert set(table.key_columns) <= {one.name for one in table.columns}
        assert table.required
    with pytest.raises(KeyError):
        get_table("nothing")


def test_the_keys_are_those_of_the_contract():
    assert TABLES["custody"].key_columns == ("agency", "tag", "event", "occurred_at")
    assert TABLES["items"].key_columns == ("agency", "tag")
    assert TABLES["docket"].key_columns == (
        "case_number",
        "event",
        "occurred_on",
        "defendant",
        "count",
    )
    assert "from" in TABLES["status"].key_columns


def test_an_attribute_that_is_no_column_is_a_mistake(monkeypatch):
    @dataclass(frozen=True)
    class Row:
        tag: str = column(Kind.NUMBER, required=True, key=True)
        note: str = ""

    with pytest.raises(TypeError, match="has an attribute that is no column"):
        tables._table("items", Row)
