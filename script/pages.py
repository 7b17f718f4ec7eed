"""Writes the reference pages that are made from the code, or checks that they are current.

The registry of entry types, the import tables, the command line, the packs and
the scenarios of the match are the source; a page is never edited by hand. `--check` writes nothing and
fails where a page differs. A page whose source is not there yet is left out.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pack_docs import pack_pages
from spec_docs import match_scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "reference"
MADE = "<!-- Made by script/docs from {source}; edit that, not this page. -->\n\n"
KINDS = {
    "text": "text",
    "name": "name",
    "number": "number, kept as text",
    "when": "date or time, may be partial",
    "yes_no": "yes or no",
    "list": "list, `;` between",
    "quantity": "quantity, as it was said",
    "word": "one of a list",
}


def part_of_fullfile(name: str) -> ModuleType | None:
    """A module of Fullfile, or None where it is not there yet."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.startswith("fullfile"):
            return None
        raise


def cell(text: object) -> str:
    """Text that stays inside its cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([cell(value) for value in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines) + "\n"


def entry_types() -> str | None:
    """What may stand in the record."""
    types = part_of_fullfile("fullfile.core.entries.types")
    if types is None:
        return None
    text = "# Entry types\n\n" + MADE.format(source="fullfile.core.entries.types")
    text += (
        "Everything that Fullfile was told is an entry of one of these types. A type is a name and a\n"
        "version; an entry that was written stays as it was written.\n\n"
    )
    for kind in types.ENTRY_TYPES.values():
        origin = types.TABLE_OF_TYPE.get(kind.name)
        text += f"## `{kind.name}`\n\n{kind.says} Version {kind.version}.\n\n"
        if origin:
            text += f"Its data are the columns of [`{origin}`](tables.md#{origin}).\n\n"
        else:
            text += table(["field", "holds"], ((f"`{name}`", says) for name, says in kind.fields))
    return text


def tables() -> str | None:
    """What an import may contain."""
    module = part_of_fullfile("fullfile.core.entries.tables")
    if module is None:
        return None
    text = "# Import tables\n\n" + MADE.format(source="fullfile.core.entries.tables")
    text += (
        "Each table is a file with a header row: CSV, TSV, XLSX, Parquet or JSON lines. Columns that are\n"
        "not named here are kept with the entry. Any date may be partial: `2024`, `2024-03`,\n"
        "`before 2024-07-09`, `2024-02/2024-03-06`.\n\n"
        "The *key* says which row is meant when a source sends it again: the same key with other values\n"
        "is a correction. Where a source has a column `row_id`, that is the key.\n\n"
    )
    for name, one in module.TABLES.items():
        says = (module.ROW_TYPES[name].__doc__ or "").split("\n\n")[0]
        text += (
            f"## {name}\n\n{says}\n\nIt becomes the entry [`{one.entry_type}`](entry-types.md).\n"
        )
        for group in one.one_of:
            text += (
                f"At least one of {', '.join(f'`{column}`' for column in group)} must be filled.\n"
            )
        text += "\n" + table(
            ["column", "required", "key", "holds"],
            (
                (
                    f"`{column.name}`",
                    "yes" if column.required else "",
                    "yes" if column.key else "",
                    KINDS[column.kind.value]
                    + (
                        ": " + ", ".join(f"`{word}`" for word in column.words)
                        if column.words
                        else ""
                    ),
                )
                for column in one.columns
            ),
        )
    return text


def commands() -> str | None:
    """What can be typed."""
    module = part_of_fullfile("fullfile.cli.main")
    if module is None:
        return None
    from typer.main import get_command

    root: Any = get_command(module.app)  # the type of Typer's own command tree is not public
    text = "# Commands\n\n" + MADE.format(source="fullfile.cli") + paragraphs(root.help)
    text += parameters(root)
    return text + "".join(command_sections(root, "fullfile"))


def command_sections(group: Any, path: str) -> Iterable[str]:  # Any: as above
    """A section for each command, and for those below it."""
    for name, command in group.commands.items():
        if command.hidden:
            continue
        whole = f"{path} {name}"
        usage = " ".join(piece for piece in (whole, *metavars(command)) if piece)
        yield f"## `{whole}`\n\n```console\n$ {usage}\n```\n\n"
        yield paragraphs(command.help) + parameters(command)
        if hasattr(command, "commands"):
            yield from command_sections(command, whole)


def metavars(command: Any) -> Iterable[str]:  # Any: as above
    """How the arguments of a command are written in its usage line."""
    if any(one.param_type_name == "option" and one.name != "help" for one in command.params):
        yield "[OPTIONS]"
    for one in command.params:
        if one.param_type_name == "argument":
            shown = (one.metavar or one.name).upper() + ("..." if one.nargs == -1 else "")
            yield shown if one.required else f"[{shown}]"
    if hasattr(command, "commands"):
        yield "COMMAND"


def paragraphs(text: str | None) -> str:
    """The help of a command as Markdown: paragraphs, without the form feed of `\\b`."""
    blocks = [block.strip("\n") for block in (text or "").replace("\b\n", "").split("\n\n")]
    shown = []
    for block in blocks:
        example = block.lstrip().startswith(("fullfile ", "$ "))
        shown.append(f"```console\n{block}\n```" if example else block)
    return "\n\n".join(shown) + "\n\n" if text else ""


def parameters(command: Any) -> str:  # Any: as above
    """The options and arguments of a command as a table."""
    rows = []
    for one in command.params:
        if one.name in {"help", "install_completion", "show_completion"} or getattr(
            one, "hidden", False
        ):
            continue
        if one.param_type_name == "argument":
            written = f"`{(one.metavar or one.name).upper()}`"
        else:
            written = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
        rows.append((written, "yes" if one.required else "", one.help or ""))
    return table(["parameter", "required", "meaning"], rows) if rows else ""


def api_document() -> dict[str, Any] | None:  # Any: a document of OpenAPI
    """The API described, from its operations; they need Django, and no office."""
    if part_of_fullfile("fullfile.server.settings") is None:
        return None
    with tempfile.TemporaryDirectory() as home:
        settings: Any = importlib.import_module("fullfile.server.settings")
        settings.configure(Path(home), "", pages=True)
        office = part_of_fullfile("fullfile.server.web.api.office")
        return None if office is None else office.document()


def api_as_json() -> str | None:
    """What programs read: OpenAPI 3.1, one operation or shape in a line, so that a change of one is a line."""
    found = api_document()
    return None if found is None else spread(found, 3)


def spread(value: Any, levels: int) -> str:  # Any: a part of a document
    """JSON with so many levels one under another, and each below in one line."""
    if not levels or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    parts = (f"{json.dumps(name)}: {spread(one, levels - 1)}" for name, one in value.items())
    return "{\n" + ",\n".join(parts) + "\n}"


def api_operations() -> str | None:
    """What people read: every operation with its right."""
    found = api_document()
    if found is None:
        return None
    text = "# The API\n\n" + MADE.format(source="fullfile.server.web.api")
    text += (
        "Every operation below `/api/v1`, with the scope that a token needs. Shapes stand in `api.json` beside\n"
        "this page (OpenAPI 3.1), which an office also answers at `/api/v1/openapi.json`. How to begin:\n"
        "[](../how-to/use-the-api.md).\n\n"
    )
    rows: dict[str, list[tuple[str, str, str, str]]] = {}
    for path, operations in found["paths"].items():
        for method, one in operations.items():
            address = path.removeprefix("/api/v1")
            says = one.get("description", one["summary"]).split("\n\n")[0]
            rows.setdefault(one["tags"][0], []).append(
                (method.upper(), f"`{address}`", f"`{one['x-right']}`", says)
            )
    for about, several in rows.items():
        text += f"## {about}\n\n" + table(["method", "address", "scope", "what it does"], several)
    return text


PAGES: dict[str, Callable[[], str | None]] = {
    "api.json": api_as_json,
    "api.md": api_operations,
    "entry-types.md": entry_types,
    "tables.md": tables,
    "commands.md": commands,
    "match-scenarios.md": match_scenarios,
}


def main() -> int:
    """Write the pages; or, with `--check`, name those that are not current."""
    os.environ.update(COLUMNS="100", NO_COLOR="1", TERM="dumb")
    check = "--check" in sys.argv[1:]
    stale = []
    pages = {name: make() for name, make in PAGES.items()} | pack_pages(table)
    for name, made in pages.items():
        if made is None:
            continue
        text = made.rstrip("\n") + "\n"
        page = PLACE / name
        page.parent.mkdir(exist_ok=True)
        if page.is_file() and page.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not check:
            page.write_text(text, "utf-8")
    for name in stale:
        print(
            f"docs/reference/{name} {'is not current; run script/docs.' if check else 'written.'}"
        )
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
