"""Packs and calendars from files: what is shipped, what an office adds, and what is wrong in a file."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest

from fullfile.core.errors import NotFound, Refused
from fullfile.core.rules import by_hand, pack_due
from fullfile.engines.packs import load_calendars, load_packs, shipped_folder

NM = shipped_folder() / "us-nm"


@pytest.fixture
def office(tmp_path):
    """A home with a copy of the shipped pack as its own."""
    shutil.copytree(NM, tmp_path / "packs" / "us-nm")
    return tmp_path


def _edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_what_is_shipped_is_without_a_mistake():
    packs, calendars = load_packs(), load_calendars()
    assert packs.problems == calendars.problems == ()
    assert "us-nm" in packs.by_id
    assert packs.get(" US-NM ").digest.startswith("sha256:")
    assert len(packs) == len(list(packs)) >= 1


def test_the_worked_example():
    found = pack_due(
        load_packs().get("us-nm"),
        load_calendars().by_id,
        "",
        "waiver_of_arraignment",
        date(2024, 1, 31),
    )
    assert (found.due, found.rule_id, found.check) == (date(2024, 2, 14), "us-nm:5-501(A)", "part")


def test_an_unknown_pack_names_the_known_ones():
    with pytest.raises(NotFound, match="us-nm"):
        load_packs().get("us-zz")


def test_a_home_without_packs_has_the_shipped_ones(tmp_path):
    assert load_packs(tmp_path).by_id == load_packs().by_id


def test_an_office_puts_its_own_in_place_of_a_shipped_one(office):
    _edit(office / "packs/us-nm/pack.toml", 'version = "2026.1"', 'version = "office 1"')
    pack = load_packs(office).get("us-nm")
    assert (pack.version, pack.origin) == ("office 1", "office")
    assert pack.digest != load_packs().get("us-nm").digest


def test_a_comment_or_a_line_ending_does_not_change_the_digest(office):
    path = office / "packs/us-nm/pack.toml"
    path.write_bytes(("# another comment\n" + path.read_text()).replace("\n", "\r\n").encode())
    assert load_packs(office).get("us-nm").digest == load_packs().get("us-nm").digest


def test_a_broken_pack_stops_no_other_and_the_shipped_one_does_not_step_in(office):
    shutil.copytree(NM, office / "packs/us-zz")
    (office / "packs/us-zz/pack.toml").write_text('id = "us-zz"\nname = \n')
    _edit(office / "packs/us-nm/rules/5-501-A.toml", '"10 days"', '"soon"')
    packs = load_packs(office)
    assert packs.by_id.keys() == load_packs().by_id.keys() - {"us-nm"}
    told = [str(problem) for problem in packs.problems]
    assert any(text.startswith("packs/us-zz/pack.toml, line 2: is not TOML") for text in told)
    assert any("packs/us-nm/rules/5-501-A.toml, line 13, period" in text for text in told)
    assert any("stands in place of the shipped one" in text for text in told)


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"),
    [
        (
            "rules/5-501-A.toml",
            'check = "part"\nversion',
            'check = "sure"\nversion',
            "line 16, check",
            "one of text, part, unread",
        ),
        ("rules/5-501-A.toml", 'check = "part"\nversion', "version", "check", "is missing"),
        ("rules/5-501-A.toml", 'period = "10 days"\n', "", "period", "is missing"),
        ("rules/5-501-A.toml", "max=10", "max=ten", "line 14, method", "no counting method"),
        (
            "rules/5-501-A.toml",
            '"us-nm:5-501(A)"',
            '"5-501(A)"',
            "line 4, id",
            "begins with “us-nm:”",
        ),
        (
            "rules/5-501-A.toml",
            '["district"]',
            '["county"]',
            "line 10, court_levels",
            "no court level",
        ),
        (
            "rules/5-501-A.toml",
            '["arraignment",',
            '["arraignment:someday",',
            "line 11, triggers",
            "event:due_on",
        ),
        (
            "rules/5-501-A.toml",
            '["arraignment", "waiver_of_arraignment"]',
            "7",
            "line 11, triggers",
            "list of texts",
        ),
        ("rules/5-501-A.toml", "direction =", "directoin =", "directoin", "is not a key"),
        (
            "rules/5-501-A.toml",
            'part = "A(2)"',
            "part = 2",
            "line 34, covers[2].part",
            "expected text",
        ),
        ("rules/5-505-A.toml", 'continuing = "undated"\n', "", "continuing", "is missing"),
        (
            "rules/5-505-A.toml",
            'period_words = "promptly"',
            'period = "10 days"',
            "period",
            "takes no number",
        ),
        ("pack.toml", 'id = "us-nm"', 'id = "us-xx"', "line 5, id", "must agree"),
        (
            "pack.toml",
            "2014-12-31",
            '"2014-12-31"',
            "line 10, effective_from",
            "without quotation marks",
        ),
        ("pack.toml", "America/Denver", "America/Nowhere", "line 8, time_zones", "no time zone"),
        ("pack.toml", '"sat", "sun"', '"sat", "funday"', "line 12, weekend", "no weekday"),
        (
            "pack.toml",
            'default_court_level = "district"',
            'default_court_level = "high"',
            "line 13",
            "one of district",
        ),
        ("pack.toml", 'order = "needed"', 'order = "maybe"', "grounds[3].order", "one of needed"),
        ("pack.toml", 'id = "safety"', 'id = "informer"', "grounds", "twice"),
        ("pack.toml", 'calendar = "us-nm-courts"\n', "", "calendar", "is missing"),
    ],
)
def test_a_mistake_names_file_line_key_and_what_was_expected(office, file, old, new, where, words):
    _edit(office / "packs/us-nm" / file, old, new)
    packs = load_packs(office)
    told = [str(problem) for problem in packs.problems]
    assert "us-nm" not in packs.by_id
    assert any(
        text.startswith(f"packs/us-nm/{file}") and where in text and words in text for text in told
    ), told


def test_a_misspelled_trigger_is_a_mistake_and_a_pack_may_name_new_events(office):
    rule = office / "packs/us-nm/rules/5-601-E-1.toml"
    _edit(rule, '["arraignment"]', '["arraingment"]')
    told = " ".join(str(problem) for problem in load_packs(office).problems)
    assert "“arraingment” is no docket event: the nearest are arraignment" in told
    _edit(rule, '["arraingment"]', '["discovery_requests"]')
    told = " ".join(str(problem) for problem in load_packs(office).problems)
    assert "“discovery_request” is derived: each row of the table of requests is one" in told
    _edit(rule, '["discovery_requests"]', '["discovery_request:due_on"]')
    told = " ".join(str(problem) for problem in load_packs(office).problems)
    assert "each row of the table of requests is one, and sets no day" in told
    _edit(rule, '["discovery_request:due_on"]', '["discovery_request"]')
    assert load_packs(office).problems == ()
    _edit(rule, '["discovery_request"]', '["bound_over"]')
    pack = office / "packs/us-nm/pack.toml"
    pack.write_text(
        pack.read_text()
        + """
[[docket_events]]
id = "bound_over"
name = "bound over"
"""
    )
    packs = load_packs(office)
    assert packs.problems == ()
    assert "bound_over" in {event.id for event in packs.get("us-nm").docket_events}


@pytest.mark.parametrize(
    ("file", "text", "key", "words"),
    [
        ("rulings.toml", '[jeopardy]\njury = ["jury_swron"]', "jury", "nearest are jury_sworn"),
        ("rulings.toml", '[[rulings]]\nid = "a"\nevent = "stayd"', "event", "nearest are stayed"),
        (
            "rulings.toml",
            '[[rulings]]\nid = "a"\nevent = "discovery_request"',
            "event",
            "starts the clocks of rules only",
        ),
        ("rulings.toml", '[[rulings]]\nanswer = "maybe"', "answer", "one of barred, open"),
        ("rulings.toml", '[[rulings]]\nappeal = "us-nm:0"', "appeal", "no rule of this pack"),
        ("rulings.toml", '[[rulings]]\nanwser = "open"', "anwser", "is not a key"),
        ("rulings.toml", "jeopardy = 3", "jeopardy", "a table written as [jeopardy]"),
        ("rulings.toml", '[dismissals]\nlimits = [{ grade = "x", number = 0 }]', "number", "1 or"),
        ("limitation.toml", '[[limitation]]\ngrades = ["felonny"]', "grades", "no grade of pack"),
        ("limitation.toml", '[[limitation]]\nid = "a"', "period", "or “none”"),
        ("limitation.toml", '[[limitation]]\nmethod = "moons"', "method", "no counting method"),
        (
            "limitation.toml",
            '[[limitation]]\n[[limitation.tolling]]\nstatus = ["away"]',
            "status",
            "word",
        ),
        ("keeping.toml", '[[windows]]\nrule = "us-nm:1-1"', "rule", "no rule of this pack"),
        ("keeping.toml", '[[preservation]]\nitem_kinds = ["thing"]', "item_kinds", "kind of item"),
        ("papers.toml", '[[papers]]\nid = "a"', "statements", "is missing"),
        (
            "papers.toml",
            '[[papers]]\n[[papers.statements]]\ntext = "{who}"',
            "text",
            "are filled in",
        ),
        ("papers.toml", '[[papers]]\nlayout = "poster"', "layout", "one of certificate"),
    ],
)
def test_a_mistake_in_what_a_pack_says_besides_dates(office, file, text, key, words):
    (office / "packs/us-nm" / file).write_text(text, "utf-8")
    packs = load_packs(office)
    told = [str(one) for one in packs.problems if f"packs/us-nm/{file}, line " in str(one)]
    assert any(key in one and words in one for one in told), packs.problems
    assert packs.find("us-nm") is None
    assert packs.find("us-ny") is not None


def test_an_unreadable_period_of_a_variant_is_told_and_stops_no_other(office):
    shutil.copytree(NM.parent / "us-ny", office / "packs/us-ny")
    rule = office / "packs/us-ny/rules/245-10-1-a.toml"
    _edit(rule, 'period = "20 days"', 'period = "twenty days"')
    packs = load_packs(office)
    assert any(
        "variants[1].period: “twenty days” is no period" in str(one) for one in packs.problems
    )
    assert packs.find("us-ny") is None
    assert packs.find("us-nm") is not None
    with pytest.raises(Refused, match="has a mistake and is not used: packs/us-ny/rules"):
        packs.get("us-ny")


def test_two_files_with_one_rule_are_a_mistake(office):
    rules = office / "packs/us-nm/rules"
    shutil.copy(rules / "5-501-A.toml", rules / "again.toml")
    assert any("two files" in str(problem) for problem in load_packs(office).problems)


def test_a_file_that_is_not_utf8_or_not_there(office):
    (office / "packs/us-nm/rules/5-508.toml").write_bytes(b'id = "x"\ntitle = "caf\xe9"\n')
    (office / "packs/empty").mkdir()
    told = [str(problem) for problem in load_packs(office).problems]
    assert any("5-508.toml, line 2: is not UTF-8" in text for text in told)
    assert any("packs/empty/pack.toml: cannot be read" in text for text in told)


@pytest.fixture
def own_calendar(tmp_path):
    folder = tmp_path / "packs/calendars/us-zz"
    folder.mkdir(parents=True)
    (folder / "calendar.toml").write_text(
        'id = "us-zz"\nname = "Zz"\nversion = "1"\nweekend = ["sun"]\n'
    )
    (folder / "2024.toml").write_text(
        'year = 2024\n\n[[holidays]]\non = 2024-02-12\nname = "A day"\nsource = "order"\ncheck = "text"\n'
    )
    return tmp_path


def test_an_office_adds_a_calendar_of_its_own(own_calendar):
    calendars = load_calendars(own_calendar)
    assert calendars.problems == ()
    found = by_hand(
        method="calendar_roll",
        period="10 days",
        trigger="2024-02-01",
        calendar="us-zz",
        calendars=calendars.by_id,
    )
    assert found.due == date(2024, 2, 13)  # Sunday the 11th, the holiday, then Tuesday
    assert calendars.by_id["us-zz"].origin == "office"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2024-02-12", "2025-02-12", "is not in 2024"),
        ("year = 2024", "year = 2025", "year of the file's name"),
        ("year = 2024", "year = true", "whole number"),
        ('check = "text"', 'check = "text"\nforward_only = "yes"', "true or false"),
        ('source = "order"\n', "", "source: is missing"),
        ("on = 2024-02-12\n", "", "on: is missing"),
        ("[[holidays]]", "[[holiday]]", "is not a key"),
        (
            'check = "text"\n',
            'check = "text"\n\n[[holidays]]\non = 2024-02-12\nname = "B"\nsource = "s"\ncheck = "text"\n',
            "line 10, holidays[2].on: 2024-02-12 stands here twice",
        ),
        ("[[holidays]]", "holidays = 3\n[other]", "tables written as"),
    ],
)
def test_a_year_with_a_mistake_is_left_out_and_told(own_calendar, old, new, words):
    _edit(own_calendar / "packs/calendars/us-zz/2024.toml", old, new)
    calendars = load_calendars(own_calendar)
    told = [str(problem) for problem in calendars.problems]
    assert any("packs/calendars/us-zz/2024.toml" in text and words in text for text in told), told
    assert not calendars.by_id["us-zz"].has_table(2024)
    assert "us-nm-courts" in calendars.by_id


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "us-zz"', 'id = "us-xx"', "must agree"),
        ('["sun"]', '["funday"]', "no weekday"),
        ('version = "1"', "version = 1", "expected text"),
    ],
)
def test_a_calendar_with_a_mistaken_head_is_told(own_calendar, old, new, words):
    _edit(own_calendar / "packs/calendars/us-zz/calendar.toml", old, new)
    calendars = load_calendars(own_calendar)
    assert "us-zz" not in calendars.by_id
    assert any(words in str(problem) for problem in calendars.problems)


def test_a_year_that_is_no_toml_is_left_out(own_calendar):
    (own_calendar / "packs/calendars/us-zz/2025.toml").write_text("year = ")
    calendars = load_calendars(own_calendar)
    assert [table.year for table in calendars.by_id["us-zz"].years] == [2024]
    assert "2025.toml, line 1: is not TOML" in str(calendars.problems[0])


def test_without_a_weekend_saturday_and_sunday_are_closed(own_calendar):
    _edit(own_calendar / "packs/calendars/us-zz/calendar.toml", 'weekend = ["sun"]', "")
    assert load_calendars(own_calendar).by_id["us-zz"].weekend == ("sat", "sun")


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "packs").write_text("")
    assert "cannot be read" in str(load_packs(tmp_path).problems[0])


def test_a_calendar_without_a_head_is_told(own_calendar):
    (own_calendar / "packs/calendars/us-zz/calendar.toml").unlink()
    calendars = load_calendars(own_calendar)
    assert "us-zz" not in calendars.by_id
    assert "cannot be read" in str(calendars.problems[0])


# ---- the tables of New Mexico ----


def _courts():
    return load_calendars().by_id["us-nm-courts"]


def test_there_is_a_table_for_each_year_from_2019_to_2027():
    assert [table.year for table in _courts().years] == list(range(2019, 2028))


def test_every_closed_day_has_a_name_a_source_and_a_mark():
    for table in _courts().years:
        assert all(day.name and day.source for day in table.holidays)
        statute = [day for day in table.holidays if day.check != "unread"]
        assert all(day.source.startswith("NMSA 1978, 12-5-2(") for day in statute)
        letters = [day.source[len("NMSA 1978, 12-5-2(")] for day in statute]
        assert sorted(letters) == list("ABCDEFGHIJ"), table.year


def test_no_statutory_day_is_left_on_a_sunday_and_none_is_moved_from_a_saturday_by_statute():
    for table in _courts().years:
        for day in table.holidays:
            assert day.on.weekday() != 6, day
            if "(moved from Sunday)" in day.name:
                assert day.on.weekday() == 0
                assert "12-5-3(A)" in day.source
            if "on the Friday before" in day.name:
                assert (day.on.weekday(), day.check) == (4, "unread")


def test_floating_days_fall_where_the_statute_puts_them():
    rules = {
        "Martin Luther King Jr. Day": (1, 0, 15, 21),
        "Presidents' Day": (2, 0, 15, 21),
        "Memorial Day": (5, 0, 25, 31),
        "Labor Day": (9, 0, 1, 7),
        "Indigenous Peoples' Day": (10, 0, 8, 14),
        "Thanksgiving Day": (11, 3, 22, 28),
    }
    for table in _courts().years:
        by_name = {day.name: day.on for day in table.holidays}
        for name, (month, weekday, first, last) in rules.items():
            on = by_name[name]
            assert (on.month, on.weekday()) == (month, weekday)
            assert first <= on.day <= last
        after = by_name["Presidents' Day, observed on the Friday after Thanksgiving"]
        assert after - by_name["Thanksgiving Day"] == timedelta(days=1)


@pytest.mark.parametrize(
    "day", ["2024-02-19", "2026-06-19", "2026-07-03", "2021-07-05", "2023-01-02"]
)
def test_known_closed_days(day):
    assert _courts().holiday_on(date.fromisoformat(day)) is not None
