"""No sentence of ours is English on a page in Spanish: what is left is quoted from the record, or law."""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po

from fullfile.engines.packs import load_packs
from fullfile.server.store.load import current_size, entries
from tests.support.patterns import told_in_source
from tests.web.english_left import english_left
from tests.web.test_spanish import SCRIPT, _in_spanish, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import Office

__all__ = ["spanish"]

_SHORTEST = 12
"""Recorded words of fewer letters are no sentence."""
_CASE = ("", "lines/", "readiness/", "docket/", "linked/", "agencies/", "people/", "papers/")
_CASE_LISTS = ("timeline/", "holds/", "mentions/", "requests/")
_ITEM = ("", "knew/", "custody/", "holds/", "determinations/", "record/")
PAGES = [
    *(("k.ortiz", f"/cases/{case}/{page}") for case in (1, 2) for page in (*_CASE, *_CASE_LISTS)),
    ("k.ortiz", "/cases/1/linked/letter/"),
    *(("k.ortiz", f"/items/{item}/{page}") for item in (1, 2, 5) for page in _ITEM),
    ("r.lane", "/items/1/do/more/"),
    ("r.lane", "/items/1/do/check-out/"),
    ("r.lane", "/items/1/do/release/"),
    ("h.pike", "/court/1/"),
]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _recorded() -> list[str]:
    """Every text of the record, that of its packs of law included, the longest first."""
    found = {text for one in entries(list(range(current_size()))) for text in _texts(one.data)}
    found |= {text for pack in load_packs().by_id.values() for text in _texts(asdict(pack))}
    found |= {text[:1].upper() + text[1:] for text in found}
    return sorted((text for text in found if len(text) >= _SHORTEST), key=len, reverse=True)


def _without(run: str, recorded: list[str]) -> str:
    for text in recorded:
        run = run.replace(text, " ")
    return run


@pytest.mark.parametrize(("account", "address"), PAGES)
def test_no_sentence_of_ours_is_english_on_a_page_in_spanish(
    spanish: Office, account: str, address: str
) -> None:
    answer = _in_spanish(spanish, account).get(address)
    if answer.status_code == 404:
        pytest.fail(f"{address} is no page")
    recorded = _recorded()
    runs = [_without(run, recorded) for run in english_left(answer.content.decode())]
    left = [run for run in runs if english_left(f"<p>{run}</p>")]
    assert left == []


def test_the_board_says_why_in_spanish_and_in_english(spanish: Office) -> None:
    client = _in_spanish(spanish, "k.ortiz")
    page = client.get("/cases/1/lines/?on=2024-07-10").content.decode()
    assert "lo tiene en custodia desde el 6 de marzo de 2024" in page
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get("/cases/1/lines/?on=2024-07-10").content.decode()
    assert "has held it since March 6, 2024" in page


def test_what_the_rules_of_the_record_refuse_is_said_in_spanish(spanish: Office) -> None:
    client = _in_spanish(spanish, "r.lane")
    form = client.get("/items/1/do/check-out/")
    assert form.status_code == 200
    hidden = dict(re.findall(r'name="(once|seen)" value="([^"]*)"', form.content.decode()))
    said = {
        "by": "R. Lane",
        "to": "K. Ortiz",
        "reason": "para el tribunal",
        "due_back": "2001-01-01",
    }
    answer = client.post("/items/1/do/check-out/", {**hidden, **said})
    assert answer.status_code == 422
    recorded = _recorded()
    page = answer.content.decode()
    assert "No puede tener que volver 2001-01-01, antes de salir." in page
    assert [run for run in english_left(page) if english_left(_without(run, recorded))] == []


def test_exports_stay_english(spanish: Office) -> None:
    client = _in_spanish(spanish, "k.ortiz")
    told = client.get("/cases/1/lines/?on=2024-07-10&format=csv").content.decode()
    assert "has held it since March 6, 2024" in told
    assert "custodia" not in told


def test_every_pattern_of_the_source_is_in_the_catalogue_with_its_places() -> None:
    with SCRIPT.CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="es")
    known = {
        message.id: message.string
        for message in catalogue
        if message.id and message.context is None
    }
    wrong = []
    for told in told_in_source():
        if told.where.startswith(tuple(f"{room}/" for room in SCRIPT.SILENT)):
            continue
        wanted = told.patterns if told.by == "many" else told.patterns[0]
        words = known.get(wanted)
        if not words or not all(words if isinstance(words, tuple) else (words,)):
            wrong.append((told.where, wanted))
            continue
        for english, said in zip(
            told.patterns, words if isinstance(words, tuple) else (words,), strict=True
        ):
            places = [
                sorted(name for _, name, _, _ in Formatter().parse(one) if name)
                for one in (english, said)
            ]
            if told.facts and places[0] != places[1]:
                wrong.append((told.where, said))
    assert wrong == []


def test_english_is_noticed() -> None:
    page = (
        "<html lang='es'><p>It bears on no case. <q>The court has it.</q></p><p lang='en'>The law of the State.</p>"
        "<p>Según R. Lane, “this is the end of it”.</p><td>El plazo de la fiscalía</td></html>"
    )
    assert english_left(page) == ["It bears on no case."]
    assert english_left("<p>It was on the file of the case.</p>") == [
        "It was on the file of the case."
    ]
