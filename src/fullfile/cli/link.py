"""`link`: which case an item belongs to; why; and what a person decides about it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import Format, FormatOption, OutputOption, emit, emit_rich, say, steps
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office

if TYPE_CHECKING:
    from collections.abc import Callable

    from fullfile.server.actions.link import LinkRun

__all__ = ["add_to"]


class Engine(StrEnum):
    """Where the joins run."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class PageFormat(StrEnum):
    """How an explanation is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    VEGA = "vega"


_SHOWN = 200
"""Items shown on a screen; --output and the other formats have all."""
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
            "Evidence is what item and case share: persons, a number one slip away, marks, places, days, words, open "
            "requests, links between cases; each weighs by its rarity. The first run of an office that has enough of its "
            "own to learn from learns its weights, --train learns them anew; both are recorded. What is suggested is "
            "recorded too; a person decides. Exit status: 0 done, 2 could not be done.",
            examples=(
                "fullfile link",
                "fullfile link --train --top 3 --threshold 0.2",
                "fullfile link --item Sheriff DOC-001",
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
            "The chance before any evidence, and what each reason makes of it. Exit status: 0 done, 2 could not be done.",
            examples=(
                "fullfile link explain Sheriff DOC-001 D-0101-CR-2024-00013",
                "fullfile link explain Sheriff DOC-001 CASE --format html --output why.html",
            ),
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
        int, typer.Option("--top", metavar="K", min=1, help="At most K cases for an item.")
    ] = 5,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="P", help="List those from this probability on.")
    ] = 0.0,
    every: Annotated[  # noqa: FBT002 - an option, not a positional argument
        bool, typer.Option("--all", help="Look at all the others too.")
    ] = False,
    train: Annotated[  # noqa: FBT002 - an option, not a positional argument
        bool, typer.Option("--train", help="Learn this office's own weights first.")
    ] = False,
    item: Annotated[
        tuple[str, str] | None,
        typer.Option("--item", metavar="AGENCY TAG", help="Look at one item only, as at booking."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Where the joins run; the answer is the same.")
    ] = Engine.DUCKDB,
    by: ByOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    if context.invoked_subcommand is not None:
        return
    open_office(context)
    from fullfile.engines.report.link_data import suggestions_as_csv, suggestions_as_json
    from fullfile.engines.report.link_text import render_suggestions_text
    from fullfile.server.actions.link import run_link

    with steps() as tell:
        run = run_link(
            person(by),
            now_ms=now_ms(),
            top=top,
            every=every,
            only=item,
            train=train,
            engine=engine.value,
            tell=tell,
        )
    if run.learned:
        say(f"Learned from {run.learned}.")
    data = _listed(run, threshold)
    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        emit(render_json(suggestions_as_json(data)), output)
    elif form is Format.CSV:
        emit(suggestions_as_csv(data), output)
    else:
        emit_rich(render_suggestions_text(data, limit=None if output else _SHOWN), output)


def _listed(run: LinkRun, threshold: float) -> dict[str, object]:
    """The run as the reports tell it; suggestions below the threshold are left out."""
    items = []
    for (agency, tag), every in run.suggestions.items():
        suggestions = [
            {
                "case_number": one["case_number"],
                "probability": one["steps"][-1]["probability"],
                "rank": rank,
                "reasons": one["reasons"],
                "steps": one["steps"],
            }
            for rank, one in enumerate(every, 1)
            if float(one["steps"][-1]["probability"]) >= threshold
        ]
        if suggestions:
            items.append(
                {
                    "agency": agency,
                    "tag": tag,
                    "description": run.found.about.get((agency, tag), ""),
                    "suggestions": suggestions,
                }
            )
    return {
        "looked_at": run.found.looked_at,
        "suggested": len(run.suggestions),
        "entry": run.entry,
        "skipped": run.found.skipped,
        "model": {
            "name": run.model.name,
            "version": run.model.version,
            "digest": run.model.digest,
            "trained_on": run.model.trained_on,
        },
        "share": f"{run.found.share:.3f}",
        "new": run.new,
        "items": items,
    }


def _explain(
    context: typer.Context,
    agency: _ItemAgency,
    tag: _ItemTag,
    case: _Case,
    form: Annotated[
        PageFormat, typer.Option("--format", help="How the answer is written; html and vega too.")
    ] = PageFormat.TABLE,
    output: OutputOption = None,
) -> None:
    office = open_office(context)
    from fullfile.engines.report.data import render_json
    from fullfile.engines.report.link_data import explanation_as_csv, explanation_as_json
    from fullfile.engines.report.link_html import render_explanation_html
    from fullfile.engines.report.link_picture import explanation_picture
    from fullfile.engines.report.link_text import render_explanation_text
    from fullfile.server.queries.link import explain_suggestion

    del office
    found = explain_suggestion(agency, tag, case)
    if form is PageFormat.JSON:
        emit(render_json(explanation_as_json(found)), output)
    elif form is PageFormat.CSV:
        emit(explanation_as_csv(found), output)
    elif form is PageFormat.HTML:
        emit(render_explanation_html(found), output)
    elif form is PageFormat.VEGA:
        emit(render_json(explanation_picture(found)), output)
    else:
        emit_rich(render_explanation_text(found), output)


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
