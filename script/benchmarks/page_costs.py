"""What each page of an office costs one process: processor milliseconds, queries, kilobytes.

Pages are asked for as a browser asks, without a line between: sign-in, doors, view and template run as they do in an
office. Processor time, unlike time on the clock, says the same on a machine that is busy. Each page is opened several
times: the first opening pays for what is kept afterwards, the middle of the others is what people wait for.

    python -m benchmarks.page_costs --home DIR            a home that is there, people and large cases are added
    script/bench costs --home DIR                         the same
    … --ready                                             the home was prepared before: add nothing
    … --only "start of" --slowest 5                       some pages, with the slowest queries of their first opening

Exit status 1 where a page asks more than 60 questions, or takes more than 150 ms when it is opened again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.large_cases import LARGE, number_of
from benchmarks.results import median
from benchmarks.served_office import PEOPLE, prepare

__all__ = ["PageCost", "main", "measure"]

_QUERIES, _MS = 60, 150.0
_TIMES = 4
_WORDS = "statement of a witness"
_WHO = {role: account for account, _, role in reversed(PEOPLE)}


@dataclass(frozen=True)
class PageCost:
    """What a page cost: the first time, then at the median; the most queries; the last answer."""

    page: str
    first_ms: float
    again_ms: float
    first_queries: int
    queries: int
    kilobytes: float
    status: int

    @property
    def fine(self) -> bool:
        """Whether it is within reach, once it was opened."""
        return self.queries <= _QUERIES and self.again_ms <= _MS and self.status < 400


class _Asker:
    """One person with a browser that has no line."""

    def __init__(self, account: str) -> None:
        from django.test import Client

        self.client = Client(HTTP_HOST="localhost")
        self.client.post("/notice/", {"next": "/"})
        self.client.post("/demonstration/", {"account": account})

    def cost(self, page: str, open_it: Callable[[Any], Any], times: int, slowest: int) -> PageCost:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        spent, asked = [], []
        answer: Any = None
        for _ in range(times):
            with CaptureQueriesContext(connection) as queries:
                began = time.process_time()
                answer = open_it(self.client)
                spent.append((time.process_time() - began) * 1_000)
            if slowest and not asked:
                _print_slowest(queries.captured_queries, slowest)
            asked.append(len(queries))
        size = len(answer.content) / 1_000 if not answer.streaming else 0.0
        later = spent[1:] or spent
        return PageCost(
            page,
            spent[0],
            median(later),
            asked[0],
            max(asked[1:] or asked),
            size,
            answer.status_code,
        )


def _print_slowest(queries: list[dict[str, str]], most: int) -> None:
    together = sum(float(one["time"]) for one in queries)
    print(f"    {len(queries)} queries, {together * 1_000:.0f} ms", file=sys.stderr)
    for one in sorted(queries, key=lambda one: -float(one["time"]))[:most]:
        words = " ".join(one["sql"].split())
        print(f"    {float(one['time']) * 1_000:6.0f} ms  {words[:600]}", file=sys.stderr)


def measure(
    about: dict[str, Any], times: int = _TIMES, only: str = "", slowest: int = 0
) -> list[PageCost]:
    """Open every page of the list whose name has `only`; the office is configured and prepared."""
    from django.conf import settings

    settings.FULLFILE_DEMONSTRATION = True
    found = []
    for role, page, path in _pages(about):
        if only not in page:
            continue
        who = _Asker(_WHO[role])
        if path.startswith("search:"):
            words = path.partition(":")[2]
            found.append(
                who.cost(
                    page,
                    lambda one, q=words: one.post("/search/", {"q": q}, follow=True),
                    times,
                    slowest,
                )
            )
        else:
            found.append(who.cost(page, lambda one, at=path: one.get(at), times, slowest))
        print(_line(found[-1]), file=sys.stderr, flush=True)
    return found


def _pages(about: dict[str, Any]) -> list[tuple[str, str, str]]:
    item = about["item_ids"][len(about["item_ids"]) // 2]
    case = about["case_ids"][len(about["case_ids"]) // 2]
    pages = [(role, f"start of a {role}", "/") for role in _WHO]
    pages += [
        ("prosecutor", "list of cases", "/cases/"),
        ("custodian", "list of cases, a custodian", "/cases/"),
        ("prosecutor", "case, any", f"/cases/{case}/"),
        ("prosecutor", "review of suggestions", "/review/"),
        ("investigator", "review, an investigator", "/review/"),
        ("prosecutor", "list of items", "/items/"),
        ("prosecutor", "items: a kind", "/items/?kind=document"),
        ("prosecutor", "items: the most frequent kind", "/items/?kind=object"),
        ("prosecutor", "items: bear on no case", "/items/?bears=no"),
        ("prosecutor", "items: by tag, backwards", "/items/?sort=-tag"),
        ("custodian", "list of items, a custodian", "/items/"),
        ("custodian", "item", f"/items/{item}/"),
        ("custodian", "item, chain of custody", f"/items/{item}/custody/"),
        ("prosecutor", "item, who knew", f"/items/{item}/knew/"),
        ("custodian", "item, holds", f"/items/{item}/holds/"),
        *(
            ("custodian", f"item, {act}", f"/items/{item}/do/{act}/")
            for act in ("transfer", "check_out", "release", "destroy")
        ),
        ("custodian", "form of booking", "/items/new/"),
        ("prosecutor", "search by tag", f"search:{about['tags'][0]}"),
        ("prosecutor", "search by words", f"search:{_WORDS}"),
    ]
    pages += [
        ("custodian", f"list “{name}”", f"/lists/{name}/")
        for name in ("out", "unexamined", "elsewhere", "unbooked")
    ]
    for many in LARGE:
        at = f"/cases/{about['large'][str(many)]}/"
        pages += [
            ("prosecutor", f"case of {many:,} items", at),
            ("prosecutor", f"lines of {many:,} items, page 7", f"{at}lines/?page=7"),
            ("prosecutor", f"readiness of {many:,} items", f"{at}readiness/"),
            ("prosecutor", f"timeline of {many:,} items", f"{at}timeline/"),
        ]
    return pages


def _line(one: PageCost) -> str:
    return (
        f"{one.page:36}{one.first_ms:>9.0f}{one.again_ms:>9.0f}{one.first_queries:>7}{one.queries:>7}"
        f"{one.kilobytes:>8.0f}{one.status:>5}  {'yes' if one.fine else 'NO'}"
    )


def _prepared() -> dict[str, Any]:
    """What `prepare` says of a home, of one that is ready."""
    from fullfile.server.store.connections import case_id_of
    from fullfile.server.store.tables import select

    sample = select(
        "SELECT item_id, tag FROM item_key WHERE item_id %% %s = 0 ORDER BY item_id LIMIT 400",
        [997],
    )
    cases = select(
        "SELECT case_id FROM case_key WHERE case_id %% %s = 0 ORDER BY case_id LIMIT 400", [97]
    )
    return {
        "item_ids": [int(item) for item, _ in sample],
        "tags": [str(tag) for _, tag in sample],
        "case_ids": [int(case) for (case,) in cases],
        "large": {str(many): case_id_of(number_of(many)) for many in LARGE},
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure a home; 1 where a page is not within reach."""
    parser = argparse.ArgumentParser(
        prog="page_costs", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--ready", action="store_true", help="add no people and no large cases")
    parser.add_argument("--times", type=int, default=_TIMES)
    parser.add_argument("--only", default="", help="pages whose name has these words")
    parser.add_argument("--slowest", type=int, default=0, help="print so many queries of each page")
    parser.add_argument("--output", type=Path, help="where the figures go, as JSON")
    asked = parser.parse_args(arguments)
    if asked.ready:
        os.environ["FULLFILE_TLS"] = "off"
        from fullfile.server.settings.configuration import configure

        configure(asked.home.resolve(), os.environ.get("DATABASE_URL", ""), pages=True)
        about = _prepared()
    else:
        about = prepare(str(asked.home))
    print(
        f"{'page':36}{'first ms':>9}{'then ms':>9}{'first':>7}{'then q':>7}{'kB':>8}",
        file=sys.stderr,
    )
    found = measure(about, asked.times, asked.only, asked.slowest)
    if asked.output:
        held = [asdict(one) for one in found]
        asked.output.write_text(json.dumps(held, indent=1) + "\n", "utf-8")
    return 0 if all(one.fine for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
