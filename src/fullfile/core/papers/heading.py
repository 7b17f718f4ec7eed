"""What stands at the top of a paper: court, case, title, defendant, and by which pack it was made."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import date

from fullfile.core.errors import NotFound, Refused
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.dates import join
from fullfile.core.ids import day_of, key
from fullfile.core.matching.beside import answers_of
from fullfile.core.matching.world import World
from fullfile.core.papers.veil import Veil
from fullfile.core.said import say

__all__ = ["Heading", "agencies_words", "find_defendant", "heading_of"]

_OURS = "This paper lists what the office's record holds. It is not legal advice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The caption of a paper.

    Attributes:
        jurisdiction: the id of the case's pack.
        state_name: what the prosecution is called in sentences.
        court, number, title: as recorded; the title empty where none is.
        defendant, defendant_key: whose paper it is.
        counsel: who acts for the defendant, as recorded; empty where nobody is named.
        day: the day on which it speaks.
        sealed: the case itself is sealed by order.
        pack: id, version and name of the pack; empty where the office has adopted none.
        not_legal_advice: in the pack's words.
    """

    jurisdiction: str
    state_name: str
    court: str
    number: str
    title: str
    defendant: str
    defendant_key: str
    counsel: str
    day: date
    sealed: bool
    pack: str
    not_legal_advice: str

    def veiled(self, veil: Veil) -> Heading:
        """The caption without what is sealed in it."""
        return replace(self, title=veil.over(self.title), counsel=veil.over(self.counsel))


def heading_of(world: World, case: Case, defendant: Defendant) -> Heading:
    """The caption of a paper for a defendant of a case."""
    pack = world.law.pack(case.jurisdiction)
    rows = world.facts.of_case("cases", case.key)
    counsel = [
        row.text("counsel")
        for row in world.facts.of_case("parties", case.key)
        if row.defendant == defendant.key and row.data.get("counsel")
    ]
    return Heading(
        jurisdiction=case.jurisdiction,
        state_name=pack.state_name if pack is not None else "the State",
        court=next((row.text("court") for row in rows if row.data.get("court")), ""),
        number=case.number,
        title=case.title,
        defendant=defendant.name,
        defendant_key=defendant.key,
        counsel=counsel[0] if counsel else "",
        day=day_of(world.on(case)),
        sealed=any(row.said("sealed") for row in rows),
        pack=f"{pack.id} {pack.version}" if pack is not None else "",
        not_legal_advice=pack.not_legal_advice if pack is not None else _OURS,
    )


def agencies_words(world: World, case: Case) -> str:
    """The State's agencies of a case, as a statement names them."""
    return join([one.asked.name for one in answers_of(world, case)]) or "no agency on record"


def find_defendant(world: World, case: Case, name: str) -> Defendant:
    """The defendant of a case who is called so.

    Args:
        world: the record and the moment.
        case: the case.
        name: the name as recorded, or the party id.

    Raises:
        NotFound: nobody of that name is a defendant of the case at that moment.
        Refused: several are; the party ids tell them apart.
    """
    known = world.cases.defendants(case, world.on(case))
    ids = {
        row.defendant: row.text("party_id")
        for row in world.facts.of_case("parties", case.key)
        if row.defendant and row.data.get("party_id")
    }
    wanted = key(name)
    found = [one for one in known if key(one.name) == wanted]
    if not found:
        found = [one for one in known if wanted in (key(one.key), key(ids.get(one.key, "")))]
    if len(found) == 1:
        return found[0]
    if found:
        named = ", ".join(ids.get(one.key, one.key) for one in found)
        raise Refused(
            say(
                "{number} has {n} defendants called {name}: name one by party_id ({named}).",
                number=case.number,
                n=len(found),
                name=found[0].name,
                named=named,
            ),
            code="defendant_ambiguous",
        )
    names = [one.name for one in known]
    near = difflib.get_close_matches(name.strip(), names, n=3, cutoff=0.3) or names[:3]
    hint = (
        say("it has {near}", near=", ".join(near)) if near else say("it has no defendant on record")
    )
    raise NotFound(
        say(
            "“{name}” is no defendant of {number} on {day_of}: {hint}.",
            name=name.strip()[:60],
            number=case.number,
            day_of=str(day_of(world.on(case))),
            hint=hint,
        )
    )
