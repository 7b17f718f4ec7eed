"""The made-up office as exports: one directory of CSV files for each time they are imported.

`items/` is the property room's list by itself; `cases/` what the case system and
the court send; `later/` what is filed, disclosed, moved and judged;
`corrections/` the property room's list again, one row in fifty changed.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from benchmarks import made_up, world
from benchmarks.made_up import AGENCIES
from benchmarks.world import NEVER, Chunk

__all__ = ["PARTS", "case_numbers", "make", "write_exports"]

PARTS = ("items", "cases", "later", "corrections")

Text = Any  # an Arrow array of text: the stubs' own parameters say no more
Places = npt.NDArray[np.int64]
_FIRST = (
    "Adela",
    "Bram",
    "Corin",
    "Delphia",
    "Emmet",
    "Fenna",
    "Gideon",
    "Hollis",
    "Idonea",
    "Jory",
)
_LAST = ("Quillby", "Farrowdale", "Thistleton", "Marrowgate", "Penhallow", "Ostrander", "Wexcombe")
_THINGS = (
    "knife, folding, black handle",
    "mobile telephone, cracked screen",
    "swab, driver side door handle",
    "cartridge cases, 9 mm, in bag",
    "jacket, denim, stained",
    "recording of interview",
    "photographs of scene",
    "laptop computer with charger",
    "powder, white, in plastic bag",
    "crowbar, 60 cm",
    "receipt, hardware shop",
    "video, entrance camera",
)
_KINDS = ("object", "object", "test_result", "object", "object", "recording", "document", "object")
_SHELVES = ("A", "B", "C", "D", "E", "F")


def make(place: str, items: int) -> dict[str, int]:
    """`write_exports` in a child."""
    return write_exports(Path(place), items)


def write_exports(place: Path, items: int) -> dict[str, int]:
    """Write all exports of an office with that many items; rows by `part/table`."""
    shutil.rmtree(place, ignore_errors=True)
    rows: dict[str, int] = {}
    writers: dict[str, pyarrow.csv.CSVWriter] = {}
    for part in PARTS:
        (place / part).mkdir(parents=True)
    agencies = pa.table({"agency": AGENCIES, "side": ["state"] * len(AGENCIES)})
    tables = {"cases/agencies": agencies}
    for chunk in world.chunks(items):
        tables |= _cases(chunk) | _items(chunk) | _later(chunk)
        for name, table in tables.items():
            if name not in writers:
                path = place / f"{name}.csv"
                writers[name] = pyarrow.csv.CSVWriter(path, table.schema)
            writers[name].write_table(table)
            rows[name] = rows.get(name, 0) + table.num_rows
        tables = {}
    for writer in writers.values():
        writer.close()
    return rows


def case_numbers(first: int, places: Places) -> Text:
    """The numbers of cases."""
    return _numbered("D-202-CR-", first + places, 7)


def _items(chunk: Chunk) -> dict[str, pa.Table]:
    places = np.arange(chunk.items)
    numbers = chunk.first_item + places
    tag = _tags(chunk, places)
    own = case_reports(chunk, np.maximum(chunk.item_report, 0))
    other = _numbered("X", numbers, 8)
    what = numbers % len(_THINGS)
    columns = {
        "agency": _chosen(AGENCIES, chunk.item_agency),
        "tag": tag,
        "description": _chosen(_THINGS, what),
        "collected_at": _days(chunk.collected),
        "booked_at": _days(chunk.booked),
        "report_number": pc.if_else(pa.array(chunk.item_report != NEVER), own, other),
        "kind": _chosen(_KINDS, numbers % len(_KINDS)),
        "quantity": pc.cast(pa.array(1 + numbers % 3), pa.string()),
        "serial_number": pc.if_else(
            pa.array(numbers % 10 == 0), _numbered("SN", numbers * 7919 % 10**9, 9), ""
        ),
        "collected_by": _people(numbers % 311),
        "booked_by": _people(numbers % 83),
        "storage_location": pc.binary_join_element_wise(
            _chosen(_SHELVES, numbers % len(_SHELVES)), _numbered("", numbers % 4000, 4), "-"
        ),
        "notes": pc.if_else(pa.array(numbers % 5 == 0), "sealed at the scene, two bags", ""),
    }
    table = pa.table(columns)
    moved = pc.if_else(pa.array(numbers % 50 == 0), "Z-9999", columns["storage_location"])
    at = table.schema.get_field_index("storage_location")
    return {
        "items/items": table,
        "corrections/items": table.set_column(at, "storage_location", moved),
    }


def _cases(chunk: Chunk) -> dict[str, pa.Table]:
    places = np.arange(chunk.cases)
    number = case_numbers(chunk.first_case, places)
    agency = _chosen(AGENCIES, chunk.case_agency)
    own = _listed(chunk, places)
    before = _listed(chunk, np.maximum(places - 1, 0))
    reports = pc.if_else(pa.array(chunk.shared), pc.binary_join_element_wise(own, before, ";"), own)
    cases = pa.table(
        {
            "case_number": number,
            "jurisdiction": _same("us-nm", chunk.cases),
            "court": _same("Second Example District Court", chunk.cases),
            "court_level": _same("district", chunk.cases),
            "title": pc.binary_join_element_wise("State v. ", _defendants(chunk, places, 0), ""),
            "opened_on": _days(chunk.opened),
            "report_numbers": reports,
        }
    )
    of = chunk.defendant_case
    named = _defendants(chunk, of, chunk.defendant_place)
    parties = pa.concat_tables(
        [
            pa.table(
                {
                    "case_number": number.take(pa.array(of)),
                    "name": named,
                    "role": _same("defendant", len(of)),
                    "agency": _same("", len(of)),
                }
            ),
            pa.table(
                {
                    "case_number": number,
                    "name": _people(places % 311),
                    "role": _same("officer", chunk.cases),
                    "agency": agency,
                }
            ),
            pa.table(
                {
                    "case_number": number,
                    "name": _people(400 + places % 5000),
                    "role": _same("witness", chunk.cases),
                    "agency": _same("", chunk.cases),
                }
            ),
        ]
    )
    counts = pa.table(
        {
            "case_number": number.take(pa.array(of)),
            "defendant": named,
            "count": _same("1", len(of)),
            "offense": _same("burglary", len(of)),
            "charged_on": _days(chunk.opened[of]),
        }
    )
    return {
        "cases/cases": cases,
        "cases/parties": parties,
        "cases/counts": counts,
        "cases/docket": _docket(chunk, number),
    }


def _docket(chunk: Chunk, number: Text) -> pa.Table:
    places = np.arange(chunk.cases)
    arraigned, ended = places[chunk.arraigned != NEVER], places[chunk.ended != NEVER]
    return pa.concat_tables(
        pa.table(
            {"case_number": number.take(pa.array(at)), "event": events, "occurred_on": _days(days)}
        )
        for at, events, days in (
            (places, _same("information", chunk.cases), chunk.opened),
            (arraigned, _same("arraignment", len(arraigned)), chunk.arraigned[arraigned]),
            (ended, _chosen(made_up.ENDINGS, chunk.ending[ended]), chunk.ended[ended]),
        )
    )


def _answers(chunk: Chunk) -> pa.Table:
    gave = np.flatnonzero(chunk.answered != NEVER)
    return pa.table(
        {
            "case_number": case_numbers(chunk.first_case, gave),
            "agency": _chosen(AGENCIES, chunk.case_agency[gave]),
            "answer": _same("all_handed_over", len(gave)),
            "by": _people(gave % 50),
            "answered_at": _days(chunk.answered[gave]),
        }
    )


def _later(chunk: Chunk) -> dict[str, pa.Table]:
    filed = np.flatnonzero(chunk.filed != NEVER)
    given, moved = chunk.disclosed_item, chunk.event_item
    held, judged = chunk.withheld_item, chunk.judged_item
    who = chunk.disclosed_defendant
    there = pa.array(chunk.acknowledged != NEVER)
    receipt = np.maximum(chunk.acknowledged, 0)
    return {
        "later/answers": _answers(chunk),
        "later/custody": pa.table(
            _thing(chunk, moved)
            | {
                "event": _chosen(made_up.EVENTS, chunk.event_kind),
                "occurred_at": _days(chunk.event_day),
                "by": _people(moved % 83),
                "reason": _same("", len(moved)),
            }
        ),
        "later/filings": pa.table(
            _in_case(chunk, filed)
            | {"filed_at": _days(chunk.filed[filed]), "filed_by": _people(filed % 40)}
        ),
        "later/disclosures": pa.table(
            _in_case(chunk, given)
            | {
                "defendant": _defendants(
                    chunk, chunk.defendant_case[who], chunk.defendant_place[who]
                ),
                "disclosed_at": _days(chunk.disclosed),
                "production": _numbered("P", chunk.disclosed - world.OPENED_FROM, 4),
                "method": _same("download", len(given)),
                "extent": _chosen(("part", "whole"), chunk.whole.astype(np.int64)),
                "served_on": _people(700 + who % 200),
                "acknowledged_at": pc.if_else(there, _days(receipt), ""),
                "acknowledged_by": pc.if_else(there, _people(700 + who % 200), ""),
            }
        ),
        "later/withholdings": pa.table(
            _in_case(chunk, held)
            | {
                "ground": _chosen(made_up.GROUNDS, chunk.withheld_ground),
                "withheld_at": _days(chunk.withheld),
                "by": _people(held % 40),
                "announced_at": _days(chunk.withheld),
            }
        ),
        "later/determinations": pa.table(
            _in_case(chunk, judged)
            | {
                "finding": _chosen(made_up.FINDINGS, chunk.judged_finding),
                "by": _people(judged % 40),
                "made_at": _days(chunk.judged),
                "reason": _same("seen with the case officer", len(judged)),
            }
        ),
    }


def case_reports(chunk: Chunk, places: Places) -> Text:
    """The report number of each case."""
    return _numbered("R", chunk.first_case + places, 7)


def _listed(chunk: Chunk, places: Places) -> Text:
    agency = _chosen(AGENCIES, chunk.case_agency[places])
    return pc.binary_join_element_wise(agency, case_reports(chunk, places), ":")


def _tags(chunk: Chunk, places: Places) -> Text:
    return _numbered("T", chunk.first_item + places, 8)


def _thing(chunk: Chunk, places: Places) -> dict[str, Text]:
    return {
        "agency": _chosen(AGENCIES, chunk.item_agency[places]),
        "tag": _tags(chunk, places),
    }


def _in_case(chunk: Chunk, places: Places) -> dict[str, Text]:
    number = case_numbers(chunk.first_case, chunk.item_case[places])
    return {"case_number": number} | _thing(chunk, places)


def _defendants(chunk: Chunk, cases: Places, place: Places | int) -> Text:
    numbers = chunk.first_case + cases
    parts = (
        _chosen(_FIRST, numbers % len(_FIRST)),
        _chosen(("A.", "B.", "C."), np.zeros(len(numbers), np.int64) + place),
        _chosen(_LAST, numbers // 11 % len(_LAST)),
    )
    return pc.binary_join_element_wise(*parts, " ")


def _people(numbers: Places) -> Text:
    parts = (
        _chosen(_FIRST, numbers % len(_FIRST)),
        _chosen(_LAST, numbers // 10 % len(_LAST)),
        pc.cast(pa.array(numbers // 70), pa.string()),
    )
    return pc.binary_join_element_wise(*parts, " ")


def _numbered(prefix: Any, numbers: Places, width: int) -> Text:
    text = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, text, "") if prefix else text


def _chosen(words: tuple[str, ...], places: Places) -> Text:
    return pa.array(words).take(_indices(places))


def _indices(places: Places) -> Any:  # an Arrow array
    return pa.array(places)


def _same(word: str, many: int) -> Text:
    return pa.repeat(word, many)


def _days(days: Places) -> Text:
    return pc.cast(pa.array(days.astype(np.int32), pa.date32()), pa.string())
