"""Docket and duties as one dated list under the picture of a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fullfile.engines.report.duties import rule_words, when_parts, whose
from fullfile.server.queries.board import CaseBoard
from fullfile.server.queries.history import CaseHistory
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.phrases import in_language, owed_words
from fullfile.server.web.said_below import plain_word

__all__ = ["Dated", "dated_list"]


@dataclass(frozen=True, slots=True)
class Dated:
    """One line of the list: the day as recorded, what, whom it concerns, more words, the entry."""

    day: str
    what: str
    whom: str
    words: str
    kind: str
    entry: int | None = None


def dated_list(
    board: CaseBoard,
    history: CaseHistory,
    veil: Veil,
) -> list[Dated]:
    """What the court did and what is owed by when, by day.

    Args:
        board: the case.
        history: its docket and duties.
        veil: what the person may read.
    """
    sealed = not veil.tells_names
    names = {name: veil.defendant(at) for at, name in enumerate(board.defendants, 1)}
    found = [
        Dated(
            one.when,
            plain_word(one.event),
            names.get(one.defendant, _("sealed") if sealed and one.defendant else one.defendant)
            + (_(", count %s") % one.count if one.count else ""),
            _("sealed") if sealed and one.detail else one.detail,
            "docket",
            one.entry,
        )
        for one in history.docket
        if one.day <= board.day
    ]
    for duty in history.duties:
        if duty.due is not None:
            told = whose(duty)
            if duty.defendant in names:
                told = told.replace(duty.defendant, names[duty.defendant])
            found.append(
                Dated(
                    duty.due[:10],
                    duty.title,
                    owed_words(told),
                    f"{', '.join(in_language(part) for part in when_parts(duty))}; {rule_words(duty)}",
                    "duty",
                )
            )
    return sorted(found, key=_sorting)


def _sorting(one: Dated) -> tuple[str, str, str]:
    day = one.day.removeprefix("before ")[:10]
    return (day, one.kind, one.what)
