"""The pages in Spanish: nothing lacks a translation, every placeholder is kept, and no heading is left in English."""

from __future__ import annotations

import re
from html import unescape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from fullfile.core.entries.rows import DOCKET_EVENTS, ITEM_KINDS, ROLES
from fullfile.core.entries.types import ENTRY_TYPES
from fullfile.core.facts.dates import days, when_words
from fullfile.core.impact.reasons import REASONS
from fullfile.core.knowledge import LEVEL_VERBS, LEVEL_WORDS
from fullfile.core.said import capital, day_said, joined, listed, say, word
from fullfile.engines.report.words import STATUS
from fullfile.server.accounts.person import ROLE_WORDS
from fullfile.server.accounts.policy import Role
from fullfile.server.web.dated import dated
from fullfile.server.web.entry_words import ENTRY_WORDS, type_words, types_called
from fullfile.server.web.in_words import in_words
from fullfile.server.web.phrases import PHRASES, changes_words, in_language, owed_words
from fullfile.server.web.said_below import SAID_BELOW, plain_word, role_name

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+(?::[^}]*)?\}|</?\w+>")
_HEADS = re.compile(
    r"<(h1|h2|h3|th|caption|button|label|legend|summary|dt|a)\b[^>]*>(.*?)</\1>", re.DOTALL
)


def _script() -> Any:
    path = Path(__file__).resolve().parents[2] / "script" / "messages.py"
    spec = spec_from_file_location("messages_script", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()


def _catalogue() -> Any:
    with SCRIPT.CATALOGUE.open("rb") as source:
        return read_po(source, locale="es")


@pytest.fixture
def spanish(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office with the catalogue as it is in the source."""
    from django.utils.translation import trans_real

    SCRIPT.compile_catalogue()
    monkeypatch.setattr(trans_real, "_translations", {})
    return office


def _in_spanish(office: Office, account: str) -> Client:
    client = office.as_(account)
    answer = client.post("/language/", {"language": "es", "next": "/"})
    assert answer.status_code == 302
    return client


def test_nothing_lacks_a_translation() -> None:
    assert SCRIPT.lacking() == []


def test_placeholders_and_spaces_at_the_ends_are_kept() -> None:
    wrong = []
    for message in _catalogue():
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        asked = message.id if plural else (message.id,)
        said = message.string if plural else (message.string,)
        assert len(said) == len(asked), message.id
        for english, words in zip(asked, said, strict=True):
            same = sorted(_PLACE.findall(english)) == sorted(_PLACE.findall(words))
            ends = (english[:1].isspace(), english[-1:].isspace()) == (
                words[:1].isspace(),
                words[-1:].isspace(),
            )
            if not (same and ends):
                wrong.append((english, words))
    assert wrong == []


def test_what_lower_floors_say_is_listed() -> None:
    asked = {*ROLE_WORDS.values(), *REASONS.values(), *LEVEL_WORDS.values(), *LEVEL_VERBS.values()}
    asked |= {words for status in STATUS.values() for words in (status.word, status.gloss)}
    asked |= {one.replace("_", " ") for one in (*DOCKET_EVENTS, *ITEM_KINDS, *ROLES)}
    assert asked - SAID_BELOW == set()


def test_every_type_of_entry_has_words_of_its_own_in_both_languages(spanish: Office) -> None:
    assert spanish.home.exists()
    assert set(ENTRY_WORDS) == set(ENTRY_TYPES)
    english = {name: type_words(name) for name in ENTRY_TYPES}
    assert len(set(english.values())) == len(english)
    assert not [words for words in english.values() if "." in words or "_" in words]
    with translation.override("es"):
        said = {name: type_words(name) for name in ENTRY_TYPES}
        assert types_called("función otorgada") == ["account.granted"]
    assert len(set(said.values())) == len(said)
    assert {name for name in said if said[name] == english[name]} == set()
    assert types_called("ROLE given") == ["account.granted"]
    assert types_called("account.g") == ["account.granted"]
    assert types_called(" ") == []


def test_words_and_dates_of_lower_floors_in_spanish(spanish: Office) -> None:
    assert spanish.home.exists()
    assert dated("July 10, 2024") == "July 10, 2024"
    with translation.override("es"):
        assert role_name(Role.PROSECUTOR) == "fiscal"
        assert plain_word("dismissed_with_prejudice") == "desestimado con efecto definitivo"
        assert plain_word("") == ""
        assert dated("July 10, 2024") == "10 de julio de 2024"
        assert dated("May 2, 2024") == "2 de mayo de 2024"
        assert dated("Jul 10, 2024") == "10 de jul. de 2024"
        assert dated("July 2024") == "julio de 2024"
        assert dated("before July 12, 2024") == "antes del 12 de julio de 2024"
        assert dated("Jun 1, 2024 to Jul 2, 2024") == "1 de jun. de 2024 a 2 de jul. de 2024"
        assert dated("2024") == "2024"


def test_short_sentences_of_reports_in_spanish(spanish: Office) -> None:
    assert spanish.home.exists()
    said = "1,204 exceptions: 12 can be put right, 1,192 stay on the record."
    assert in_language(said) == said
    with translation.override("es"):
        assert in_language(said) == (
            "1,204 excepciones: 12 se pueden corregir, 1,192 quedan en el registro."
        )
        assert in_language("Ended July 12, 2024.") == "Terminado el 12 de julio de 2024."
        assert in_language("Mar 6, 2024, due Mar 7, 2024") == (
            "6 de mar. de 2024, vencía 7 de mar. de 2024"
        )
        assert changes_words("testimony (2), ruling, …") == "testimonio (2), resolución, …"
        assert in_language("July 9, 2024 at 09:30") == "9 de julio de 2024 a las 09:30"
        assert in_language("Nothing is missing. Not a sentence of ours 3.") == (
            "No falta nada. Not a sentence of ours 3."
        )
        assert owed_words("The prosecution to Doe, in the case of Roe") == (
            "La fiscalía a Doe, en el caso de Roe"
        )
        assert owed_words("Nothing of the kind") == "Nothing of the kind"


def test_every_short_sentence_is_in_the_catalogue() -> None:
    known = {message.id for message in _catalogue() if isinstance(message.id, str)}
    assert known >= PHRASES
    assert known >= SAID_BELOW


def test_the_verdicts_that_reports_make_are_known() -> None:
    from fullfile.core.matching import State
    from fullfile.engines.report.view import _STAY_WORDS

    for first in _STAY_WORDS.values():
        assert f"%(n1)s lines are {first}, and that stays." in PHRASES
    assert set(_STAY_WORDS) == {State.LATE, State.DESTROYED_UNDER_HOLD, State.GONE}


@pytest.mark.parametrize(
    ("account", "address", "words"),
    [
        ("k.ortiz", "/", "¿Qué me necesita hoy?"),
        ("k.ortiz", "/cases/", "Conclusión"),
        ("k.ortiz", "/cases/1/", "Sin incorporar"),
        ("k.ortiz", "/cases/1/docket/", "La fiscalía a Baldwin"),
        ("k.ortiz", "/cases/1/papers/", "Entregas"),
        ("k.ortiz", "/cases/1/people/", "abogado defensor"),
        ("k.ortiz", "/items/1/", "En custodia"),
        ("k.ortiz", "/items/1/knew/", "vio una imagen"),
        ("k.ortiz", "/lists/overdue/", "¿Qué está vencido, y para quién?"),
        ("k.ortiz", "/review/", "Sugerencias"),
        ("r.lane", "/items/new/", "¿Qué es?"),
        ("r.lane", "/inventories/", "Preparar un inventario"),
        ("a.boone", "/accounts/", "personas tienen acceso."),
        ("a.boone", "/office/", "¿Cómo está configurada esta oficina?"),
        ("e.noor", "/defence/", "¿Qué recibieron mis clientes, cuándo, y qué se retiene?"),
        ("h.pike", "/court/", "¿Qué mostraría el registro si se oyera hoy?"),
        ("s.vale", "/audit/", "¿Se puede confiar en este registro"),
        ("s.vale", "/record/", "paso de la cadena de custodia"),
        ("k.ortiz", "/me/", "Mi cuenta"),
    ],
)
def test_a_page_in_spanish_has_no_english_heading(
    spanish: Office, account: str, address: str, words: str
) -> None:
    client = _in_spanish(spanish, account)
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="es"' in page
    assert words in unescape(page)
    known = {
        message.id: message.string
        for message in _catalogue()
        if isinstance(message.id, str) and message.id and message.string != message.id
    }
    said = {
        unescape(re.sub(r"<[^>]+>", "", inner)).strip()
        for _tag, inner in _HEADS.findall(re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))
    }
    assert {one for one in said if one in known and one not in known.values()} == set()


def test_a_refusal_is_in_spanish_too(spanish: Office) -> None:
    client = _in_spanish(spanish, "a.boone")
    answer = client.get("/cases/1/")
    assert answer.status_code == 403
    assert "Usted inició sesión como administrador" in answer.content.decode()


def test_english_comes_back(spanish: Office) -> None:
    client = _in_spanish(spanish, "k.ortiz")
    client.post("/language/", {"language": "en", "next": "/"})
    assert "What needs me today?" in client.get("/").content.decode()


def test_closed_lists_of_the_record_are_listed() -> None:
    from fullfile.core.entries import rows

    lists = (
        *(rows.CUSTODY_EVENTS, rows.ITEM_STATUSES, rows.EXTENTS, rows.FINDINGS),
        *(rows.ANSWERS, rows.OUTCOMES, rows.PARTY_STATUSES),
    )
    asked = {one.replace("_", " ") for words in lists for one in words}
    assert asked - SAID_BELOW == set()


def test_sentences_of_lower_floors_in_spanish(spanish: Office) -> None:
    assert spanish.home.exists()
    owed = joined(
        [
            say("The law names no day ({cite}).", cite="Rule 5-505(A) NMRA"),
            say(
                "Due to {who} on {day} {by}, {ago} ago. Not disclosed.",
                who="Baldwin",
                day=day_said(19_767),
                by=say("by the office's target"),
                ago=days(1),
            ),
        ]
    )
    english = (
        "The law names no day (Rule 5-505(A) NMRA). Due to Baldwin on February 14, 2024 by the office's target, "
        "1 day ago. Not disclosed."
    )
    assert owed == english
    assert in_words(owed) == english
    with translation.override("es"):
        assert in_words(owed) == (
            "La ley no fija un día (Rule 5-505(A) NMRA). Vencía para Baldwin el 14 de febrero de 2024 por la meta de "
            "la oficina, hace 1 día. No revelado."
        )
        assert in_words(english) == english
        assert in_words(when_words("2024-03", 0)) == "en marzo de 2024"
        assert in_words(when_words("before 2024-07-09", 0)) == "antes del 9 de julio de 2024"
        assert (
            in_words(say("until {day}", day=day_said(19_767))) == "hasta el 14 de febrero de 2024"
        )
        assert in_words(say("on this item since {day}", day=day_said(19_767))) == (
            "sobre este artículo desde el 14 de febrero de 2024"
        )
        assert in_words(days(1_204)) == "1,204 días"
        assert in_words(listed([say("an order"), "X", word("ruling")])) == (
            "una orden, X y resolución"
        )
        assert in_words(capital(say("the filing"))) == "La incorporación al expediente"
        assert in_words(say("Nobody has put {this} in the catalogue.", this="x")) == (
            "Nobody has put x in the catalogue."
        )
