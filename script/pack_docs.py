"""The pages about packs: one that lists them, one for each jurisdiction with all that it says.

Each page says that it is not legal advice, carries the check mark of every statement, and lists
apart what was not read, so that a lawyer sees where to begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fullfile.engines.packs import load_calendars, load_packs
from fullfile.engines.report.packs import marks_of, statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fullfile.core.rules import Calendar, Limitation, Pack, Rule

__all__ = ["pack_pages"]

MADE = "<!-- Made by script/docs from the packs; edit those, not this page. -->\n\n"
MARKS = {
    "text": "the words of the law were read",
    "part": "part of them was read; the rest is general knowledge",
    "unread": "general knowledge only: confirm before real use",
}


def pack_pages(table: Callable[[Iterable[str], Iterable[Iterable[object]]], str]) -> dict[str, str]:
    """Every page about packs, by its name below docs/reference."""
    packs = sorted(load_packs(), key=lambda pack: pack.id)
    calendars = load_calendars().by_id
    pages = {"packs.md": _index(packs, calendars.values(), table)}
    for pack in packs:
        pages[f"packs/{pack.id}.md"] = _Page(pack, calendars.get(pack.calendar), table).text()
    return pages


def _index(
    packs: list[Pack],
    calendars: Iterable[Calendar],
    table: Callable[[Iterable[str], Iterable[Iterable[object]]], str],
) -> str:
    text = "# Packs\n\n" + MADE
    text += (
        "A pack is the disclosure law of one jurisdiction, as data. **Nothing in it is legal advice.** Every legal\n"
        "statement carries a mark:\n\n"
        + "".join(f"- `{mark}`: {meaning}\n" for mark, meaning in MARKS.items())
        + "\nAn office can put a pack of its own, or a corrected one, into `packs/` of its home:\n"
        "[](../how-to/write-a-pack.md).\n\n"
    )
    rows = []
    for pack in packs:
        marks = marks_of(pack)
        rows.append(
            (
                f"[{pack.id}](packs/{pack.id}.md)",
                pack.name,
                pack.version,
                pack.reviewed_on or "never",
                len(pack.rules),
                marks["text"],
                marks["part"],
                marks["unread"],
            )
        )
    head = ["pack", "jurisdiction", "version", "reviewed", "rules", "read", "in part", "not read"]
    text += table(head, rows)
    text += "## Calendars\n\n" + table(
        ["calendar", "of", "years"],
        (
            (
                f"`{one.id}`",
                one.name,
                f"{min(year.year for year in one.years)} to {max(year.year for year in one.years)}"
                if one.years
                else "none",
            )
            for one in calendars
        ),
    )
    return text + "```{toctree}\n:hidden:\n:glob:\n\npacks/*\n```\n"


class _Page:
    """One jurisdiction."""

    def __init__(
        self,
        pack: Pack,
        calendar: Calendar | None,
        table: Callable[[Iterable[str], Iterable[Iterable[object]]], str],
    ) -> None:
        self.pack = pack
        self.calendar = calendar
        self.table = table

    def text(self) -> str:
        pack = self.pack
        reviewed = f"Reviewed {pack.reviewed_on}." if pack.reviewed_on else "Never reviewed."
        unread = [one for one in statements(pack) if one[2] != "text"]
        text = f"# {pack.id}: {pack.name}\n\n{MADE}"
        text += f"```{{warning}}\n{_flat(pack.not_legal_advice)}\n```\n\n"
        text += (
            f"Version {pack.version}, in force from {pack.effective_from}. {reviewed} "
            f"Calendar `{pack.calendar}`. {len(unread)} of {sum(marks_of(pack).values())} statements were read in "
            "part or not at all: [the list](#what-is-not-read-yet).\n\n"
        )
        text += self._courts() + "## Rules\n\n" + "".join(self._rule(rule) for rule in pack.rules)
        text += self._grounds() + self._rulings() + self._limitation() + self._after()
        text += self._papers() + self._authorities() + self._calendar()
        text += "## What is not read yet\n\n" + self.table(
            ["statement", "source", "mark"],
            ((what, cite, f"`{check}`") for what, cite, check in unread),
        )
        return text

    def _courts(self) -> str:
        return "## Courts\n\n" + self.table(
            ["word", "court", "note"],
            ((f"`{one.id}`", one.name, one.note) for one in self.pack.court_levels),
        )

    def _rule(self, rule: Rule) -> str:
        text = f"### {rule.id}"
        text += (
            f" (from {rule.effective_from})\n\n"
            if rule.effective_from != self.pack.effective_from
            else "\n\n"
        )
        text += f"**{rule.title}.** {rule.cite}; `{rule.check}`"
        text += f" ({rule.version}).\n\n" if rule.version else ".\n\n"
        if rule.says:
            text += _flat(rule.says) + "\n\n"
        period = str(rule.period) if rule.period else rule.period_words
        rows = [
            ("owed", f"{rule.owes} to {rule.to}"),
            ("courts", ", ".join(rule.court_levels)),
            ("runs from", rule.trigger_words),
            ("on the docket", ", ".join(f"`{one}`" for one in rule.trigger_events)),
            ("period", period or "the law gives no number"),
            *(
                (
                    f"period, {one.status.replace('_', ' ')}",
                    f"{one.period} ({one.cite}; `{one.check}`)",
                )
                for one in rule.variants
            ),
            ("counted", f"`{rule.method}`, {rule.direction}, roll {rule.roll}"),
            ("only for", ", ".join(rule.item_kinds).replace("_", " ")),
            ("in force until", str(rule.effective_to or "")),
            ("paper", _flat(rule.paper)),
            ("still to confirm", _flat(rule.to_confirm)),
        ]
        text += self.table(["", ""], (row for row in rows if row[1]))
        if rule.covers:
            text += self.table(
                ["part", "covers", "mark"],
                ((one.part, one.what, f"`{one.check}`") for one in rule.covers),
            )
        return text

    def _grounds(self) -> str:
        return self._section(
            "Grounds for withholding",
            ["ground", "name", "source", "order", "announced", "mark", "in plain words"],
            (
                (
                    *(f"`{one.id}`", one.name, one.cite, one.order.replace("_", " ")),
                    *(one.announce, f"`{one.check}`", one.says),
                )
                for one in self.pack.grounds
            ),
        )

    def _rulings(self) -> str:
        pack, text = self.pack, ""
        if (one := pack.jeopardy) is not None:
            text += f"## Jeopardy\n\n{_flat(one.says)} ({one.cite}; `{one.check}`)\n\n"
        text += self._section(
            "What a ruling does to the same charge",
            ["ruling", "stage", "answer", "in plain words", "depends on", "source", "mark"],
            (
                (
                    one.event.replace("_", " "),
                    one.stage.replace("_", " "),
                    one.answer,
                    one.says,
                    "; ".join(one.conditions),
                    one.cite,
                    f"`{one.check}`",
                )
                for one in pack.rulings
            ),
        )
        if (bar := pack.dismissals) is not None:
            text += f"## Earlier dismissals\n\n{_flat(bar.says)} ({bar.cite}; `{bar.check}`)\n\n"
        if (other := pack.other_sovereign) is not None:
            text += (
                f"## Another sovereign\n\n{_flat(other.says)} ({other.cite}; `{other.check}`)\n\n"
            )
        return text + self._section(
            "What a court can do",
            ["remedy", "in plain words", "what it weighs", "source", "mark"],
            (
                (
                    one.id.replace("_", " "),
                    one.says,
                    "; ".join(one.weighs),
                    one.cite,
                    f"`{one.check}`",
                )
                for one in pack.remedies
            ),
        )

    def _limitation(self) -> str:
        text = self._section(
            "How long a charge may be brought",
            ["which", "grades", "time", "in plain words", "source", "mark"],
            (
                (
                    one.id.replace("_", " "),
                    _grades(one),
                    one.period or "no limitation",
                    one.says,
                    one.cite,
                    f"`{one.check}`",
                )
                for one in self.pack.limitation
            ),
        )
        tolling = {one.id: one for limit in self.pack.limitation for one in limit.tolling}
        return text + self._section(
            "When that clock stands still",
            ["which", "in plain words", "only if", "source", "mark"],
            (
                (
                    one.id.replace("_", " "),
                    one.says,
                    "; ".join(one.conditions),
                    one.cite,
                    f"`{one.check}`",
                )
                for one in tolling.values()
            ),
        )

    def _after(self) -> str:
        text = self._section(
            "After a conviction",
            ["ground", "rule", "in plain words", "source", "mark"],
            (
                (one.ground, one.rule or "no day given", one.says, one.cite, f"`{one.check}`")
                for one in self.pack.windows
            ),
        )
        return text + self._section(
            "Keeping evidence",
            ["what", "until", "in plain words", "source", "mark"],
            (
                (one.material, one.until, one.says, one.cite, f"`{one.check}`")
                for one in self.pack.preservation
            ),
        )

    def _papers(self) -> str:
        text = ""
        for paper in self.pack.papers:
            asked = (
                "Asked for by the law" if paper.required else "Practice, not asked for by the law"
            )
            where = "" if paper.goes_to_defence else " It does not go to the defence."
            text += f"### {paper.title}\n\n{asked}; {paper.cite}; `{paper.check}`.{where} {_flat(paper.says)}\n\n"
            text += self.table(
                ["it says", "source", "mark"],
                ((one.text, one.cite, f"`{one.check}`") for one in paper.statements),
            )
        return f"## Papers\n\n{text}" if text else ""

    def _authorities(self) -> str:
        return self._section(
            "What this pack rests on",
            ["source", "in plain words", "version", "mark"],
            ((one.cite, one.says, one.version, f"`{one.check}`") for one in self.pack.authorities),
        )

    def _calendar(self) -> str:
        if self.calendar is None:
            return ""
        text = f"## Calendar {self.calendar.id}\n\n"
        for year in self.calendar.years:
            marks = {day.check for day in year.holidays}
            text += (
                f"- {year.year}: {len(year.holidays)} closed days"
                f" ({', '.join(f'`{mark}`' for mark in MARKS if mark in marks)})\n"
            )
        return text + "\n"

    def _section(self, title: str, head: list[str], rows: Iterable[Iterable[object]]) -> str:
        found = [tuple(row) for row in rows]
        return f"## {title}\n\n{self.table(head, found)}" if found else ""


def _grades(limit: Limitation) -> str:
    words = ", ".join(limit.grades).replace("_", " ") or "every other"
    return f"{words} ({', '.join(limit.offenses)})" if limit.offenses else words


def _flat(text: str) -> str:
    return " ".join(text.split())
