"""Open an office's record, set what decides an answer, erase a body by order.

`open_office` makes everything that a home needs: tables, key, the entry
`office.opened`, the adoption of the packs and calendars known then, and the
first checkpoint outside the database.

What this does not do: it permits nothing by itself (one person at a keyboard in
this version), and knows no command line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from fullfile.core.bag.kinds import fitting_kinds
from fullfile.core.custody.booking import read_pattern
from fullfile.core.entries import Draft
from fullfile.core.errors import Refused, Unavailable
from fullfile.core.said import say
from fullfile.core.tlog import SigningKey
from fullfile.server.settings import configure, get_home
from fullfile.server.store import checkpoints, erasure
from fullfile.server.store.adoptions import drafts_of_known, list_adopted
from fullfile.server.store.append import begin_record, drop_empty_record, unit_of_work
from fullfile.server.store.projectors.scene import get_zone

__all__ = ["SETTINGS", "adopt_law", "change_setting", "erase", "migrate", "open_office"]

SETTINGS = (
    "target_days",
    "threshold",
    "source_rank",
    "tag_pattern",
    "open_file",
    "certificate_signatures",
    "file_kinds",
    "file_limit",
    "notice",
    "help_line",
    "site_address",
)
"""The settings: what decides an answer, how the office writes the tags that it gives, and what its pages and mails say."""

_UNFIT = re.compile(r"[^a-z0-9]+")
_ONE_OF = {"open_file": ("yes", "no"), "certificate_signatures": ("1", "2")}
_LONGEST = {"notice": 4_000, "help_line": 200, "site_address": 200}
_SITE = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,180}/?\Z")
_THRESHOLD = re.compile(r"(0(\.\d{1,6})?|1(\.0{1,6})?)\Z")


def open_office(
    home: Path,
    name: str,
    jurisdiction: str,
    time_zone: str,
    origin: str | None = None,
    *,
    by: str,
    now_ms: int,
) -> str:
    """Begin the record of an office.

    Args:
        home: where its key and its checkpoint lie, and its database unless that is elsewhere.
        name: the office's name.
        jurisdiction: the id of its pack.
        time_zone: the zone in which its days end.
        origin: the name of its log, a URL without scheme; made from the name where None.
        by: who opens it.
        now_ms: what the clock says, UTC milliseconds.

    Returns:
        The key that its checkpoints are checked with.

    Raises:
        Refused: the home or the database has a record already, or a value is not usable.
        Unavailable: the home or the database cannot be written.
    """
    name, jurisdiction = name.strip(), jurisdiction.strip()
    if not name or not jurisdiction:
        raise Refused(
            say("An office needs a name and the id of its jurisdiction."), code="office_name"
        )
    get_zone(time_zone)
    log = origin or f"{_slug(name)}/log-{os.urandom(4).hex()}"
    SigningKey.from_seed(log, bytes(range(32)))  # refuses an origin that is no key's name
    _serve(home)
    if checkpoints.find_outside() is not None or (home / checkpoints.KEY_FILE).exists():
        raise Refused(
            say(
                "{home} holds an office already: choose another with --home, or go on with this one.",
                home=str(home),
            ),
            code="taken",
        )
    drafts = drafts_of_known(home, by)
    try:
        home.mkdir(parents=True, exist_ok=True)
        migrate()
    except (OSError, DatabaseError) as error:
        raise Unavailable(
            say(
                "No record can be begun in {home} ({error}).",
                home=str(home),
                error=str(error).strip(),
            )
        ) from error
    begin_record()
    vkey = checkpoints.make_key(log).verifier.vkey
    try:
        opened = Draft(
            "office.opened",
            by,
            {
                "office": name,
                "jurisdiction": jurisdiction,
                "time_zone": time_zone,
                "origin": log,
                "vkey": vkey,
            },
        )
        with unit_of_work() as writer:
            writer.append([opened, *drafts], now_ms=now_ms)
    except BaseException:
        (home / checkpoints.KEY_FILE).unlink(
            missing_ok=True
        )  # an office that was not opened has none
        drop_empty_record()
        raise
    return vkey


def change_setting(name: str, value: str | Sequence[str], by: str, *, now_ms: int) -> int:
    """Set what decides an answer, from now on. The index of the entry that says so.

    Args:
        name: one of `SETTINGS`.
        value: days as text, a probability as text, or the list of sources, best first.
        by: who sets it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: there is no such setting, or the value does not fit it.
    """
    if name not in SETTINGS:
        raise Refused(
            say(
                "“{name}” is no setting; those there are: {settings}.",
                name=name,
                settings=", ".join(SETTINGS),
            ),
            code="setting_unknown",
        )
    draft = Draft("setting.changed", by, {"name": name, "value": _fitting(name, value)})
    with unit_of_work() as writer:
        return writer.append([draft], now_ms=now_ms)[0]


def adopt_law(by: str, *, now_ms: int) -> list[Draft]:
    """Adopt what the program ships or the home holds now, where it differs from what is in use.

    Answers about earlier days of the record (`--as-of`) keep the law that was adopted then.

    Args:
        by: who adopts it.
        now_ms: what the clock says, UTC milliseconds.

    Returns:
        What was adopted: nothing where all of it was in use already.

    Raises:
        Refused: nobody is named.
    """
    if not by.strip():
        raise Refused(say("An adoption names who adopts: give --by NAME."), code="by_missing")
    with unit_of_work() as writer:
        in_use = {(one.kind, one.name): one.digest for one in list_adopted(writer.size)}
        drafts = [
            draft
            for draft in drafts_of_known(get_home(), by.strip())
            if in_use.get(_adopted_as(draft)) != draft.data["digest"]
        ]
        writer.append(drafts, now_ms=now_ms)
        return drafts


def _adopted_as(draft: Draft) -> tuple[str, str]:
    kind = draft.type.partition(".")[0]
    return kind, str(draft.data[kind])


def erase(entry: int, order: str, by: str, *, now_ms: int) -> int:
    """Erase the body of an entry by order of a court. The index of the entry that says so.

    The leaf and every proof stay, and so do numbers, dates and words of closed lists.

    Raises:
        Refused: no order is named, or the entry is no row of an import table.
        NotFound: there is no such entry, or its body is erased already.
    """
    if not order.strip():
        raise Refused(say("An erasure names the order that asks for it."), code="order_missing")
    with unit_of_work() as writer:
        return erasure.erase(writer, entry, order.strip(), by, now_ms=now_ms)


def migrate() -> None:
    """Make the tables that are not there yet, with the triggers that protect the record."""
    call_command("migrate", "store", verbosity=0, interactive=False)


def _serve(home: Path) -> None:
    if not settings.configured or get_home() != home:
        configure(home)


def _slug(name: str) -> str:
    return _UNFIT.sub("-", name.casefold()).strip("-")[:60] or "office"


def _fitting(name: str, value: str | Sequence[str]) -> str | list[str]:
    if name == "file_kinds":
        return fitting_kinds([value] if isinstance(value, str) else value)
    if name == "source_rank":
        sources = [value] if isinstance(value, str) else list(value)
        return [source.strip() for source in sources if source.strip()]
    text = str(value).strip()
    if name == "tag_pattern":
        return read_pattern(text).text
    if len(text) > _LONGEST.get(name, len(text)):
        raise Refused(
            say(
                "{name} has {n} letters; {longest} is the most.",
                name=name,
                n=len(text),
                longest=_LONGEST[name],
            ),
            code="setting_value",
        )
    if name == "site_address" and text and not _SITE.match(text):
        raise Refused(
            say("site_address is where the pages are, like https://evidence.example.org/."),
            code="setting_value",
        )
    if name in _ONE_OF and text not in _ONE_OF[name]:
        raise Refused(
            say("{name} is {one_of}.", name=name, one_of=" or ".join(_ONE_OF[name])),
            code="setting_value",
        )
    if name == "file_limit" and not (
        text.isascii() and text.isdigit() and 0 < int(text) <= 1_000_000
    ):
        raise Refused(
            say("file_limit is the most that one file may have, in megabytes: 1 to 1000000."),
            code="setting_value",
        )
    if name == "target_days" and not (text.isascii() and text.isdigit() and int(text) <= 3650):
        raise Refused(
            say("target_days is a whole number of days, 0 to 3650."), code="setting_value"
        )
    if name == "threshold" and not _THRESHOLD.match(text):
        raise Refused(
            say("threshold is a probability from 0 to 1, like 0.5."), code="setting_value"
        )
    return text
