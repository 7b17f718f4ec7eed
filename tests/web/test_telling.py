"""Tell {name}: bad news makes a task for each who must be told, and only a recorded telling ends it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.callers import caller
from tests.web.test_custody import hidden
from tests.web.test_defence import NEW, read, running_case

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

AGENCY = "Sheriff"


def moment() -> int:
    from fullfile.server.web.clock import now_ms

    return now_ms()


def append(entry_type: str, actor: str, /, **data: Any) -> int:
    from fullfile.core.entries import Draft
    from fullfile.server.store.append import unit_of_work

    with unit_of_work() as writer:
        return writer.append([Draft(entry_type, actor, data)], now_ms=moment())[0]


def prosecutor(name: str = "K. Ortiz") -> None:
    append("party.recorded", "C. Webb", case_number=NEW, name=name, role="prosecutor")


def id_of(tag: str) -> int:
    from fullfile.server.store.connections import item_id_of

    found = item_id_of(AGENCY, tag)
    assert found is not None
    return found


def lose(tag: str) -> int:
    from fullfile.server.actions.handling import lose_item

    made = lose_item(
        agency=AGENCY,
        tag=tag,
        reason="not on its shelf",
        by="R. Lane",
        actor="R. Lane",
        now_ms=moment(),
    )
    return made if isinstance(made, int) else made[-1]


def tasks(page: str) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a href="[^"]*">)?(Tell [^<]+)', page)


def tell(client: Client, item: int, start: str, **said: str) -> Any:
    where = f"/items/{item}/tell/"
    page = read(client, where)
    tokens = dict(re.findall(r'name="task" value="([^"]+)"[^>]*><label[^>]*>([^<]+)', page))
    token = next(value for value, label in tokens.items() if label.startswith(start))
    return client.post(where, {**hidden(client, where), "task": token, "way": "telephone", **said})


def day(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).date().isoformat()


def test_a_loss_is_told_to_the_prosecutor_and_by_them_to_the_defence(office: Office) -> None:
    tag = running_case()
    prosecutor()
    custodian, lawyer = office.as_("r.lane"), office.as_("k.ortiz")
    item = id_of(tag)
    assert "is outstanding" not in read(custodian, "/")
    entry = lose(tag)
    start = read(custodian, "/")
    assert "1 telling of a loss or a late find is outstanding. Tell K. Ortiz" in start
    assert tasks(read(custodian, "/lists/tell/")) == ["Tell K. Ortiz"]
    page = read(custodian, f"/items/{item}/")
    assert "Tell K. Ortiz" in page
    assert f"/items/{item}/tell/" in page
    assert "not found," in read(custodian, f"/items/{item}/tell/")
    # The prosecutor's own duty: the defence of each defendant.
    assert tasks(read(lawyer, "/lists/tell/")) == ["Tell L. Poe, counsel of Roe"]
    early = tell(custodian, item, "Tell K. Ortiz", at="2024-01-01")
    assert early.status_code == 422
    assert "nobody was told of it before" in early.content.decode()
    assert "still to come" in tell(custodian, item, "Tell K. Ortiz", at="2199").content.decode()
    done = tell(custodian, item, "Tell K. Ortiz", words="she asks for a second search")
    assert done.status_code == 302, done.content.decode()
    assert "Recorded as entry" in read(custodian, f"/items/{item}/tell/")
    assert "is outstanding" not in read(custodian, "/")
    assert tasks(read(custodian, "/lists/tell/")) == []
    assert "Everybody who must be told was told." in read(custodian, "/lists/tell/")
    knew = read(lawyer, f"/items/{item}/knew/")
    assert "told by R. Lane by telephone that it was recorded as not found" in knew
    assert "she asks for a second search" in knew
    assert tell(lawyer, item, "Tell L. Poe").status_code == 302
    assert "is outstanding" not in read(lawyer, "/")
    impact = read(lawyer, f"/items/{item}/")
    assert "Record that somebody was told" not in impact
    assert entry


def test_a_telling_of_before_or_of_something_else_ends_nothing(office: Office) -> None:
    tag = running_case()
    prosecutor()
    client = office.as_("r.lane")
    known = {"agency": AGENCY, "tag": tag, "person": "K. Ortiz", "level": "exists"}
    append("knowledge.recorded", "X", **known, known_from="2024-01-01", how="told it is lost")
    lose(tag)
    today = day(moment() + 86_400_000)
    append("knowledge.recorded", "X", **known, known_from=today, how="saw the list")
    append("knowledge.recorded", "X", **known, known_from=today, how="told it is lost", denied=True)
    assert tasks(read(client, "/lists/tell/")) == ["Tell K. Ortiz"]
    append("knowledge.recorded", "X", **known, known_from=today, how="told that it is missing")
    assert tasks(read(client, "/lists/tell/")) == []


def test_found_again_nobody_needs_to_be_told(office: Office) -> None:
    from fullfile.server.actions.handling import find_item

    tag = running_case()
    prosecutor()
    client = office.as_("r.lane")
    lose(tag)
    assert tasks(read(client, "/lists/tell/")) == ["Tell K. Ortiz"]
    find_item(
        agency=AGENCY,
        tag=tag,
        place="vault 2",
        reason="behind the shelf",
        by="R. Lane",
        actor="R. Lane",
        now_ms=moment(),
    )
    assert tasks(read(client, "/lists/tell/")) == []


def test_where_the_case_names_nobody_the_task_stands_and_asks_for_a_name(office: Office) -> None:
    tag = running_case()
    client, supervisor = office.as_("r.lane"), office.as_("j.soto")
    lose(tag)
    item = id_of(tag)
    assert tasks(read(client, "/lists/tell/")) == [
        f"Tell the prosecution of {NEW} (nobody is named)"
    ]
    assert "counsel of Roe" in read(supervisor, "/lists/tell/")
    refused = tell(client, item, "Tell the prosecution")
    assert "The case names nobody on that side" in refused.content.decode()
    assert tell(client, item, "Tell the prosecution", name="B. Frey").status_code == 302
    assert tasks(read(client, "/lists/tell/")) == []


def test_a_find_after_the_agency_said_that_all_was_handed_over(office: Office) -> None:
    from fullfile.server.actions.answers import record_answer
    from fullfile.server.actions.booking import book_item

    running_case()
    prosecutor()
    client = office.as_("r.lane")
    said = {
        "agency": AGENCY,
        "description": "a second film",
        "booked_by": "R. Lane",
        "found_where": "the yard",
        "not_known": ["collected_at"],
        "uncounted": True,
        "report_number": "26-000777",
        "actor": "R. Lane",
    }
    book_item(**said, now_ms=moment())
    assert tasks(read(client, "/lists/tell/")) == []
    record_answer(
        case_number=NEW,
        agency=AGENCY,
        answer="all_handed_over",
        by="Lt. Vega",
        actor="Lt. Vega",
        now_ms=moment(),
    )
    late = book_item(**said, now_ms=moment())
    page = read(client, "/lists/tell/")
    assert tasks(page) == ["Tell K. Ortiz"]
    assert "found after everything was said to be handed over" in page
    assert late.tag in page
    # To disclose a find is the telling of it: the board of the case says that it is owed.
    assert tasks(read(office.as_("k.ortiz"), "/lists/tell/")) == []
    # What bore on the case before, and is named for it again, is no find.
    append(
        "knowledge.recorded",
        "X",
        agency=AGENCY,
        tag=late.tag,
        person="R. Doe",
        level="exists",
        known_from="2026-11-02",
        case_number=NEW,
    )
    assert tasks(read(client, "/lists/tell/")) == ["Tell K. Ortiz"]
    program = caller("r.lane")
    (row,) = program.get("/tellings").json()["rows"]
    assert (row["what"], row["tag"], row["to"]) == ("found", late.tag, "K. Ortiz")
    here = f"/items/{row['item_id']}/tellings"
    assert program.get(here).json()["rows"] == [row]
    body = {"news": row["news"], "case_id": row["case_id"], "role": "prosecutor", "to": "K. Ortiz"}
    assert program.post(here, body).status_code == 201
    again = program.post(here, body)
    assert again.status_code == 409
    assert again.json()["reasons"][0]["code"] == "stale"
    assert program.get("/tellings").json()["total"] == 0
    assert caller("h.pike").get("/tellings").status_code == 403


def test_destroyed_while_a_hold_stood_is_told_and_after_it_was_lifted_is_not(
    office: Office,
) -> None:
    tag = running_case()
    prosecutor()
    client = office.as_("r.lane")
    on = day(moment())
    gone = {"agency": AGENCY, "tag": tag, "event": "destroyed", "by": "R. Lane"}
    first = append("custody.recorded", "R. Lane", **gone, occurred_at=on)
    page = read(client, "/lists/tell/")
    assert tasks(page) == ["Tell K. Ortiz"]
    assert "destroyed while a hold stood" in page
    from fullfile.server.store.tables import select

    assert select("SELECT entry, what FROM news") == [(first, "destroyed")]
    other = _booked()
    append(
        "hold.recorded",
        "J. Soto",
        hold=f"case:{NEW}",
        case_number=NEW,
        placed_at="2026-11-01",
        by="J. Soto",
        reason="closed",
        lifted_at=on,
        lifted_by="J. Soto",
        lifted_reason="closed",
    )
    append("custody.recorded", "R. Lane", **gone | {"tag": other}, occurred_at=on)
    assert select("SELECT count(*) FROM news") == [(1,)]


def _booked() -> str:
    from fullfile.server.actions.booking import book_item

    return book_item(
        agency=AGENCY,
        description="a key",
        booked_by="R. Lane",
        found_where="the yard",
        not_known=["collected_at"],
        uncounted=True,
        report_number="26-000777",
        actor="R. Lane",
        now_ms=moment(),
    ).tag


def test_the_history_of_an_import_sends_nobody_what_is_fresh_does(
    office: Office, tmp_path: Any
) -> None:
    from fullfile.server.actions.imports import import_files
    from fullfile.server.store.tables import select

    assert office.home.exists()
    tag = running_case()
    for name, on in (("old", "2025-01-05"), ("new", day(moment()))):
        file = tmp_path / f"{name}.csv"
        file.write_text(
            f"agency,tag,event,occurred_at,by\n{AGENCY},{tag},not_found,{on},R. Lane\n", "utf-8"
        )
        import_files(table="custody", files=[file], source=name, by="C. Webb", now_ms=moment())
        assert select("SELECT count(*) FROM news") == [(0 if name == "old" else 1,)]


def test_the_worked_example_brings_no_tasks_and_a_rebuild_the_same_rows(office: Office) -> None:
    from fullfile.server.actions.answers import record_answer
    from fullfile.server.store.rebuild import rebuild
    from fullfile.server.store.tables import select

    assert office.home.exists()
    assert select("SELECT * FROM news") == []
    tag = running_case()
    record_answer(
        case_number=NEW,
        agency=AGENCY,
        answer="nothing_held",
        by="Lt. Vega",
        actor="Lt. Vega",
        now_ms=moment(),
    )
    _booked()
    lose(tag)
    before = select("SELECT * FROM news ORDER BY entry, part")
    assert [row[5] for row in before] == ["found", "not_found"], before
    rebuild()
    assert select("SELECT * FROM news ORDER BY entry, part") == before


def test_the_daily_knock(office: Office) -> None:
    from fullfile.server.queries.needs import needs_of
    from fullfile.server.web.clock import today

    assert office.home.exists()
    tag = running_case()
    prosecutor()
    lose(tag)
    people = ["r.lane", "d.marsh", "k.ortiz", "b.frey", "t.hill", "h.pike"]
    waits = needs_of(people, today=today(), now_ms=moment())
    assert {one.account for one in waits if one.kind == "tell"} == {"r.lane", "d.marsh", "k.ortiz"}


@pytest.mark.parametrize("account", ["e.noor", "h.pike", "s.vale", "a.boone"])
def test_who_may_not(office: Office, account: str) -> None:
    client = office.as_(account)
    assert client.get("/lists/tell/").status_code == 403
    assert client.get("/items/1/tell/").status_code == 403


def test_a_custodian_tells_of_their_own_items_only(office: Office) -> None:
    tag = running_case()
    prosecutor()
    lose(tag)
    item = id_of(tag)
    lab = office.as_("t.hill")
    assert tasks(read(lab, "/lists/tell/")) == []
    answer = lab.get(f"/items/{item}/tell/")
    assert answer.status_code in {200, 404}
    if answer.status_code == 200:
        assert tasks(answer.content.decode()) == []
    assert json.dumps(caller("t.hill").get("/tellings").json()["rows"]) == "[]"


def test_more_news_than_is_looked_at_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fullfile.server.queries import telling

    tag = running_case()
    prosecutor()
    client = office.as_("r.lane")
    lose(tag)
    monkeypatch.setattr(telling, "MOST", 1)
    assert "at least 1 telling of a loss or a late find is outstanding" in read(client, "/")
    assert "At least 1 line." in read(client, "/lists/tell/")
    assert not caller("r.lane").get("/tellings").json()["exact"]


def test_the_knock_says_of_everybody_what_their_list_says(office: Office) -> None:
    from fullfile.server.accounts.person import can, find_person
    from fullfile.server.accounts.policy import Right
    from fullfile.server.queries.needs import needs_of
    from fullfile.server.queries.telling import tasks_for
    from fullfile.server.web.clock import today

    assert office.home.exists()
    people = ["r.lane", "m.quill", "d.marsh", "k.ortiz", "b.frey", "t.hill", "j.soto", "c.webb"]

    def both() -> tuple[set[str], set[str]]:
        found = {one: find_person(one, today()) for one in people}
        lists = {
            account
            for account, one in found.items()
            if one is not None and can(one, Right.TELL) and tasks_for(one).rows
        }
        waits = needs_of(people, today=today(), now_ms=moment())
        return {one.account for one in waits if one.kind == "tell"}, lists

    tag = running_case()
    assert both() == (set(), set())
    lose(tag)
    knocked, listed = both()
    assert knocked == listed == {"r.lane", "m.quill", "d.marsh", "j.soto"}
    prosecutor("B. Frey")
    knocked, listed = both()
    assert knocked == listed == {"r.lane", "m.quill", "d.marsh", "b.frey"}
