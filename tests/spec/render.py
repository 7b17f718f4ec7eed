"""Scenarios as a page of the manual, readable without the files they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.spec.reading import FIRST, SOURCE, Import, Look, Scenario, Topic, read_table, read_topics

__all__ = ["scenarios_page"]

_HEAD = """# What the match means: scenarios

Each scenario is a small history and what Fullfile must say of it on a day. They are tests, run
on every change. Names and numbers are invented. New Mexico's rules stand for any pack; what is said of them
is in [](packs.md), with its check marks. Nothing here is legal advice.

How to read one: the tables are rows as an office would import them (see [](tables.md)); what is given
stands at the head of each topic and holds for all of its scenarios. Then a day (`--on`) and the lines that come out: `state` is
the first state that applies, `also` names the others. Lines `unanswered` are shown only where a scenario is
about them. What the states mean is in [](states.md); how each is worked out, in
[](../explanation/the-match.md).

"""


def scenarios_page() -> str:
    """The whole page, as Markdown."""
    return _HEAD + "".join(_topic(topic) for topic in read_topics())


def _topic(topic: Topic) -> str:
    text = f"## {topic.title}\n\n> {topic.contract}\n\n{topic.given}\n\n"
    if topic.rows:
        text += "Given:\n\n" + _rows(topic.rows)
    return text + "".join(_scenario(one, topic) for one in topic.scenarios)


def _scenario(scenario: Scenario, topic: Topic) -> str:
    text = f"### {scenario.title}\n\n"
    if scenario.story:
        text += f"{scenario.story}\n\n"
    if scenario.by_hand:
        text += "An import refuses such rows; a record may hold them all the same.\n\n"
    left_out = [name for name in scenario.without if name in topic.rows]
    if left_out and len(left_out) == len(topic.rows):
        text += "Without the given rows.\n\n"
    elif left_out:
        text += f"Without the given rows of {_listed(f'`{name}`' for name in left_out)}.\n\n"
    for setting in scenario.settings:
        text += (
            f"From {setting['from']} the office's `{setting['name']}` is {setting['value']}.\n\n"
        )
    if scenario.rank:
        text += f"Sources are ranked: {_listed(f'`{name}`' for name in scenario.rank)}.\n\n"
    if scenario.own or len(scenario.imports) > 1:
        text += _import(scenario.imports[0], scenario.own, first=len(scenario.imports) == 1)
        text += "".join(_import(one, one.rows, first=False) for one in scenario.imports[1:])
    elif scenario.imports[0].at != FIRST:
        text += f"Recorded {scenario.imports[0].at}.\n\n"
    return text + "".join(_look(look) for look in scenario.looks)


def _import(one: Import, rows: Mapping[str, str], *, first: bool) -> str:
    where = []
    if one.source != SOURCE:
        where.append(f"from the source `{one.source}`")
    if not first or one.at != FIRST:
        where.append(f"recorded {one.at}")
    return (f"Rows {', '.join(where)}:\n\n" if where else "") + _rows(rows)


def _rows(rows: Mapping[str, str]) -> str:
    text = ""
    for name, table in rows.items():
        found = read_table(table)
        columns = [column for column in found[0] if any(row[column] for row in found)]
        head = [f"`{name}`: {columns[0]}", *columns[1:]]
        text += _table(head, [[row[column] for column in columns] for row in found])
    return text


def _look(look: Look) -> str:
    asked = f"`--on {look.on}`" + (f" `--as-of {look.as_of}`" if look.as_of else "")
    if not look.expect:
        return f"{asked}: no line.\n\n"
    columns = list(look.expect[0])
    rows = [[_cell(row[column]) for column in columns] for row in look.expect]
    text = f"{asked}:\n\n" + _table(columns, rows)
    for name, words in look.says.items():
        text += f"The line of {name} says " + _quoted(words)
    for name, words in look.silent.items():
        text += f"The line of {name} does not say " + _quoted(words)
    return text


def _quoted(words: Iterable[str]) -> str:
    return _listed(f"“{one.rstrip('.')}”" for one in words) + ".\n\n"


def _cell(text: str) -> str:
    return text.replace(";", ", ") if text else "–"


def _listed(parts: Iterable[str]) -> str:
    found = list(parts)
    return " and ".join(found) if len(found) < 3 else ", ".join(found[:-1]) + " and " + found[-1]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = (" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines)
    return "".join(f"| {line} |\n" for line in cells) + "\n"
