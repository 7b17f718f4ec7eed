"""The server's side of the load: a home made ready for it, and the server with a watch in its outermost door.

Both run in processes of their own (`children.call`, `python -m benchmarks.served_office HOME`).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.large_cases import LARGE, number_of, write

__all__ = ["PEOPLE", "main", "prepare"]

PEOPLE = (
    ("bench.pa", "P. Ames", "prosecutor"),
    ("bench.pb", "P. Burke", "prosecutor"),
    ("bench.ca", "C. Ames", "custodian"),
    ("bench.cb", "C. Burke", "custodian"),
    ("bench.su", "S. Ames", "supervisor"),
    ("bench.cl", "L. Ames", "clerk"),
    ("bench.in", "I. Ames", "investigator"),
    ("bench.au", "A. Ames", "auditor"),
)
"""Account, name and role of the eight who work."""
_PROSECUTOR = "District Attorney"
_SAMPLE = 400


def _configure(home: str) -> None:
    os.environ["FULLFILE_TLS"] = "off"
    from fullfile.server.settings.configuration import configure

    configure(Path(home).resolve(), os.environ.get("DATABASE_URL", ""), pages=True)


def prepare(home: str) -> dict[str, object]:
    """Bring a home up to date, and put the large cases and the people into it, once."""
    _configure(home)
    from fullfile.server.actions.imports import import_directory
    from fullfile.server.actions.serving import prepare_pages
    from fullfile.server.store.connections import case_id_of
    from fullfile.server.store.tables import select
    from fullfile.server.store.upgrade import bring_up_to_date

    started = time.perf_counter()
    bring_up_to_date()
    prepare_pages()
    upgraded = time.perf_counter() - started
    agency = str(
        select(
            "SELECT a.name FROM agency_key a JOIN item_key i ON i.agency_id = a.agency_id "
            "WHERE i.item_id <= 5000 GROUP BY a.name ORDER BY count(*) DESC, a.name LIMIT 1"
        )[0][0]
    )
    if case_id_of(number_of(LARGE[0])) is None:
        with tempfile.TemporaryDirectory(prefix="fullfile-bench-") as scratch:
            tables = write(Path(scratch) / "tables", agency)
            report = import_directory(
                directory=tables, source="large-cases", by="Bench Keeper", now_ms=_now_ms()
            )
            if report.problems:
                raise RuntimeError(f"the large cases cannot be read: {report.problems[0]}")
    _people(agency)
    (items,), (cases,), (size,) = (
        select(f"SELECT {what}")[0]
        for what in ("count(*) FROM item_key", "count(*) FROM case_key", "size FROM head")
    )
    step = max(1, int(items) // _SAMPLE)
    sampled = select(
        "SELECT i.item_id, i.tag FROM item_key i JOIN agency_key a ON a.agency_id = i.agency_id "
        "WHERE a.name = %s AND i.item_id %% %s = 0 LIMIT %s",
        [agency, step, _SAMPLE],
    )
    return {
        "items": int(items),
        "cases": int(cases),
        "entries": int(size),
        "upgrade_seconds": upgraded,
        "agency": agency,
        "large": {str(many): case_id_of(number_of(many)) for many in LARGE},
        "item_ids": [int(one) for one, _tag in sampled],
        "tags": [str(tag) for _one, tag in sampled],
        "case_ids": [
            int(one)
            for (one,) in select(
                "SELECT case_id FROM case_key WHERE case_id %% %s = 0 LIMIT %s",
                [max(1, int(cases) // _SAMPLE), _SAMPLE],
            )
        ],
    }


def _people(agency: str) -> None:
    """Everybody works for the agency that holds the large cases' items, or for the prosecutor."""
    from fullfile.server.accounts.policy import Role
    from fullfile.server.actions.granting import (
        Wish,
        approve_access,
        ask_access,
        invite_first_administrator,
    )
    from fullfile.server.store.grants import find_grant, list_grants

    standing = [one for one in list_grants() if not one.ended]
    chiefs = [(one.account, one.name) for one in standing if one.role == Role.ADMINISTRATOR]
    seconds = [(one.account, one.name) for one in standing if one.role == Role.SUPERVISOR]
    if not chiefs:
        chiefs = [("bench.ad", "D. Ames")]
        invite_first_administrator(
            *chiefs[0], works_for=_PROSECUTOR, actor="Bench Keeper", now_ms=_now_ms()
        )
    (chief, chiefs_name) = chiefs[0]
    (second, seconds_name) = seconds[0] if seconds else ("bench.su", "S. Ames")
    for account, name, role in sorted(PEOPLE, key=lambda one: one[2] != "supervisor"):
        if find_grant(account) is not None:
            continue
        holder = role in ("custodian", "investigator")
        asked = ask_access(
            Wish(account, name, agency if holder else _PROSECUTOR, Role(role)),
            reason="Works while it is measured.",
            actor=chiefs_name,
            actor_account=chief,
            now_ms=_now_ms(),
        )
        if not asked.granted:
            approve_access(asked.entry, actor=seconds_name, actor_account=second, now_ms=_now_ms())


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def main() -> None:
    """Serve a home on a free port: arguments are the home and how many processes."""
    _configure(sys.argv[1])
    from django.conf import settings

    settings.FULLFILE_DEMONSTRATION = True  # people choose who they are; loopback only
    settings.MIDDLEWARE = ["benchmarks.page_timing.Timed", *settings.MIDDLEWARE]
    from fullfile.cli.serve import run

    run("127.0.0.1", 0, int(sys.argv[2]), 8, lambda address: print(address, flush=True))


if __name__ == "__main__":
    main()
