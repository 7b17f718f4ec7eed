"""What waits for whom, asked from the record: each kind for whoever may answer it, once a day, and nothing else said."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.web.test_defence import CASE as BALDWIN
from tests.web.test_defence import NEW, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import Office

PEOPLE = {
    "j.soto",
    "r.lane",
    "m.quill",
    "d.marsh",
    "t.hill",
    "k.ortiz",
    "b.frey",
    "c.webb",
    "e.noor",
    "h.pike",
    "s.vale",
    "a.boone",
}


@pytest.fixture
def reached(office: Office) -> Iterator[Office]:
    """The demonstration's office, where everybody has an address and the record was looked through."""
    from django.test.utils import override_settings

    from fullfile.server.accounts.models import Account
    from fullfile.server.actions.knocking import ask_news

    for one in Account.objects.all():
        one.email = f"{one.username}@office.example"
        one.save()
    ask_news(now=datetime.now(UTC))
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        yield office


def now_ms() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)


def asked() -> set[tuple[str, str]]:
    """(account, kind) of all that waits to be sent."""
    from fullfile.server.accounts.models import Knock

    found = Knock.objects.filter(sent_at=None).select_related("account")
    return {(one.account.username, one.kind) for one in found}


def of_kind(kind: str) -> set[str]:
    return {account for account, what in asked() if what == kind}


def evening() -> datetime:
    """An hour of today that is later than anybody's, on the office's clock."""
    from fullfile.server.store.office import get_office

    return datetime.now(get_office().zone).replace(hour=20)


def look() -> int:
    from fullfile.server.actions.knocking import ask_needs

    return ask_needs(now=evening())


def give_address(account: str) -> None:
    from fullfile.server.accounts.models import Account

    Account.objects.filter(username=account).update(email=f"{account}@firm.example")


def test_a_service_is_told_to_counsel_at_once_and_to_nobody_else(reached: Office) -> None:
    from django.core import mail

    from fullfile.server.accounts.knocks import Letterhead, send_knocks
    from fullfile.server.accounts.models import Knock
    from fullfile.server.actions.knocking import ask_news, is_any_news

    served()
    give_address("l.poe")
    Knock.objects.all().delete()
    assert is_any_news()
    assert ask_news(now=datetime.now(UTC)) == 1
    assert asked() == {("l.poe", "served")}
    assert not is_any_news()
    assert ask_news(now=datetime.now(UTC)) == 0

    night = datetime.now(UTC).replace(hour=3)
    head = Letterhead("Worked example", "https://office.example/", "Records, 555-0100")
    mail.outbox = []
    assert send_knocks(head, now=night, here=night) == 1  # before the hour: at once
    body = mail.outbox[0].body
    assert "Something was served on you." in body
    for word in ("Roe", NEW, "Sheriff", "K. Ortiz", "film"):
        assert word not in body


def test_a_hold_is_told_to_whoever_wants_the_item_to_leave(reached: Office) -> None:
    from fullfile.server.actions.custody import place_hold
    from fullfile.server.actions.knocking import ask_news
    from fullfile.server.actions.leaving import ask_to_leave

    tags = [_free_item("A lamp"), _free_item("A chair")]
    for tag, actor in zip(tags, ("R. Lane", "M. Quill"), strict=True):
        wish = {"how": "destroyed", "reason": "found property, nobody came", "actor": actor}
        ask_to_leave(agency="Sheriff", tag=tag, now_ms=now_ms(), **wish)
    ask_news(now=datetime.now(UTC))
    assert not of_kind("hold")
    place_hold(
        hold="H-77",
        by="K. Ortiz",
        reason="a letter of counsel",
        agency="Sheriff",
        tag=tags[0],
        actor="K. Ortiz",
        now_ms=now_ms(),
    )
    ask_news(now=datetime.now(UTC))
    assert of_kind("hold") == {"r.lane"}


def _free_item(what: str) -> str:
    """An item that nothing holds: booked, looked at by `link`, of no case."""
    from fullfile.server.actions.booking import book_item
    from fullfile.server.actions.link import run_link

    one = book_item(
        agency="Sheriff",
        description=what,
        kind="object",
        booked_by="D. Marsh",
        found_where="the yard",
        not_known=["collected_at", "report_number"],
        uncounted=True,
        actor="D. Marsh",
        now_ms=now_ms(),
    )
    run_link("R. Lane", now_ms=now_ms(), every=False)
    return one.tag


def test_what_waits_is_asked_for_whoever_may_answer_it(reached: Office) -> None:
    from fullfile.server.accounts.models import Knock
    from fullfile.server.actions.granting import Wish, ask_access
    from fullfile.server.actions.leaving import ask_to_leave

    served()
    give_address("l.poe")
    tag = _free_item("A lamp")
    wish = {"how": "destroyed", "reason": "found property, nobody came", "actor": "J. Soto"}
    entry = ask_to_leave(agency="Sheriff", tag=tag, now_ms=now_ms(), **wish)
    moment = {"actor": "A. Boone", "actor_account": "a.boone", "now_ms": now_ms()}
    Knock.objects.all().delete()
    assert look() > 0
    assert of_kind("receipt") == {"l.poe"}
    # The only wish is the supervisor's own: nobody else may answer it, and they may not.
    assert not of_kind("approval")

    from fullfile.server.actions.leaving import refuse_leaving

    refuse_leaving(entry, reason="another one", actor="J. Soto", now_ms=now_ms())
    ask_to_leave(agency="Sheriff", tag=tag, now_ms=now_ms(), **wish | {"actor": "R. Lane"})
    _next_day()
    look()
    assert of_kind("approval") == {"j.soto"}

    Knock.objects.all().delete()
    ask_access(Wish("p.new", "P. New", "", "clerk"), reason="new here", **moment)
    _next_day()
    look()
    assert of_kind("approval") == {"j.soto"}  # not a.boone, who asked


def _next_day() -> None:
    from fullfile.server.accounts.models import Account

    Account.objects.update(looked_on=date(2020, 1, 1))


def test_it_is_looked_for_once_a_day_when_ones_hour_has_come(reached: Office) -> None:
    from fullfile.server.accounts.knocks import list_reached
    from fullfile.server.accounts.models import Account

    Account.objects.filter(username="k.ortiz").update(knock_hour=21)
    Account.objects.filter(username="b.frey").update(email="")
    Account.objects.filter(username="c.webb").update(is_active=False)
    assert set(list_reached(evening())) == PEOPLE - {"k.ortiz", "b.frey", "c.webb"}
    look()
    assert list_reached(evening()) == []
    assert list_reached(evening().replace(hour=21)) == ["k.ortiz"]


def test_counsel_who_signed_is_not_knocked(reached: Office) -> None:
    from fullfile.server.accounts.models import Knock
    from fullfile.server.actions.defence import sign_receipt

    entry = served()
    give_address("l.poe")
    sign_receipt(
        entry,
        defendant="Roe",
        by="L. Poe",
        counsel_of=((NEW, "Roe"),),
        actor="L. Poe",
        now_ms=now_ms(),
    )
    Knock.objects.all().delete()
    look()
    assert not of_kind("receipt")


def test_second_readings_wait_for_whoever_did_not_read_first(reached: Office) -> None:
    from fullfile.server.accounts.models import Knock
    from fullfile.server.actions.views import record_determination

    look()
    # One view of the worked example waits; nobody here made it.
    assert of_kind("reading") == {"j.soto", "k.ortiz", "b.frey"}
    Knock.objects.all().delete()
    tag = _running()
    _only("b.frey", "B. Frey", (NEW,))
    record_determination(
        case_number=NEW,
        agency="Sheriff",
        tag=tag,
        finding="exculpatory",
        reason="it shows another car",
        by="B. Frey",
        actor="B. Frey",
        now_ms=now_ms(),
    )
    _next_day()
    look()
    assert of_kind("reading") == {"j.soto", "k.ortiz"}  # in their only case it is their own


def _running() -> str:
    from tests.web.test_defence import running_case

    return running_case()


def _only(account: str, name: str, cases: tuple[str, ...]) -> None:
    """A prosecutor whose role is for some cases."""
    from fullfile.server.actions.granting import Wish, approve_access, ask_access

    wish = Wish(account, name, "Special Prosecutor", "prosecutor", cases=cases)
    asked_for = ask_access(
        wish, reason="fewer cases", actor="A. Boone", actor_account="a.boone", now_ms=now_ms()
    )
    approve_access(asked_for.entry, actor="J. Soto", actor_account="j.soto", now_ms=now_ms())


def test_a_question_waits_for_whom_it_was_put_to(reached: Office) -> None:
    from fullfile.server.actions.suggestions import answer_question, ask_about

    look()
    assert not of_kind("question")
    entry = ask_about(
        agency="Sheriff",
        tag="DOC-001",
        case_number=BALDWIN,
        whom="D. Marsh",
        question="Is this the film of the yard?",
        by="K. Ortiz",
        now_ms=now_ms(),
    )
    _next_day()
    look()
    assert of_kind("question") == {"d.marsh"}
    _knocks_gone()
    answer_question(entry, answer="Yes.", by="D. Marsh", now_ms=now_ms())
    _next_day()
    look()
    assert not of_kind("question")


def _knocks_gone() -> None:
    from fullfile.server.accounts.models import Knock

    Knock.objects.all().delete()


def test_an_agency_is_asked_where_a_day_in_court_is_near(reached: Office) -> None:
    from fullfile.server.actions.answers import record_answer
    from fullfile.server.actions.docket import NewDefendant, open_case, record_event
    from fullfile.server.queries.boards import refresh_boards

    number = "D-0101-CR-2026-00009"
    open_case(
        number,
        jurisdiction="us-nm",
        title="State v. Doe",
        agencies=["Sheriff"],
        defendants=[NewDefendant(name="Doe", counsel="L. Poe")],
        by="K. Ortiz",
        now_ms=now_ms(),
    )
    look()
    assert not of_kind("answer")
    today, near = evening().date(), evening().date() + timedelta(days=9)
    said = {"by": "C. Webb", "due_on": near.isoformat(), "now_ms": now_ms()}
    record_event(number, "trial_set", today.isoformat(), **said)
    refresh_boards(now_ms=now_ms())
    _next_day()
    look()
    assert of_kind("answer") == {"r.lane", "m.quill", "d.marsh"}  # not the laboratory
    page = reached.as_("r.lane").get("/").content.decode()
    assert "1 answer of your agency is asked for" in page
    assert "State v. Doe" not in page
    assert number in reached.as_("r.lane").get("/lists/answers/").content.decode()
    assert number not in reached.as_("t.hill").get("/lists/answers/").content.decode()

    _knocks_gone()
    said = {"agency": "Sheriff", "answer": "all_handed_over", "by": "R. Lane", "actor": "R. Lane"}
    record_answer(case_number=number, now_ms=now_ms(), **said)
    _next_day()
    look()
    assert not of_kind("answer")


def test_a_paper_signed_first_waits_for_another_signer(reached: Office) -> None:
    from fullfile.server.actions.certificates import sign_first
    from fullfile.server.queries.papers import ask_certificate

    _running()
    found = ask_certificate(NEW, "Roe", now_ms=now_ms()).certificate
    stated = {one.key: "It was looked for, and is stated." for one in found.refusals}
    sign_first(NEW, "Roe", by="K. Ortiz", reasons=stated, now_ms=now_ms())
    look()
    assert of_kind("certificate") == {"b.frey", "j.soto"}


def test_what_falls_due_is_told_to_whoever_answers_for_the_case(reached: Office) -> None:
    from fullfile.server.accounts.models import Knock
    from fullfile.server.actions.knocking import ask_near_dues
    from fullfile.server.queries.boards import ask_dues, refresh_boards
    from fullfile.server.queries.needs import dues_of

    _running()
    refresh_boards(now_ms=now_ms())
    (row,) = ask_dues(within_days=30, now_ms=now_ms()).rows
    due = date(1970, 1, 1) + timedelta(days=row.day)
    people = sorted(PEOPLE)

    def told(today: date) -> set[tuple[str, date | None]]:
        found = dues_of(people, today=today, now_ms=now_ms())
        return {(one.account, one.by_day) for one in found}

    # The case names no prosecutor: a supervisor answers for it.
    assert told(due - timedelta(days=1)) == {("j.soto", due)}
    assert told(due - timedelta(days=8)) == set()
    _name_prosecutor("K. Ortiz")
    assert told(due - timedelta(days=1)) == {("k.ortiz", due)}

    _knocks_gone()
    eve = evening().replace(year=due.year, month=due.month, day=due.day) - timedelta(days=1)
    assert ask_near_dues(now=eve) == 1
    Knock.objects.update(sent_at=eve)
    assert ask_near_dues(now=eve + timedelta(hours=1)) == 0  # that day was told
    assert [(one.at_once, one.by_day) for one in Knock.objects.all()] == [(True, due)]


def _name_prosecutor(name: str) -> None:
    from fullfile.core.entries import Draft
    from fullfile.server.actions.own_rows import check
    from fullfile.server.store.append import unit_of_work

    said = {"case_number": NEW, "name": name, "role": "prosecutor"}
    data = check("parties", said, now_ms=now_ms())
    with unit_of_work() as writer:
        writer.append([Draft("party.recorded", "C. Webb", data)], now_ms=now_ms())


def test_roles_that_are_given_changed_or_ended_are_told(reached: Office) -> None:
    from fullfile.server.accounts.models import Knock
    from fullfile.server.actions.accounts import end_access
    from fullfile.server.actions.granting import Wish, approve_access, ask_access

    _knocks_gone()
    moment = {"actor": "A. Boone", "actor_account": "a.boone", "now_ms": now_ms()}
    soon = evening().date() + timedelta(days=10)
    wish = Wish("k.ortiz", "K. Ortiz", "Special Prosecutor", "prosecutor", ends_on=soon)
    entry = ask_access(wish, reason="a year is over", **moment).entry
    assert not of_kind("access_changes")
    approve_access(entry, actor="J. Soto", actor_account="j.soto", now_ms=now_ms())
    end_access("h.pike", reason="left the court", **moment)
    assert of_kind("access_changes") == {"k.ortiz", "h.pike"}

    _knocks_gone()
    look()
    assert of_kind("access_changes") == {"k.ortiz"}  # ends within 14 days
    Knock.objects.update(sent_at=evening())
    _next_day()
    look()
    assert not of_kind("access_changes")  # told once


def test_an_office_that_is_quiet_asks_for_nothing(reached: Office) -> None:
    """Counsel, court and auditor: nothing of the worked example waits for them."""
    look()
    assert not {one for one in asked() if one[0] in ("e.noor", "h.pike", "s.vale", "c.webb")}


def test_the_clock_asks_for_the_job_only_where_there_is_something(reached: Office) -> None:
    from fullfile.server.actions.office import change_setting
    from fullfile.server.jobs.schedule import _mails_wait

    hour = evening()
    assert not _mails_wait(hour)  # no address is set: no mail could say where to sign in
    change_setting("site_address", "https://office.example/", by="A. Boone", now_ms=now_ms())
    assert _mails_wait(hour)


def test_the_job_looks_asks_and_sends(reached: Office) -> None:
    from django.core import mail

    from fullfile.server.accounts.models import Account
    from fullfile.server.actions.office import change_setting
    from fullfile.server.jobs.worker import work_off
    from fullfile.server.waiting.asking import ask_job, read_job

    Account.objects.update(knock_hour=0)
    change_setting("site_address", "https://office.example/", by="A. Boone", now_ms=now_ms())
    mail.outbox = []
    job = ask_job("knocks", by="Fullfile")
    assert job in work_off()
    assert read_job(job).state == "done", read_job(job)
    to = {letter.to[0] for letter in mail.outbox}
    assert "k.ortiz@office.example" in to
    for letter in mail.outbox:
        assert not re.search(r"Baldwin|Gutierrez|DOC-|D-0101|Sheriff|\b\d+ ", letter.body)
