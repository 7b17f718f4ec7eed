"""Every scenario again, through the real import into an office's database, and read back from it.

The reference is asked of the entries that the record holds, with the settings that
the record says: what the loader beside it makes of rows must be what the import makes.
"""

from __future__ import annotations

import itertools
import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.ids import parse_when, utc_ms
from fullfile.core.matching import lines_of_office, read_world
from fullfile.server.settings import configure
from tests.spec.backends import law, moment_of
from tests.spec.comparing import compare
from tests.spec.reading import read_topics, scenarios_of

TEMPLATE = "spec_template"
NUMBERS = itertools.count(1)
OPENED = utc_ms(datetime.fromisoformat("2023-01-02T12:00:00Z"))
SCENARIOS = [one for one in scenarios_of(read_topics()) if not one.by_hand]


_made = {}
"""By database. A fixture that is parametrized beside the scenarios would be made anew for each of them."""


def opened(database, server, places):
    """An office that was opened, to be copied: opening one takes longer than a scenario."""
    from django.db import connections

    from fullfile.server.actions.office import open_office

    if database not in _made:
        home = places.mktemp("template") / "home"
        configure(home, server.make(TEMPLATE) if server else "")
        open_office(
            home,
            "County Office",
            "us-nm",
            "America/Denver",
            "office.example/log",
            by="Clerk",
            now_ms=OPENED,
        )
        connections.close_all()
        _made[database] = home
    return _made[database]


@pytest.fixture
def office(request, tmp_path, tmp_path_factory):
    from django.db import connections

    database = request.param
    server = request.getfixturevalue("postgres_server") if database == "postgres" else None
    home = tmp_path / "home"
    shutil.copytree(opened(database, server, tmp_path_factory), home)
    name = f"spec_{next(NUMBERS)}"
    configure(home, server.make(name, TEMPLATE) if server else "")
    yield home
    connections.close_all()
    if server:
        server.drop(name)


def acts_of(scenario):
    """What is done in the office, in the order of time: settings and imports."""
    settings = [("source_rank", list(scenario.rank), OPENED)] if scenario.rank else []
    settings += [
        (one["name"], one["value"], utc_ms(datetime.fromisoformat(one["from"] + "T12:00:00Z")))
        for one in scenario.settings
    ]
    imports = [(one, utc_ms(datetime.fromisoformat(one.at))) for one in scenario.imports]
    return sorted([*settings, *imports], key=lambda act: act[-1])


def record(scenario, folder):
    from fullfile.server.actions.imports import import_directory
    from fullfile.server.actions.office import change_setting

    for number, act in enumerate(acts_of(scenario)):
        if isinstance(act[0], str):
            change_setting(act[0], act[1], "Clerk", now_ms=act[2])
            continue
        place = folder / f"export-{number}"
        place.mkdir()
        for name, text in act[0].rows.items():
            (place / f"{name}.csv").write_text(text.lstrip("\n"), "utf-8")
        report = import_directory(directory=place, source=act[0].source, by="Clerk", now_ms=act[1])
        assert report.recorded or not report.problems, report.problems


def on_databases():
    """Every scenario on SQLite; on PostgreSQL one of each ten, and the others where time is no matter."""
    for database in ("sqlite", "postgres"):
        for number, one in enumerate(SCENARIOS):
            marks = [pytest.mark.slow] if database == "postgres" and number % 10 else []
            yield pytest.param(
                database, one, id=f"{database}: {one.topic}: {one.title}", marks=marks
            )


@pytest.mark.parametrize(("office", "scenario"), list(on_databases()), indirect=["office"])
def test_scenario(scenario, office, tmp_path):
    from fullfile.server.store.load import current_size, policy, size_as_of
    from fullfile.server.store.reading import iter_entries

    record(scenario, tmp_path)
    zone = ZoneInfo("America/Denver")
    for look in scenario.looks:
        size = current_size()
        if look.as_of:
            until = datetime.fromisoformat(parse_when(look.as_of).text + "T23:59:59.999")
            size = size_as_of(utc_ms(until.replace(tzinfo=zone)))
        world = read_world(
            iter_entries(0, size),
            zone=zone,
            moment=moment_of(look.on),
            law=law(),
            policy=policy(size),
        )
        assert compare(look, lines_of_office(world)) == [], f"on {look.on}"
