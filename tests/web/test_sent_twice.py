"""Nothing happens twice, also without scripts; and what a person sees while something large is being recorded."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.callers import caller, number
from tests.web.test_custody import ROUNDS, hidden, item_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import Office

CASES = "/items/new/"


def size() -> int:
    from fullfile.server.store.overview import get_head

    return get_head().size


@pytest.fixture(autouse=True)
def _nobody_looks_on() -> Iterator[None]:
    import threading

    yield
    for one in threading.enumerate():
        if one.name == "look-for-cases":
            one.join(60)


def test_a_form_fetched_anew_and_filled_again_is_asked_about(office: Office) -> None:
    client = office.as_("r.lane")
    first = client.post(CASES, {**hidden(client, CASES), **ROUNDS})
    assert first.status_code == 302
    before = size()
    again = hidden(client, CASES)  # the back button fetches the page: another number
    answer = client.post(CASES, {**again, **ROUNDS, "place": " C-14 "})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(
        r"This was already recorded at \d+:\d\d:\d\d\.\d\d [ap]\.m\. \w+ \(entry [\d,]+\)\. "
        r"Nothing was recorded twice\.",
        page,
    )
    assert size() == before
    form = page[page.index("Is it another one?") :]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert fields["it_is_another"] == "yes"
    fields = {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}
    another = client.post(CASES, fields)
    assert another.status_code == 302, another.content.decode()
    assert size() > before
    twice = size()
    # The button pressed twice: the number of the form that was asked about.
    assert client.post(CASES, fields).status_code == 302
    assert size() == twice
    # And of two that were recorded the newer one is named.
    answer = client.post(CASES, {**hidden(client, CASES), **ROUNDS})
    assert answer.status_code == 409
    newest = int(re.search(r"\(entry ([\d,]+)\)", answer.content.decode())[1].replace(",", ""))  # type: ignore[index]
    assert newest >= before


def test_another_content_another_person_or_another_address_is_another_thing(office: Office) -> None:
    client, other = office.as_("r.lane"), office.as_("m.quill")
    client.post(CASES, {**hidden(client, CASES), **ROUNDS})
    before = size()
    for who, more in ((client, {"quantity": "two dozen"}), (other, {})):
        answer = who.post(CASES, {**hidden(who, CASES), **ROUNDS, **more})
        assert answer.status_code == 302
        assert size() > before
        before = size()
    answer = client.post(f"{CASES}?after=1", {**hidden(client, CASES), **ROUNDS})
    assert answer.status_code == 302
    assert size() > before


def test_after_some_hours_it_may_well_be_another_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fullfile.server.web import sent

    client = office.as_("r.lane")
    client.post(CASES, {**hidden(client, CASES), **ROUNDS})
    before = size()
    later = time.time_ns() // 1_000_000 + (sent.HOURS * 3_600 + 60) * 1000
    monkeypatch.setattr(sent, "now_ms", lambda: later)
    assert client.post(CASES, {**hidden(client, CASES), **ROUNDS}).status_code == 302
    assert size() > before


def test_nothing_of_the_content_is_kept(office: Office) -> None:
    from fullfile.server.store.tables import select

    client = office.as_("r.lane")
    client.post(CASES, {**hidden(client, CASES), **ROUNDS})
    kept = select("SELECT key_hash FROM once")
    assert kept
    assert {len(bytes(digest)) for (digest,) in kept} == {32}


def test_the_content_of_a_file_counts(office: Office) -> None:
    from fullfile.core.bag.uses import USES

    client = office.as_("r.lane")
    where = f"/items/{item_id('INV-001')}/files/add/"

    def add(content: bytes, **more: str) -> int:
        file = SimpleUploadedFile("note.txt", content, content_type="text/plain")
        sent = {**hidden(client, where), "file": file, "use": USES[0], **more}
        answer = client.post(where, sent)
        if answer.status_code == 409:
            assert 'type="file"' in answer.content.decode()
            assert "multipart/form-data" in answer.content.decode()
        return int(answer.status_code)

    assert add(b"what the deputy wrote") == 302
    assert add(b"what the deputy wrote") == 409
    assert add(b"what the deputy wrote then") == 302


def test_printing_another_label_is_usual(office: Office) -> None:
    client = office.as_("r.lane")
    where = f"/items/{item_id('INV-001')}/label/"
    for _time in range(2):
        answer = client.post(where, {**hidden(client, where), "size": "4x2"})
        assert answer.status_code != 409


@contextmanager
def somebody_writes(office: Office) -> Iterator[None]:
    """A second connection holds the writer's lock, as a large import does."""
    other = sqlite3.connect(office.home / "fullfile.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits four seconds in a test."""
    from fullfile.server.web.doors import busy

    monkeypatch.setattr(busy, "WAIT_MS", 300)


@pytest.mark.usefixtures("soon")
def test_a_booking_while_something_large_is_recorded_is_refused_and_keeps_what_was_typed(
    office: Office,
) -> None:
    client = office.as_("r.lane")
    fields = {**hidden(client, CASES), **ROUNDS}
    before = size()
    with somebody_writes(office):
        began = time.monotonic()
        answer = client.post(CASES, fields)
        assert time.monotonic() - began < 5
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "until it is through nothing else can be" in page
    assert "try again in a minute" in page
    assert "What you typed is still here." in page
    assert ".45-calibre rounds, manila envelope" in page
    assert f'value="{fields["once"]}"' in page
    assert size() == before
    assert client.post(CASES, fields).status_code == 302  # and a minute later it is booked, once
    assert size() > before


@pytest.mark.usefixtures("soon")
def test_the_import_that_holds_the_place_is_named(office: Office) -> None:
    from datetime import UTC, datetime

    from fullfile.server.waiting.asking import ask_job
    from fullfile.server.waiting.models import Job

    job = ask_job("import_commit", {"arrival": 1}, by="R. Lane")
    Job.objects.filter(pk=job).update(state="running", started_at=datetime.now(UTC))
    client = office.as_("r.lane")
    fields = {**hidden(client, CASES), **ROUNDS}
    with somebody_writes(office):
        page = client.post(CASES, fields).content.decode()
    assert f"An import is being recorded (job {job})" in page


@pytest.mark.usefixtures("soon")
def test_reading_goes_on_meanwhile(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from fullfile.server.web.doors import session

    custodian, client = office.as_("r.lane"), office.as_("k.ortiz")
    client.get("/")
    # Boards and the index of words are behind: whoever comes by brings them up to date, and now cannot.
    custodian.post(CASES, {**hidden(custodian, CASES), **ROUNDS})
    later = int(time.time()) + 120  # the next page would say when its reader was last seen
    monkeypatch.setattr(session.time, "time", lambda: later)
    with somebody_writes(office):
        began = time.monotonic()
        for path in ("/", "/cases/", "/cases/1/", "/items/1/", "/lists/overdue/"):
            assert client.get(path).status_code == 200
        answer = client.post("/items/", {"words": "rounds"})
        assert answer.status_code in {200, 302}
        assert time.monotonic() - began < 10


@pytest.mark.usefixtures("soon")
def test_whatever_cannot_be_kept_meanwhile_is_said_not_lost(office: Office) -> None:
    client = office.as_("r.lane")
    client.raise_request_exception = False
    client.get("/scan/")
    with somebody_writes(office):
        answer = client.post("/scan/", {"do": "add", "code": "INV-001"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "try again in a minute" in answer.content.decode()


@pytest.mark.usefixtures("soon")
def test_the_api_says_when_to_try_again(office: Office) -> None:
    assert office.home.exists()
    custodian = caller("r.lane")
    with somebody_writes(office):
        answer = custodian.post(
            f"/items/{item_id('INV-001')}/move", {"place": "vault 2", "reason": "order"}
        )
        assert answer.status_code == 503, answer.content
        assert answer["Retry-After"] == "60"
        assert answer.json()["reasons"][0]["code"] == "busy"
        assert "try again in a minute" in answer.json()["detail"]
        assert custodian.get("/me").status_code == 200


def test_a_database_out_of_reach_is_said_by_the_health_page(office: Office, tmp_path: Path) -> None:
    from django.db import connections

    client = office.nobody()
    connections.close_all()
    settings = connections["default"].settings_dict
    before = settings["NAME"]
    settings["NAME"] = str(tmp_path / "gone" / "fullfile.sqlite3")
    try:
        answer = client.get("/health")
    finally:
        connections.close_all()
        settings["NAME"] = before
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable"}
    assert client.get("/health").json()["status"] == "ok"


def test_out_back_and_out_again_is_another_one_without_a_question(office: Office) -> None:
    client = office.as_("r.lane")
    item = item_id("INV-001")

    def do(act: str, **said: str) -> int:
        where = f"/items/{item}/do/{act}/"
        # The page as it was before: the one of now would say that it is out already.
        fields = {"once": f"number-{next(number)}", "seen": str(size())}
        return int(client.post(where, {**fields, "by": "R. Lane", **said}).status_code)

    out = {"to": "R. Lane", "reason": "court"}
    assert do("check-out", **out) == 302
    assert do("check-out", **out) == 409  # sent twice: nothing came between
    assert do("check-in", giver="R. Lane", place="vault 2") == 302
    assert do("check-out", **out) == 302
    assert do("check-out", **out) == 409
