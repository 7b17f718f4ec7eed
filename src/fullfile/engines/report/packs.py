"""Packs for a reader at a terminal: what is known, how far it was read, and whether it is in use.

Everything that a pack says stands with its citation and its check mark; what was not read
is listed apart, so that a lawyer sees at once where to begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fullfile.core.rules import Pack, Rule

__all__ = ["MARKS", "PackNote", "marks_of", "render_pack", "render_packs", "statements"]

MARKS = {"text": "read", "part": "read in part", "unread": "not read"}


@dataclass(frozen=True, slots=True)
class PackNote:
    """How a pack stands in an office: empty where it is in use as it stands."""

    words: str


def marks_of(pack: Pack) -> Counter[str]:
    """How many statements of a pack were read, read in part and not read."""
    return Counter(check for _, _, check in statements(pack))


def statements(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Every legal statement: what it is, its citation, its mark."""
    yield from (("authority", one.cite, one.check) for one in pack.authorities)
    yield from (("rule", one.cite, one.check) for one in pack.rules)
    yield from ((f"ground {one.id}", one.cite, one.check) for one in pack.grounds)
    if pack.jeopardy is not None:
        yield "jeopardy", pack.jeopardy.cite, pack.jeopardy.check
    yield from ((f"ruling {one.id}", one.cite, one.check) for one in pack.rulings)
    if pack.dismissals is not None:
        yield "earlier dismissals", pack.dismissals.cite, pack.dismissals.check
    if pack.other_sovereign is not None:
        yield "other sovereign", pack.other_sovereign.cite, pack.other_sovereign.check
    yield from ((f"remedy {one.id}", one.cite, one.check) for one in pack.remedies)
    for limit in pack.limitation:
        yield f"limitation {limit.id}", limit.cite, limit.check
        yield from ((f"tolling {one.id}", one.cite, one.check) for one in limit.tolling)
    yield from ((f"window {one.id}", one.cite, one.check) for one in pack.windows)
    yield from ((f"keeping {one.id}", one.cite, one.check) for one in pack.preservation)
    yield from ((f"paper {one.id}", one.cite, one.check) for one in pack.papers)


def render_packs(packs: Iterable[Pack], notes: Mapping[str, PackNote]) -> RenderableType:
    """All packs, one line each."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Pack", "Jurisdiction", "Version", "Reviewed"):
        table.add_column(name, header_style="bold", no_wrap=name != "Jurisdiction")
    for name in ("Rules", "Read", "Part", "Unread"):
        table.add_column(name, justify="right", header_style="bold")
    for pack in packs:
        marks = marks_of(pack)
        cells = [
            pack.id,
            pack.name,
            pack.version,
            pack.reviewed_on.isoformat() if pack.reviewed_on else "never",
            str(len(pack.rules)),
            str(marks["text"]),
            str(marks["part"]),
            str(marks["unread"]),
        ]
        table.add_row(*cells)
    return Group(
        table,
        *_noted(notes),
        Text(),
        Text(
            "Read, in part, unread: how far the words of the law were compared, statement by statement. "
            "fullfile packs PACK shows them. Nothing here is legal advice.",
            style="dim",
        ),
    )


def _noted(notes: Mapping[str, PackNote]) -> list[RenderableType]:
    """What is not in use as it stands, below the table."""
    if not notes:
        return []
    found = [Text(f"{name}: {note.words}") for name, note in notes.items() if note.words]
    return [Text(), *(found or [Text("All of them are in use in this office as they stand.")])]


def render_pack(pack: Pack) -> RenderableType:
    """One pack, with all that it says."""
    reviewed = pack.reviewed_on.isoformat() if pack.reviewed_on else "never"
    parts: list[RenderableType] = [
        Text(f"{pack.name} ({pack.id}), version {pack.version}", style="bold"),
        Text(
            f"Reviewed {reviewed}. Calendar {pack.calendar}. Time zones: {', '.join(pack.time_zones)}."
        ),
    ]
    parts += _section("Rules", (_rule(rule) for rule in pack.rules))
    parts += _section(
        "Grounds for withholding",
        (
            (
                f"{one.id}  {one.cite}",
                one.check,
                f"order: {one.order}; announcement: {one.announce}",
            )
            for one in pack.grounds
        ),
    )
    if pack.jeopardy is not None:
        one = pack.jeopardy
        parts += _section("Jeopardy", [(one.cite, one.check, one.says)])
    parts += _section(
        "What a ruling does to the same charge",
        (
            (f"{_plain(one.event)}: {one.answer}  {one.cite}", one.check, one.says)
            for one in pack.rulings
        ),
    )
    if pack.dismissals is not None:
        bar = pack.dismissals
        parts += _section("Earlier dismissals", [(bar.cite, bar.check, bar.says)])
    if pack.other_sovereign is not None:
        other = pack.other_sovereign
        parts += _section("Another sovereign", [(other.cite, other.check, other.says)])
    parts += _section(
        "How long a charge may be brought",
        (
            (f"{one.id}: {one.period or 'no limitation'}  {one.cite}", one.check, one.says)
            for one in pack.limitation
        ),
    )
    parts += _section(
        "After a conviction",
        ((f"{one.ground}  {one.cite}", one.check, one.says) for one in pack.windows),
    )
    parts += _section(
        "Keeping evidence",
        (
            (f"{one.material}  {one.cite}", one.check, f"{one.says} Until: {one.until}.")
            for one in pack.preservation
        ),
    )
    parts += _section(
        "What a court can do",
        ((f"{_plain(one.id)}  {one.cite}", one.check, one.says) for one in pack.remedies),
    )
    parts += _section(
        "Papers",
        (
            (f"{one.title}  {one.cite}", one.check, one.says or "Asked for by the law.")
            for one in pack.papers
        ),
    )
    unread = [f"{what}: {cite}" for what, cite, check in statements(pack) if check == "unread"]
    if unread:
        parts += [Text(), Text(f"Not read yet ({len(unread)})", style="bold")]
        parts += [Padding(Text(words), (0, 0, 0, 2)) for words in unread]
    parts += [Text(), Text(pack.not_legal_advice, style="dim")]
    return Group(*parts)


def _section(title: str, rows: Iterable[tuple[str, str, str]]) -> list[RenderableType]:
    found = list(rows)
    if not found:
        return []
    parts: list[RenderableType] = [Text(), Text(title, style="bold")]
    for head, check, says in found:
        line = Text(head)
        line.append(f"  [{MARKS.get(check, check)}]", style="dim")
        parts += [Text(), Padding(line, (0, 0, 0, 2)), Padding(Text(says), (0, 0, 0, 4))]
    return parts


def _rule(rule: Rule) -> tuple[str, str, str]:
    words = f"“{rule.period_words}”" if rule.period_words else "no number of days"
    period = str(rule.period) if rule.period else words
    starts = ", ".join(rule.trigger_events).replace("_", " ") or rule.trigger_words
    says = (
        f"{rule.title}. {rule.owes} to {rule.to}: {period} {rule.direction} {starts}, "
        f"counted by {rule.method}."
    )
    others = [
        f"{variant.period} for a defendant {_plain(variant.status)}" for variant in rule.variants
    ]
    says += f" But {', '.join(others)}." if others else ""
    until = f" Until {rule.effective_to}." if rule.effective_to else ""
    return rule.id, rule.check, f"{says} In force from {rule.effective_from}.{until}"


def _plain(word: str) -> str:
    return word.replace("_", " ")
