"""`init`: make an office's home, with database, signing key and first checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import note, office_of, say
from fullfile.cli.explain import explain
from fullfile.core.errors import Refused

__all__ = ["add_to", "zone_of"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "init",
        help=explain(
            "Begin the record of an office: home, database, signing key.",
            "The signing key lies in the home's folder keys/, readable by you alone: put it in your "
            "backup. Keep the printed key and its fingerprint where others can find them: with it anybody can "
            "check your log. Exit status: 0 done, 2 could not be done.",
            examples=(
                'fullfile init --office "Example County" --jurisdiction us-nm',
                'fullfile --home /srv/office init --office "Metro" --jurisdiction us-nm',
            ),
        ),
    )(_init)


def _init(
    context: typer.Context,
    office: Annotated[str, typer.Option("--office", metavar="NAME", help="The office's name.")],
    jurisdiction: Annotated[
        str,
        typer.Option(
            "--jurisdiction",
            metavar="PACK",
            help="The pack of its law; `fullfile packs` lists them.",
        ),
    ],
    time_zone: Annotated[
        str | None,
        typer.Option(
            "--time-zone",
            metavar="ZONE",
            help="Where its days end, as in America/Denver. Needed where the pack has several.",
        ),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option(
            "--origin",
            metavar="NAME",
            help="The name of its log, as in prosecutor.example.org/log. Default: from the office's name.",
        ),
    ] = None,
    by: ByOption = None,
) -> None:
    home = office_of(context).home.absolute()
    zone = zone_of(jurisdiction, time_zone, home)
    from fullfile.server.actions.office import open_office

    vkey = open_office(home, office, jurisdiction, zone, origin, by=person(by), now_ms=now_ms())
    from fullfile.core.tlog import VerifierKey

    say(
        f"The office “{office.strip()}” has begun its record in {home}.\n"
        f"Days end in {zone}; the law is that of the pack {jurisdiction.strip()}.\n"
        f"Key: {vkey}\n"
        f"Fingerprint: {VerifierKey.parse(vkey).fingerprint}\n"
        "Give key and fingerprint to whoever shall check the log, and keep a copy of "
        f"{home / 'keys'} in a safe place.\n"
    )
    note("Next: fullfile import TABLE FILE --source NAME")
    note(
        "To work in a browser: fullfile serve. It prints a link, good once, for the first administrator."
    )


def zone_of(jurisdiction: str, time_zone: str | None, home: Path) -> str:
    """The zone in which the office's days end: the one given, or the pack's only one.

    Raises:
        Refused: there is no such zone, or it must be given.
    """
    from zoneinfo import available_timezones

    from fullfile.engines.packs.library import load_packs

    packs = load_packs(home if home.is_dir() else None)
    pack = packs.find(jurisdiction)
    if time_zone is not None:
        zone = time_zone.strip()
        if zone not in available_timezones():
            raise Refused(f"“{zone[:60]}” is no time zone: write one like America/Denver.")
        if pack is None:
            note(
                f"fullfile: No rules for {jurisdiction.strip()} are installed: the office's target is used, and "
                "each line says so."
            )
        return zone
    if pack is None:
        known = ", ".join(packs.by_id) or "none"
        raise Refused(
            f"There is no pack “{jurisdiction.strip()[:60]}”: those known are {known}. For a place without one, say "
            "where its days end with --time-zone; the office's target is then used."
        )
    if len(pack.time_zones) != 1:
        raise Refused(
            f"{pack.name} has more than one time zone: choose with --time-zone, one of "
            f"{', '.join(pack.time_zones)}."
        )
    return pack.time_zones[0]
