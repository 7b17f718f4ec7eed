"""Every command as one Markdown page, from the command line itself, for the manual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["render_reference"]


def render_reference() -> str:
    """The page of all commands: what each does, its parameters, its examples."""
    from typer.main import get_command

    from fullfile.cli.main import app

    root = get_command(app)
    parts = ["# Commands\n", _help(root), "## Before the command\n", *_parameters(root)]
    for path, command in _commands(root, "fullfile"):
        arguments = [_argument(one) for one in command.params if one.param_type_name == "argument"]
        usage = " ".join([path, "[OPTIONS]", *arguments])
        parts.extend([f"## `{path}`\n", f"```text\n{usage}\n```\n", _help(command)])
        parts.extend(_parameters(command))
    return "\n".join(parts).rstrip() + "\n"


def _commands(group: Any, path: str) -> Iterator[tuple[str, Any]]:  # Any: Typer's own command tree
    for name, command in group.commands.items():
        if command.hidden:
            continue
        whole = f"{path} {name}"
        if hasattr(command, "commands"):
            if command.invoke_without_command:  # a command by itself, and others below it
                yield whole, command
            yield from _commands(command, whole)
        else:
            yield whole, command


def _help(command: Any) -> str:  # Any: as above
    blocks = []
    for block in (command.help or "").split("\n\n"):
        if block.startswith("\b\n"):
            blocks.append(f"```console\n{_prompted(block.removeprefix(chr(8)).strip())}\n```")
        else:
            blocks.append(block)
    return "\n\n".join(blocks) + "\n"


def _prompted(lines: str) -> str:
    return "\n".join(
        f"$ {line}" if not line.startswith(" ") else line for line in lines.split("\n")
    )


def _parameters(command: Any) -> Iterator[str]:  # Any: as above
    rows = []
    for one in command.params:
        if one.name in {"help", "install_completion", "show_completion"} or getattr(
            one, "hidden", False
        ):
            continue
        if one.param_type_name == "argument":
            written = f"`{_argument(one)}`"
        else:
            names = " ".join(
                [*one.opts, *([one.metavar] if one.metavar and not one.is_flag else [])]
            )
            written = f"`{names}`"
        needed = "yes" if one.required else ""
        meaning = " ".join((one.help or "").split())
        cells = (cell.replace("|", "\\|") for cell in (written, needed, meaning))
        rows.append(f"| {' | '.join(cells)} |")
    if rows:
        yield "| parameter | required | meaning |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"


def _argument(one: Any) -> str:  # Any: as above
    name = str(one.metavar or one.name).upper()
    many = "..." if one.nargs == -1 and not name.endswith("...") else ""
    return f"{name}{many}" if one.required else f"[{name}{many}]"
