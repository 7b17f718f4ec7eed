"""What may become of a production: drafted, changed, closed, served, acknowledged; or every reason against. Pure.

Drafting and serving is not judging: an item may be served that is not on the file yet, and the match goes on saying so.
What this does not do: it writes no disclosure (the act of serving does), and opens no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fullfile.core.disclosure.productions import (
    ACKNOWLEDGED,
    CHANGED,
    CLOSED,
    DRAFTED,
    NOT_OPENED,
    SERVED,
    WAYS,
    Change,
    Given,
    Production,
)
from fullfile.core.entries import Draft
from fullfile.core.entries.rows import EXTENTS
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.dates import join
from fullfile.core.ids import key
from fullfile.core.said import many, say

__all__ = [
    "decide_acknowledge",
    "decide_change",
    "decide_close",
    "decide_draft",
    "decide_fault",
    "decide_serve",
]

Data = Mapping[str, Any]
"""The data of an entry: JSON without floats."""


def decide_draft(
    case_number: str, defendants: Mapping[str, str], lines: Sequence[Given], actor: str
) -> Draft:
    """Draft a production.

    Raises:
        Refused: for nobody, or with nothing in it.
    """
    reasons = []
    if not defendants:
        reasons.append(
            Reason(
                "defendant_missing", say("A production goes to a defendant: name one, or several.")
            )
        )
    elif not lines:
        names = join(list(defendants.values()))
        reasons.append(
            Reason(
                "nothing_owed",
                say(
                    "Nothing is owed to {names} that was not served, so there is nothing to produce. To "
                    "serve something all the same, name the items.",
                    names=names,
                ),
            )
        )
    reasons += _forms(lines)
    if reasons:
        raise Refused(reasons)
    data = {
        "case_number": case_number,
        "defendants": [{"key": one, "name": name} for one, name in defendants.items()],
        "items": _groups(lines),
    }
    return Draft(DRAFTED, actor, data)


def decide_change(
    production: Production, change: Change, line: Given, actor: str, *, reason: str = ""
) -> Draft:
    """Add an item to a draft, take one out, or say in which form it goes.

    Raises:
        Refused: it is closed, the item is (not) in it, or what the change needs was not said.
    """
    reasons = _only_draft(production)
    here = production.line(line.item)
    named = f"{line.agency} {line.tag}"
    if change is Change.ADD and here is not None:
        reasons.append(Reason("in_it_already", say("{named} is in it already.", named=named)))
    if change is not Change.ADD and here is None:
        reasons.append(Reason("not_in_it", say("{named} is not in it: add it first.", named=named)))
    if change is Change.REMOVE:
        if not reason.strip():
            reasons.append(
                Reason(
                    "reason_missing",
                    say(
                        "Say why {named} is left out: it stays owed, and the list says so.",
                        named=named,
                    ),
                )
            )
    else:
        reasons += _forms([line])
    if reasons:
        raise Refused(reasons)
    assert here is not None or change is Change.ADD
    shown = here if change is Change.REMOVE and here is not None else line
    data: dict[str, Any] = {
        "production": production.entry,
        "case_number": production.case_number,
        "change": change.value,
        "agency": shown.agency,
        "tag": shown.tag,
    }
    if change is Change.REMOVE:
        data["reason"] = reason.strip()
    else:
        data["extent"] = line.extent
        if line.what:
            data["what"] = line.what
        if line.to:
            data["to"] = list(line.to)
    return Draft(CHANGED, actor, data)


def decide_close(
    production: Production,
    number: int,
    actor: str,
    *,
    at: str,
    problems: Sequence[Reason],
    withheld: Sequence[Data],
    package: Data,
) -> Draft:
    """Close a production under its number: from now on nothing in it changes.

    Args:
        production: the draft.
        number: the next of the office.
        actor: who closes it.
        at: when, as it will stand on the papers.
        problems: what the match has against its items as of now.
        withheld: what is withheld from its defendants, with grounds.
        package: digests and counts of its files.

    Raises:
        Refused: it is closed already, is empty, or an item cannot go.
    """
    reasons = _only_draft(production)
    if not production.lines:
        reasons.append(Reason("empty", say("There is nothing in it: add an item first.")))
    reasons += problems
    if reasons:
        raise Refused(reasons)
    data = {
        "production": production.entry,
        "case_number": production.case_number,
        "number": number,
        "closed_at": at,
        "defendants": [{"key": one, "name": name} for one, name in production.defendants.items()],
        "items": _groups(production.lines),
        "left_out": [
            {"agency": one.agency, "tag": one.tag, "reason": one.reason, "by": one.by}
            for one in production.left_out
        ],
        "withheld": list(withheld),
        "package": dict(package),
    }
    return Draft(CLOSED, actor, data)


def decide_serve(
    production: Production,
    defendant: str,
    actor: str,
    *,
    way: str,
    served_on: str,
    served_at: str,
    problems: Sequence[Reason] = (),
) -> Draft:
    """Serve a closed production for one of its defendants.

    Args:
        production: the production.
        defendant: the key of the defendant.
        actor: who records it.
        way: a word of `WAYS`.
        served_on: on whom: counsel, or the defendant where there is none.
        served_at: when.
        problems: what stands against serving its items now.

    Raises:
        Refused: with every reason.
    """
    name = production.defendants.get(defendant)
    reasons = []
    if production.closed is None:
        reasons.append(
            Reason("not_closed", say("A draft is not served: number and close it first."))
        )
    if name is None:
        reasons.append(
            Reason(
                "not_for_them",
                say(
                    "{name} is for {whom}: serve it on them.",
                    name=production.name,
                    whom=join(list(production.defendants.values())),
                ),
            )
        )
    elif (before := production.served.get(defendant)) is not None:
        reasons.append(
            Reason(
                "served_already",
                say(
                    "{name} was served for {name_2} on {at} (entry {entry}); that service stands. What is "
                    "new goes into another production.",
                    name=production.name,
                    name_2=name,
                    at=before.at,
                    entry=before.entry,
                ),
            )
        )
    elif not production.lines_to(defendant):
        reasons.append(Reason("nothing_for_them", say("Nothing in it is for {name}.", name=name)))
    if way not in WAYS:
        reasons.append(
            Reason(
                "way_unknown",
                say("“{way}” is no way to serve: {ways}.", way=way[:40], ways=", ".join(WAYS)),
            )
        )
    if not served_on.strip():
        reasons.append(
            Reason(
                "served_on_missing",
                say(
                    "Say on whom it is served: {name} has no counsel on record.",
                    name=name or say("the defendant"),
                ),
            )
        )
    reasons += problems
    if reasons:
        raise Refused(reasons)
    data = {
        "production": production.entry,
        "case_number": production.case_number,
        "number": production.number,
        "defendant": name,
        "defendant_key": defendant,
        "way": way,
        "served_on": served_on.strip(),
        "served_at": served_at,
        "items": len(production.lines_to(defendant)),
    }
    return Draft(SERVED, actor, data)


def decide_acknowledge(
    production: Production,
    defendant: str,
    actor: str,
    *,
    by: str,
    at: str,
    signed: bool,
    items: Sequence[tuple[str, str]] | None,
) -> Draft:
    """A receipt for a production, or for some of its items.

    Args:
        production: the production.
        defendant: the key of the defendant.
        actor: who records it.
        by: who received it.
        at: when.
        signed: by counsel here; else the State claims that there is one.
        items: agency and tag of those received; None: all of them.

    Raises:
        Refused: with every reason.
    """
    name = production.defendants.get(defendant, "")
    reasons = []
    if defendant not in production.served:
        reasons.append(
            Reason(
                "not_served",
                say(
                    "{name} was not served for {who}: a receipt follows service.",
                    name=production.name,
                    who=name,
                )
                if name
                else say("{name} was not served: a receipt follows service.", name=production.name),
            )
        )
    if not by.strip():
        reasons.append(Reason("name_missing", say("A receipt names who received it.")))
    if any(one.signed and one.items is None for one in production.receipts.get(defendant, ())):
        reasons.append(
            Reason(
                "signed_already",
                say("The receipt of {name} is signed already.", name=production.name),
            )
        )
    known = {line.item for line in production.lines_to(defendant)}
    strange = [
        f"{agency} {tag}" for agency, tag in items or () if (key(agency), key(tag)) not in known
    ]
    if strange:
        reasons.append(
            Reason(
                "not_in_it",
                many(
                    "{what} is not in it.",
                    "{what} are not in it.",
                    len(strange),
                    what=join(strange),
                ),
            )
        )
    if items is not None and not items:
        reasons.append(
            Reason("items_missing", say("Name the items that were received, or none for all."))
        )
    if reasons:
        raise Refused(reasons)
    data: dict[str, Any] = {
        "production": production.entry,
        "case_number": production.case_number,
        "number": production.number,
        "defendant": name,
        "defendant_key": defendant,
        "acknowledged_by": by.strip(),
        "acknowledged_at": at,
        "signed": signed,
    }
    if items is not None:
        data["items"] = [
            {"agency": run["agency"], "tags": run["tags"]}
            for run in _groups([Given(agency, tag) for agency, tag in items])
        ]
    return Draft(ACKNOWLEDGED, actor, data)


def decide_fault(
    production: Production, actor: str, *, defendant: str, by: str, what: str, at: str
) -> Draft:
    """Counsel cannot open what was served: the access is to be mended; the service stands.

    Raises:
        Refused: it was not served, or nothing was said.
    """
    reasons = []
    if defendant not in production.served:
        reasons.append(
            Reason("not_served", say("{name} was not served on them.", name=production.name))
        )
    if not by.strip():
        reasons.append(Reason("name_missing", say("Say who told it.")))
    if not what.strip():
        reasons.append(Reason("what_missing", say("Say what cannot be opened.")))
    if reasons:
        raise Refused(reasons)
    data = {
        "production": production.entry,
        "case_number": production.case_number,
        "number": production.number,
        "defendant": production.defendants[defendant],
        "defendant_key": defendant,
        "told_by": by.strip(),
        "what": what.strip(),
        "told_at": at,
    }
    return Draft(NOT_OPENED, actor, data)


def _only_draft(production: Production) -> list[Reason]:
    if production.closed is None:
        return []
    return [
        Reason(
            "closed",
            say(
                "{name} is closed, and nothing in it changes. What is missing goes into another one.",
                name=production.name,
            ),
        )
    ]


def _forms(lines: Sequence[Given]) -> list[Reason]:
    reasons = []
    for line in lines:
        named = f"{line.agency} {line.tag}"
        if line.extent not in EXTENTS:
            reasons.append(
                Reason(
                    "extent_unknown",
                    say(
                        "{named}: “{extent}” is no form: {extents}.",
                        named=named,
                        extent=line.extent[:40],
                        extents=", ".join(EXTENTS),
                    ),
                )
            )
        elif line.extent != "whole" and not line.what.strip():
            reasons.append(
                Reason(
                    "what_missing",
                    say(
                        "{named} goes {form}: say what of it does. It shows as Partial unless the rest is "
                        "withheld on a ground.",
                        named=named,
                        form=_FORM[line.extent],
                    ),
                )
            )
    return reasons


_FORM = {
    "part": say("in part"),
    "redacted": "redacted",
    "described": say("as a description"),
    "offered": say("as an offer to look at it"),
}


def _groups(lines: Sequence[Given]) -> list[dict[str, Any]]:
    """Items for an entry: those of one agency in one form to the same defendants, in a row, together."""
    groups: list[dict[str, Any]] = []
    last: tuple[object, ...] | None = None
    for line in lines:
        same = (line.agency, line.extent, line.what, line.to)
        if same != last:
            group: dict[str, Any] = {"agency": line.agency, "tags": [], "extent": line.extent}
            if line.what:
                group["what"] = line.what
            if line.to:
                group["to"] = list(line.to)
            groups.append(group)
            last = same
        groups[-1]["tags"].append(line.tag)
    return groups
