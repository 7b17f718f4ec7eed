"""The certificate: computed from the match, and refused while anything in it is not said.

Carries out "The certificate" of the contract, section 2. It does not look at due dates. Without a
word it covers lines that are `full` or `unacknowledged`, and agencies whose answer stands. Everything else
must be stated in it one by one, each with a reason, or it is refused:

- every other line of the defendant, each `late` one, and each line of the case that names no defendant
  (a thing that a report says was taken, and nobody booked);
- every agency of the case without a standing answer, whether or not its date has come;
- every orphan that is suspected to belong to the case;
- of each agency, how many of its orphans nobody has examined.

It names the kinds of material that it covers, receipts that are only claimed, corrections, and
facts recorded late. A reason for a line that needs none is an error: it would state what is not so.
A certificate after the first is supplemental: it says what is new since, and its numbers run on.

What this does not do: it signs nothing and prints nothing; it never says that a law was kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.dates import join, when_words
from fullfile.core.facts.suspected import chance_said
from fullfile.core.ids import key, wall_text
from fullfile.core.matching.asides import recorded_late
from fullfile.core.matching.beside import Answered, answers_of, barred_counts, unbooked
from fullfile.core.matching.line import Line, State
from fullfile.core.matching.unit import judge
from fullfile.core.matching.world import World
from fullfile.core.papers.acts import CERTIFICATE, Act
from fullfile.core.papers.heading import Heading, heading_of
from fullfile.core.papers.listed import Listed, veiled
from fullfile.core.papers.schedule import form_numbers, listed_items
from fullfile.core.papers.veil import DEFENCE, OFFICE, Veil, veil_for
from fullfile.core.papers.wording import Said, fill, find_paper, plain_certificate
from fullfile.core.rules.provisions import Paper
from fullfile.core.said import joined, many, say, word

__all__ = ["Answer", "Certificate", "Orphans", "Refusal", "certificate_of"]

_COVERED = frozenset({State.FULL, State.UNACKNOWLEDGED})
"""Lines that need no word."""
_ROLES = ("prosecutor", "second reader")

_WAY_OUT: dict[State, str] = {
    State.MISSING: say("find it and record that it was found"),
    State.UNFILED: say("put it on the prosecution's file and disclose it"),
    State.WITHHELD_WITHOUT_ORDER: say("obtain and record what the ground asks for, or disclose it"),
    State.POST_CONVICTION: say("disclose it"),
    State.OVERDUE: say("serve it and record the disclosure"),
    State.PARTIAL: say("disclose the rest, or withhold it on a ground the pack knows"),
    State.PENDING: say("serve it and record the disclosure"),
    State.UNBOOKED: say(
        "have it booked, or record what became of it with a second person's confirmation"
    ),
    State.BARRED_COUNT: say("name the ruling in an override, or end the count"),
}
_KINDS = {
    "object": ("object", "objects"),
    "document": ("document", "documents"),
    "statement": ("statement", "statements"),
    "recording": ("recording", "recordings"),
    "data": ("data set", "data sets"),
    "test_result": ("test result", "test results"),
    "expert_report": ("expert report", "expert reports"),
    "criminal_record": ("criminal record", "criminal records"),
    "grand_jury": ("grand jury paper", "grand jury papers"),
    "": ("item of no stated kind", "items of no stated kind"),
}


@dataclass(frozen=True, slots=True)
class Orphans:
    """The orphans of the case's agencies, as the caller found them.

    Attributes:
        suspected: lines of those that are suspected to belong to the case.
        unexamined: how many of each agency nobody has examined, by the agency's name.
    """

    suspected: tuple[Line, ...] = ()
    unexamined: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One thing that must be put right or stated.

    Attributes:
        code: a state of the match, or `unexamined` or `suspected`.
        key: how a reason names it (`Sheriff:DOC-001`, `unanswered:Sheriff`).
        number: of the item on the schedule; None where it has none. `label`: as it is printed.
        sentence: what is so, with dates and the rule.
        way_out: what to do instead of stating it.
        reason: why it is so, in the words of whoever states it; empty: not stated.
        sealed: the words are sealed by order.
    """

    code: str
    key: str
    agency: str | None
    tag: str | None
    state: State
    sentence: str
    way_out: str
    entries: tuple[int, ...]
    number: int | None = None
    label: str = ""
    description: str = ""
    reason: str = ""
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency of the case answered, and whether that stands."""

    agency: str
    answer: str
    by: str
    on: str
    standing: bool
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate as it would be signed at a moment.

    Attributes:
        heading: court, case, title, defendant, pack.
        paper: the pack's paper; None: the pack has none, and the wording is ours.
        number: the first, second … certificate for the defendant.
        first: the first one, where this is supplemental; `last`: the one before.
        roles: of the two who sign.
        on: the moment it speaks of, ISO 8601.
        lines: every line of the schedule, by number.
        refusals: what is neither right nor stated; it cannot be signed while there is one.
        exceptions: what is stated, each with its reason.
        answers: of every agency of the case.
        kinds: the kinds of material it covers, each with how many.
        notes: receipts that are claimed, corrections, facts recorded late.
        since: for a supplemental one: what is new.
        favourable: for MG6E: the lines with a view that they may help the defence.
        statements: what it says.
    """

    heading: Heading
    paper: Paper | None
    number: int
    first: Act | None
    last: Act | None
    roles: tuple[str, str]
    on: str
    copy: str
    lines: tuple[Listed, ...]
    refusals: tuple[Refusal, ...]
    exceptions: tuple[Refusal, ...]
    answers: tuple[Answer, ...]
    kinds: tuple[str, ...]
    notes: tuple[str, ...]
    since: tuple[str, ...]
    favourable: tuple[Listed, ...]
    statements: tuple[Said, ...]

    @property
    def supplemental(self) -> bool:
        """Whether one was signed for this defendant before."""
        return self.first is not None


def certificate_of(
    world: World,
    case: Case,
    defendant: Defendant,
    issued: Sequence[Act],
    orphans: Orphans,
    reasons: Mapping[str, str] | None = None,
    *,
    copy: str | None = OFFICE,
) -> Certificate:
    """The certificate of one defendant of a case.

    Args:
        world: the record and the moment.
        case: the case.
        defendant: of whom.
        issued: the papers issued or signed for this defendant before.
        orphans: those of the case's agencies.
        reasons: by the key of what is stated, why it is so.
        copy: for whom it is printed; None: for the defence, where the paper goes there. Words sealed by
            order are left out of all but the office's.

    Raises:
        Refused: a reason is empty, or is given for what needs none.
    """
    heading = heading_of(world, case, defendant)
    signed = [act for act in issued if act.type == CERTIFICATE]
    pack = world.law.pack(case.jurisdiction)
    paper = find_paper(
        pack, "supplemental_certificate" if signed else "certificate", None, heading.day
    )
    lines = listed_items(world, case, defendant, issued)
    reports = paper is not None and paper.layout == "mg6e"
    if reports:
        called = form_numbers(world, case, defendant, issued)
        lines = [replace(line, label=called.get(line.item, "")) for line in lines]
    answers = list(answers_of(world, case))
    found = [
        *_of_items(lines),
        *_beside(world, case, defendant),
        *_unanswered(answers),
        *_suspected(orphans, case),
        *_unexamined(orphans),
    ]
    stated, open_ones = _with_reasons(found, reasons or {})
    if copy is None:
        copy = DEFENCE if paper is None or paper.goes_to_defence else OFFICE
    veil = veil_for(world, case, defendant, copy)
    if copy != OFFICE:
        lines = [veiled(line, veil) for line in lines]
        stated = [_veiled(one, veil) for one in stated]
        open_ones = [_veiled(one, veil) for one in open_ones]
        heading = heading.veiled(veil)
    roles = paper.signers if paper is not None and len(paper.signers) == 2 else _ROLES
    return Certificate(
        heading=heading,
        paper=paper,
        number=len(signed) + 1,
        first=signed[0] if signed else None,
        last=signed[-1] if signed else None,
        roles=(roles[0], roles[1]),
        on=wall_text(world.on(case), case.zone),
        copy=copy,
        lines=tuple(lines),
        refusals=tuple(open_ones),
        exceptions=tuple(stated),
        answers=tuple(_answer(one) for one in answers),
        kinds=_kinds(lines),
        notes=tuple(veil.over(words) for words in _notes(world, case, defendant, lines)),
        since=tuple(veil.over(words) for words in _since(signed, lines, stated)),
        favourable=tuple(line for line in lines if line.favourable) if reports else (),
        statements=fill(paper, heading, join([one.asked.name for one in answers]))
        or plain_certificate(heading, supplemental=bool(signed)),
    )


def _of_items(lines: Sequence[Listed]) -> Iterator[Refusal]:
    for line in lines:
        if line.state is None or line.state in _COVERED:
            continue
        yield Refusal(
            code=line.state.value,
            key=f"{line.agency}:{line.tag}",
            agency=line.agency,
            tag=line.tag,
            state=line.state,
            sentence=line.why,
            way_out=_WAY_OUT.get(line.state, ""),
            entries=line.entries,
            number=line.number,
            label=line.shown_number,
            description=line.description,
            sealed=line.sealed,
        )


def _beside(world: World, case: Case, defendant: Defendant) -> Iterator[Refusal]:
    """Lines of the case beside its items: what nobody booked, and this defendant's barred counts."""
    barred = (line for line in barred_counts(world, case) if line.defendant == defendant.name)
    for line in (*unbooked(world, case.key), *barred):
        tables = ("mentions",) if line.state is State.UNBOOKED else ("counts",)
        named = next(
            (
                entry
                for entry in line.entries
                if (row := world.facts.by_entry.get(entry)) is not None and row.table in tables
            ),
            0,
        )
        yield Refusal(
            code=line.state.value,
            key=f"{line.state.value}:{named}",
            agency=line.agency,
            tag=None,
            state=line.state,
            sentence=line.why,
            way_out=_WAY_OUT[line.state],
            entries=line.entries,
            description=line.description or "",
        )


def _unanswered(answers: Sequence[Answered]) -> Iterator[Refusal]:
    for one in answers:
        if one.standing:
            continue
        name, last = one.asked.name, one.last
        said = (
            say(
                "{who} said {when}: {answer}; that no longer stands, because {why}",
                who=last.text("by"),
                when=when_words(last.text("answered_at"), last.last or 0),
                answer=word(last.text("answer").replace("_", " ")),
                why=one.why_not,
            )
            if last is not None
            else say("no answer is on record, and none is not “nothing held”")
        )
        yield Refusal(
            code=State.UNANSWERED.value,
            key=f"unanswered:{name}",
            agency=name,
            tag=None,
            state=State.UNANSWERED,
            sentence=say(
                "{agency} has given no standing answer whether it holds anything more for this case, and it is asked "
                "because {because}: {said}.",
                agency=name,
                because=one.asked.because,
                said=said,
            ),
            way_out=say("get the answer of {agency} and record it (table answers)", agency=name),
            entries=tuple(sorted({*one.asked.entries, *([last.entry] if last else [])})),
        )


def _suspected(orphans: Orphans, case: Case) -> Iterator[Refusal]:
    for line in orphans.suspected:
        chance = next((one for number, one in line.suspected_cases if key(number) == case.key), "")
        likely = (
            say("It is suspected to belong to this case ({chance}).", chance=chance_said(chance))
            if chance and case.number not in line.why
            else ""
        )
        yield Refusal(
            code="suspected",
            key=f"{line.agency}:{line.tag}",
            agency=line.agency,
            tag=line.tag,
            state=State.ORPHAN,
            sentence=joined((line.why, likely)),
            way_out=say("accept or reject the suggestion (fullfile link)"),
            entries=line.entries,
            description=line.description or "",
        )


def _unexamined(orphans: Orphans) -> Iterator[Refusal]:
    for agency, count in orphans.unexamined:
        yield Refusal(
            code="unexamined",
            key=f"unexamined:{agency}",
            agency=agency,
            tag=None,
            state=State.ORPHAN,
            sentence=many(
                "{agency} holds {n:,} item that bears on no case on record, and nobody has examined whether it "
                "belongs to this one.",
                "{agency} holds {n:,} items that bear on no case on record, and nobody has examined whether them "
                "belong to this one.",
                count,
                agency=agency,
            ),
            way_out=say("examine the orphans (fullfile link)"),
            entries=(),
        )


def _with_reasons(
    found: Sequence[Refusal], reasons: Mapping[str, str]
) -> tuple[list[Refusal], list[Refusal]]:
    """What is stated, and what is not. Every reason must be one, and be needed."""
    given = {key(name): (name, words) for name, words in reasons.items()}
    wrong = []
    stated, open_ones = [], []
    for one in found:
        name_words = given.pop(key(one.key), None)
        if name_words is None:
            open_ones.append(one)
        elif not name_words[1].strip():
            wrong.append(
                Reason(
                    "reason_empty",
                    say("The exception for {key} gives no reason: say why.", key=one.key),
                )
            )
        else:
            stated.append(replace(one, reason=name_words[1].strip()))
    for name, _ in given.values():
        wrong.append(
            Reason(
                "reason_needless",
                say(
                    "{name} needs no exception (nothing of that name keeps the certificate from being "
                    "signed): leave it out.",
                    name=name.strip()[:80],
                ),
            )
        )
    if wrong:
        raise Refused(wrong)
    return stated, open_ones


def _veiled(one: Refusal, veil: Veil) -> Refusal:
    if one.sealed:
        return replace(
            one,
            key=f"number {one.number}",
            agency="sealed",
            tag="sealed",
            description="sealed",
            sentence=say("The words of this line are sealed by order."),
            reason="sealed",
            entries=(),
        )
    return replace(
        one,
        description=veil.over(one.description),
        sentence=veil.over(one.sentence),
        reason=veil.over(one.reason),
    )


def _answer(one: Answered) -> Answer:
    last = one.last
    if last is None:
        return Answer(one.asked.name, "", "", "", standing=False, why_not="none is on record")
    return Answer(
        one.asked.name,
        last.text("answer").replace("_", " "),
        last.text("by"),
        last.text("answered_at"),
        one.standing,
        "" if one.standing else one.why_not,
    )


def _kinds(lines: Sequence[Listed]) -> tuple[str, ...]:
    counts = Counter(line.kind for line in lines if not line.withdrawn)
    found = []
    for kind in (*_KINDS, *sorted(set(counts) - set(_KINDS))):
        if counts[kind]:
            one, many = _KINDS.get(kind, (kind, kind))
            found.append(f"{counts[kind]:,} {one if counts[kind] == 1 else many}")
    return tuple(found)


def _notes(
    world: World, case: Case, defendant: Defendant, lines: Sequence[Listed]
) -> Iterator[str]:
    """Receipts that are only claimed, corrections, and facts recorded late."""
    claimed = [
        line for line in lines if line.receipt is not None and line.receipt.kind == "claimed"
    ]
    if claimed:
        of = "number" if len(claimed) == 1 else "numbers"
        yield (
            f"Receipts claimed: for {of} {_called(claimed)} a row of the State says that a receipt exists; none was "
            "signed by the defence in this office's record."
        )
    for line in lines:
        if line.withdrawn or line.left_out:
            continue
        unit = judge(world, case, line.item, defendant)
        if unit is None:
            continue
        for words in line.remarks:
            if " was corrected: " in words:
                yield f"Number {line.shown_number}, {line.agency} {line.tag}: {words}."
        for sentence in recorded_late(world, unit):
            yield f"Number {line.shown_number}, {line.agency} {line.tag}: {sentence}"


def _called(lines: Sequence[Listed]) -> str:
    """Lines by their numbers, as the paper prints them."""
    if any(line.label for line in lines):
        return join([line.shown_number for line in lines])
    return _ranges([line.number for line in lines])


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers as a person writes them: `1 to 8 and 11`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        f"{run[0]} to {run[-1]}" if len(run) > 2 else join([str(one) for one in run])
        for run in runs
    ]
    return join(words)


def _since(
    signed: Sequence[Act], lines: Sequence[Listed], stated: Sequence[Refusal]
) -> Iterator[str]:
    """What a supplemental certificate has to say that the one before did not."""
    if not signed:
        return
    first, last = signed[0], signed[-1]
    yield (
        f"This certificate supplements the first one, signed as entry {first.entry} by "
        f"{join([name for name in (first.text('signed_by'), first.text('second_by')) if name])}, "
        f"which spoke of {first.on[:10]}."
    )
    known = last.data.get("last_number", 0)
    new = [line for line in lines if line.number > int(known) and not line.withdrawn]
    if new:
        of = "Number" if len(new) == 1 else "Numbers"
        verb = "is" if len(new) == 1 else "are"
        yield f"{of} {_called(new)} {verb} new since the certificate of entry {last.entry}."
    else:
        yield f"No item is new since the certificate of entry {last.entry}."
    before = {key(str(one.get("key", ""))) for one in last.data.get("exceptions", ())}
    now = {key(one.key): one.key for one in stated}
    hidden = {":".join(line.item): f"number {line.number}" for line in lines if line.left_out}
    gone = [
        hidden.get(key(str(one.get("key", ""))), str(one.get("key", "")))
        for one in last.data.get("exceptions", ())
        if hidden.get(key(str(one.get("key", ""))), key(str(one.get("key", "")))) not in now
    ]
    if gone:
        yield f"Stated then, and no longer so: {join(gone)}."
    fresh = [name for norm, name in now.items() if norm not in before]
    if fresh:
        yield f"Stated here for the first time: {join(fresh)}."
