"""`bench link`: how well suggestions find the true cases, on counties whose truth is known."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.console import Format, FormatOption, OutputOption, emit, emit_rich, note, progress
from fullfile.cli.explain import explain
from fullfile.core.errors import Refused

if TYPE_CHECKING:
    from fullfile.cli.county_runs import CountyRun, Plan

__all__ = ["add_to"]

_CASES, _ITEMS = 2_000, 27_000
_SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
_ENGINES = ("duckdb", "spark")


def add_to(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
    app.add_typer(
        group,
        name="bench",
        help=explain(
            "Measure what Fullfile does, on made-up offices or on your own.",
            "It works in temporary homes and touches no office. Exit status: 0 done, 2 could not be done.",
            examples=("fullfile bench link",),
        ),
    )
    group.command(
        "link",
        help=explain(
            "Measure how well `link` finds the cases of orphans whose truth is known.",
            "Makes counties from seeds, imports them into homes of their own, runs `link` and holds its suggestions "
            "against the truth, beside a plain TF-IDF search over the same words: recall, precision, calibration, "
            "what a person reads for each find, time and memory. The counties share no names, words or rules with "
            "the model.",
            "--from takes a folder with the import tables of a real or made-up county and a truth.csv (agency, tag, "
            "case_number, kind; without a case number the item belongs to no case). It is read, and copied nowhere "
            "but into a temporary home. Exit status: 0 done, 2 could not be done.",
            examples=(
                "fullfile bench link",
                "fullfile bench link --seeds 1,2,3 --noise usual,noisy,sparse --train",
                "fullfile bench link --from county/ --format json --output figures.json",
                "fullfile bench link --growth --items 100000",
            ),
        ),
    )(_link)


def _link(
    seeds: Annotated[
        str, typer.Option("--seeds", metavar="N,N…", help="One county for each seed and noise.")
    ] = "1",
    noise: Annotated[
        str,
        typer.Option(
            "--noise",
            metavar="NAME,…",
            help="How rough the counties are; “all” takes every one there is.",
        ),
    ] = "usual",
    cases: Annotated[
        int | None,
        typer.Option("--cases", metavar="N", help="Cases of a county. [default: 2000]"),
    ] = None,
    items: Annotated[
        int | None,
        typer.Option("--items", metavar="N", help="Items of a county. [default: 27000]"),
    ] = None,
    train: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool, typer.Option("--train", help="Let `link` learn from the county's filed items first.")
    ] = False,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="duckdb|spark", help="Where `link` computes.")
    ] = None,
    origin: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="DIR", help="Import tables and truth.csv of a county to measure on."
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep", metavar="DIR", help="Keep counties, homes and suggestions in this folder."
        ),
    ] = None,
    growth: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool,
        typer.Option(
            "--growth",
            help="Instead: 10,000, 30,000, 100,000, 300,000 and 1,000,000 items (as far as --items), ten to a case.",
        ),
    ] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    from fullfile.cli.county_runs import run_county

    if engine is not None and engine not in _ENGINES:
        raise Refused(f"--engine is duckdb or spark, not “{engine}”.")
    plans = _plans(
        seeds, noise, cases, items, train=train, engine=engine, origin=origin, growth=growth
    )
    runs: list[CountyRun] = []
    with ExitStack() as stack:
        show = stack.enter_context(progress())
        for done, plan in enumerate(plans):
            show("Counties", done, len(plans))
            if keep is not None:
                place = keep / plan.name.replace(" ", "-")
                if place.exists():
                    raise Refused(f"{place} is there already: name another folder with --keep.")
                runs.append(run_county(plan, place))
            else:
                with tempfile.TemporaryDirectory(prefix="fullfile-bench-") as scratch:
                    runs.append(run_county(plan, Path(scratch)))
    _warn(runs)
    _show(runs, form, output)


def _plans(
    seeds: str,
    noise: str,
    cases: int | None,
    items: int | None,
    *,
    train: bool,
    engine: str | None,
    origin: Path | None,
    growth: bool,
) -> list[Plan]:
    """The counties that are asked for.

    Raises:
        Refused: a seed is no number, there is no such noise, or a county would be empty.
    """
    from fullfile.cli.county_runs import Plan

    if origin is not None:
        if growth:
            raise Refused("--growth makes its own counties: leave out --from.")
        name = origin.resolve().name or "county"
        return [Plan(name, directory=origin, train=train, engine=engine)]
    numbers, names = _seeds(seeds), _noises(noise)
    if growth:
        sizes = [size for size in _SIZES if size <= (items or _SIZES[-1])]
        if not sizes:
            raise Refused(f"--growth begins with {_SIZES[0]:,} items: --items must not be less.")
        return [
            Plan(
                f"{size:,} items",
                names[0],
                numbers[0],
                size // 10,
                size,
                train=train,
                engine=engine,
                bulk=True,
            )
            for size in sizes
        ]
    many, held = _CASES if cases is None else cases, _ITEMS if items is None else items
    if many < 10 or held < 5 * many // 2:
        raise Refused(
            f"{many:,} cases and {held:,} items make no county: take at least 10 cases, and 2.5 items for each."
        )
    return [
        Plan(f"{name} {seed}", name, seed, many, held, train=train, engine=engine)
        for name in names
        for seed in numbers
    ]


def _seeds(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isdecimal() for part in parts):
        raise Refused(f"--seeds takes whole numbers, such as 1,2,3; found “{text}”.")
    return [int(part) for part in dict.fromkeys(parts)]


def _noises(text: str) -> list[str]:
    from fullfile.engines.counties import PRESETS

    parts = [part.strip() for part in text.split(",") if part.strip()]
    if parts == ["all"]:
        return list(PRESETS)
    unknown = [part for part in parts if part not in PRESETS]
    if unknown or not parts:
        raise Refused(
            f"--noise knows no “{unknown[0] if unknown else text}”; there are {', '.join(PRESETS)}, and all."
        )
    return list(dict.fromkeys(parts))


def _warn(runs: list[CountyRun]) -> None:
    outside = sum(run.link.outside for run in runs)
    if outside:
        note(
            f"{outside:,} suggestions are for items that bear on a case already; they count for nothing here."
        )


def _show(runs: list[CountyRun], form: Format, output: Path | None) -> None:
    from fullfile.cli.county_pages import ROW, as_growth, as_json, as_page, as_rows

    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        emit(render_json(as_json(runs)), output)
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        emit(render_csv(ROW, as_rows(runs)), output)
    else:
        emit_rich(as_growth(runs) if runs[0].plan.bulk else as_page(runs), output)
