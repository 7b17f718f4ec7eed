"""`link`: which case an item belongs to; why; and what a person decides about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import Format, FormatOption, OutputOption, emit, emit_rich, say
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

    from fullfile.engines.linkage import Candidate
    from fullfile.server.actions.link import LinkRun

__all__ = ["add_to"]

_CSV = ("agency", "tag", "case_number", "rank", "probability", "reasons")
_ItemAgency = Annotated[str, typer.Argument(metavar="AGENCY", help="Who holds the item.")]
_ItemTag = Annotated[str, typer.Argument(metavar="TAG", help="Its tag.")]
_Case = Annotated[str, typer.Argument(metavar="CASE", help="The case number.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    group = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
    app.add_typer(
        group,
        name="link",
        help=explain(
            "Suggest the cases that items belong to whose number no case lists.",
            "Evidence is what item and case share: people, a number one slip away, words of an open request, "
            "links between cases. Its weights were set by hand, and the probabilities are not calibrated. What is "
            "suggested is recorded; a person decides. Exit status: 0 done, 2 could not be done.",
            examples=(
                "fullfile link",
                "fullfile link explain Sheriff DOC-001 D-0101-CR-2024-00013",
                "fullfile link accept Sheriff DOC-001 CASE --by 'R. Quillfeather'",
            ),
        ),
    )
    group.callback()(_run)
    group.command(
        "explain",
        help=explain(
            "Say why a case is suggested for an item: each reason with its weight.",
            "Bits are doublings of the odds. Exit status: 0 done, 2 could not be done.",
            examples=("fullfile link explain Sheriff DOC-001 D-0101-CR-2024-00013",),
        ),
    )(_explain)
    for decision, what in (
        ("accept", "The item belongs to the case: from now on it bears on it."),
        ("reject", "It does not; the suggestion comes back only with new facts."),
        ("ask", "Somebody has to find out; the question stays open, and so does the hold."),
    ):
        group.command(
            decision,
            help=explain(
                what,
                "Never by whoever booked the item. Exit status: 0 done, 2 could not be done.",
                examples=(
                    f"fullfile link {decision} Sheriff DOC-001 CASE --by 'R. Quillfeather' --reason TEXT",
                ),
            ),
        )(_decider(decision))


def _run(
    context: typer.Context,
    top: Annotated[
        int, typer.Option("--top", metavar="K", help="At most K cases for an item.")
    ] = 5,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="P", help="List those from this probability on.")
    ] = 0.0,
    every: Annotated[  # noqa: FBT002 - an option, not a positional argument
        bool, typer.Option("--all", help="Look at all the others too.")
    ] = False,
    by: ByOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    if context.invoked_subcommand is not None:
        return
    open_office(context)
    from fullfile.server.actions.link import run_link

    run = run_link(person(by), now_ms=now_ms(), top=top, every=every)
    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        emit(render_json(_as_json(run, threshold)), output)
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        rows = (
            [agency, tag, one.case, rank, one.probability, "; ".join(r.what for r in one.reasons)]
            for agency, tag, rank, one in _listed(run, threshold)
        )
        emit(render_csv(_CSV, rows), output)
    else:
        emit_rich(_text(run, threshold), output)


def _listed(run: LinkRun, threshold: float) -> Iterator[tuple[str, str, int, Candidate]]:
    for (agency, tag), candidates in run.found.items():
        for rank, candidate in enumerate(candidates, 1):
            if float(candidate.probability) >= threshold:
                yield agency, tag, rank, candidate


def _as_json(run: LinkRun, threshold: float) -> dict[str, object]:
    return {
        "model": {
            "name": run.model.name,
            "version": run.model.version,
            "digest": run.model.digest,
            "trained_on": run.model.trained_on,
        },
        "entry": run.entry,
        "looked_at": run.looked_at,
        "suggestions": [
            {
                "agency": agency,
                "tag": tag,
                "case_number": run.numbers[one.case],
                "rank": rank,
                "probability": float(one.probability),
                "steps": [{"on": day, "probability": float(p)} for day, p in one.steps],
                "reasons": [
                    {
                        "what": reason.what,
                        "weight": round(reason.weight, 3),
                        "item_side": reason.item_side,
                        "case_side": reason.case_side,
                        "on": reason.day or None,
                    }
                    for reason in one.reasons
                ],
            }
            for agency, tag, rank, one in _listed(run, threshold)
        ],
    }


def _text(run: LinkRun, threshold: float) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    shown = list(_listed(run, threshold))
    items = "item" if run.looked_at == 1 else "items"
    parts: list[RenderableType] = [
        Text(
            f"{run.looked_at} {items} looked at, {len(run.found)} with a suggestion. Entry {run.entry:,}.",
            style="bold",
        )
    ]
    last = None
    for agency, tag, _, one in shown:
        if (agency, tag) != last:
            parts += [Text(), Text(f"{agency} {tag}", style="bold")]
            last = (agency, tag)
        parts.append(Padding(Text(f"{one.probability}  {run.numbers[one.case]}"), (0, 0, 0, 2)))
        parts += [
            Padding(Text(f"{reason.weight:+.1f} bits: {reason.what}"), (0, 0, 0, 4))
            for reason in one.reasons
        ]
    parts += [
        Text(),
        Text(
            f"Model {run.model.name} {run.model.version}, trained on {run.model.trained_on}. A person decides: "
            "fullfile link accept|reject|ask AGENCY TAG CASE.",
            style="dim",
        ),
    ]
    return Group(*parts)


def _explain(
    context: typer.Context,
    agency: _ItemAgency,
    tag: _ItemTag,
    case: _Case,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    open_office(context)
    from fullfile.server.queries.link import explain_suggestion

    found = explain_suggestion(agency, tag, case)
    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        emit(render_json(found), output)
        return
    rows = [
        [one["weight"], one["what"], one["item_side"], one["case_side"], one["on"] or ""]
        for one in found["reasons"]
    ]
    if form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        emit(render_csv(("weight", "what", "item_side", "case_side", "on"), rows), output)
        return
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Bits", justify="right", header_style="bold")
    table.add_column("", no_wrap=True)
    table.add_column("Because", header_style="bold")
    for row in rows:
        table.add_row(f"{float(row[0]):+.1f}", "█" * max(1, round(float(row[0]))), str(row[1]))
    steps = "; ".join(
        f"{step['probability']} from {step['on'] or 'the first day'}" for step in found["steps"]
    )
    emit_rich(
        Group(
            Text(
                f"{agency} {tag}: {found['case_number']}, probability {found['probability']}",
                style="bold",
            ),
            Text(f"With the facts known by then: {steps}."),
            Text(),
            table,
            Text(),
            Text(
                "Each bit doubles the odds; a name that many cases share weighs less. "
                f"Before any evidence: {found['prior_bits']} bits.",
                style="dim",
            ),
        ),
        output,
    )


def _decider(decision: str) -> Callable[..., None]:
    def decide(
        context: typer.Context,
        agency: _ItemAgency,
        tag: _ItemTag,
        case: _Case,
        by: ByOption = None,
        reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    ) -> None:
        open_office(context)
        from fullfile.server.actions.link import decide_link

        index = decide_link(
            decision, agency, tag, case, by=person(by), reason=reason, now_ms=now_ms()
        )
        say(f"Recorded as entry {index:,}: {decision} {case} for {agency} {tag}.")

    return decide
