"""`packs`: the jurisdictions known, with check marks; try a pack's worked cases; adopt what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import (
    Format,
    FormatOption,
    OutputOption,
    emit,
    emit_rich,
    note,
    office_of,
    say,
)
from fullfile.cli.explain import explain

if TYPE_CHECKING:
    from pathlib import Path

    from fullfile.core.rules import Pack, Rule
    from fullfile.engines.packs import Calendars, Packs
    from fullfile.engines.report.packs import PackNote

__all__ = ["add_to"]

_CSV = (
    "pack",
    "version",
    "reviewed_on",
    "rule",
    "cite",
    "title",
    "duty",
    "owes",
    "to",
    "period",
    "method",
    "direction",
    "roll",
    "check",
)


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""

    @app.command(
        "packs",
        help=explain(
            "List the jurisdictions known, and how far their rules were read.",
            "A pack in the home's own folder packs/ stands in place of the shipped one. An office uses the packs "
            "that it has adopted: those known when it was opened, and what --adopt takes up since. --check "
            "tries the worked cases that lie beside the rules. Exit status: 0 done, 1 where a pack or calendar has a "
            "mistake or a worked case fails. Nothing here is legal advice.",
            examples=(
                "fullfile packs",
                "fullfile packs us-nm",
                "fullfile packs us-nm --check",
                "fullfile packs --adopt --by 'R. Quillfeather'",
            ),
        ),
    )
    def command(
        context: typer.Context,
        pack: Annotated[
            str | None, typer.Argument(metavar="PACK", help="One pack, with all that it says.")
        ] = None,
        check: Annotated[  # noqa: FBT002 - an option, not a positional argument
            bool, typer.Option("--check", help="Try the worked cases beside the rules.")
        ] = False,
        adopt: Annotated[  # noqa: FBT002 - likewise
            bool, typer.Option("--adopt", help="Use what is new or changed from now on.")
        ] = False,
        by: ByOption = None,
        form: FormatOption = Format.TABLE,
        output: OutputOption = None,
    ) -> None:
        from fullfile.engines.packs import load_calendars, load_packs

        if adopt:
            _adopt(context, by)
            return
        home = office_of(context).home
        known, calendars = load_packs(home), load_calendars(home)
        problems = (*known.problems, *calendars.problems)
        chosen = [known.get(pack)] if pack is not None else list(known)
        failed = False
        if check:
            failed = _check(chosen, calendars, home)
        else:
            _show(context, known, calendars, chosen, form, output, one=pack is not None)
        for problem in problems:
            note(f"fullfile: {problem}")
        if problems or failed:
            raise typer.Exit(1)


def _show(
    context: typer.Context,
    known: Packs,
    calendars: Calendars,
    chosen: list[Pack],
    form: Format,
    output: Path | None,
    *,
    one: bool,
) -> None:
    from fullfile.engines.report.packs import render_pack, render_packs

    if form is Format.JSON:
        from fullfile.core.rules import pack_as_json
        from fullfile.engines.report.data import render_json

        emit(
            render_json(
                {
                    "packs": [pack_as_json(each) for each in chosen],
                    "calendars": [
                        {
                            "id": each.id,
                            "version": each.version or None,
                            "years": [year.year for year in each.years],
                        }
                        for each in calendars.by_id.values()
                    ],
                    "problems": [
                        str(problem) for problem in (*known.problems, *calendars.problems)
                    ],
                }
            ),
            output,
        )
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        emit(
            render_csv(_CSV, (_cells(each, rule) for each in chosen for rule in each.rules)), output
        )
    elif one:
        emit_rich(render_pack(chosen[0]), output)
    else:
        emit_rich(render_packs(chosen, _notes(context, chosen)), output)


def _cells(pack: Pack, rule: Rule) -> list[object]:
    return [
        pack.id,
        pack.version,
        pack.reviewed_on.isoformat() if pack.reviewed_on else "",
        rule.id,
        rule.cite,
        rule.title,
        rule.duty,
        rule.owes,
        rule.to,
        str(rule.period or rule.period_words),
        str(rule.method),
        rule.direction,
        rule.roll,
        rule.check,
    ]


def _notes(context: typer.Context, packs: list[Pack]) -> dict[str, PackNote]:
    """How each pack stands in the office; nothing where there is no office."""
    from fullfile.cli.office import open_office
    from fullfile.core.errors import NotFound
    from fullfile.engines.report.packs import PackNote

    try:
        open_office(context)
    except NotFound:
        return {}
    from fullfile.server.store.adoptions import list_adopted
    from fullfile.server.store.load import current_size

    in_use = {one.name: one for one in list_adopted(current_size()) if one.kind == "pack"}
    notes = {}
    for pack in packs:
        adopted = in_use.get(pack.id)
        if adopted is None:
            words = "not adopted in this office (fullfile packs --adopt)"
        elif adopted.digest == pack.digest:
            words = ""
        else:
            words = f"in use as adopted with entry {adopted.entry:,}; changed since (fullfile packs --adopt)"
        notes[pack.id] = PackNote(words)
    return notes


def _adopt(context: typer.Context, by: str | None) -> None:
    from fullfile.cli.office import open_office

    open_office(context)
    from fullfile.server.actions.office import adopt_law

    drafts = adopt_law(person(by), now_ms=now_ms())
    for draft in drafts:
        kind = draft.type.partition(".")[0]
        say(f"Adopted the {kind} {draft.data[kind]}, version {draft.data['version'] or 'unnamed'}.")
    if not drafts:
        say("Everything known is in use already.")


def _check(packs: list[Pack], calendars: Calendars, home: Path) -> bool:
    """Try the worked cases of packs; whether one failed or is missing."""
    from fullfile.engines.packs import check_cases, read_cases, shipped_folder
    from fullfile.engines.packs.provision_cases import check_provision_cases, read_provision_cases
    from fullfile.engines.packs.tables import PackProblem

    failed = False
    for pack in packs:
        base = shipped_folder() if pack.origin == "shipped" else home / "packs"
        problems: list[PackProblem] = []
        cases = read_cases(base / pack.id, problems=problems)
        others = read_provision_cases(base / pack.id, problems=problems)
        results, gaps = check_cases(pack, cases, calendars.by_id)
        more, further = check_provision_cases(pack, others, calendars.by_id)
        wrong = [
            *(str(problem) for problem in problems),
            *(
                f"{one.case.rule}, “{one.case.name}”: {'; '.join(one.wrong)}"
                for one in results
                if one.wrong
            ),
            *(f"{pack.id}, “{one.case.name}”: {'; '.join(one.wrong)}" for one in more if one.wrong),
            *gaps,
            *further,
        ]
        count = len(results) + len(more)
        say(f"{pack.id}: {count} worked {'case' if count == 1 else 'cases'}, {len(wrong)} to mend.")
        for words in wrong:
            say(f"  {words}")
        failed = failed or bool(wrong)
    return failed
