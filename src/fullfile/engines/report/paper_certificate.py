"""A certificate as a document; a draft on every page unless two persons signed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fullfile.core.papers import Certificate, Listed, Refusal, grouped
from fullfile.engines.report.dates import at_words, short_date
from fullfile.engines.report.papers import (
    Column,
    Document,
    Making,
    Row,
    Section,
    Signature,
    Table,
    banners_of,
    description_words,
    disclosed_words,
    footer_of,
    items_words,
    numbers_words,
    page_of,
    present_tags,
    receipt_words,
    record_of,
    report_table,
    rest_words,
    sides,
    statement_sections,
    wording_notes,
)
from fullfile.engines.report.words import STATUS

__all__ = ["certificate_document"]


def certificate_document(certificate: Certificate, making: Making) -> Document:
    """A certificate, ready to be laid out; a draft unless it was signed."""
    heading, paper = certificate.heading, certificate.paper
    signed = making.act is not None
    banners = list(banners_of(heading, paper, "certificate"))
    if certificate.refusals:
        banners.append(
            f"It cannot be signed: {_things(len(certificate.refusals))} neither right nor stated."
        )
    if certificate.exceptions:
        # No paragraph may say more than the record: a court reads this before the first of them.
        many = len(certificate.exceptions)
        banners.append(
            f"This certificate states {many:,} {'exception' if many == 1 else 'exceptions'}, one by one, below. "
            "What its paragraphs say does not hold for what is stated there."
        )
    paragraphs = list(statement_sections(certificate.statements))
    sections = [*paragraphs]
    if certificate.since:
        sections.append(Section("What is new since", words=certificate.since))
    if certificate.refusals:
        sections.append(
            Section("What keeps it from being signed", table=_refusals(certificate.refusals))
        )
    if certificate.paper is not None and certificate.paper.layout == "mg6e":
        sections.append(
            Section("What may help the defence", table=report_table(certificate.favourable))
        )
    sections += [
        Section("Stated exceptions", table=_exceptions(certificate.exceptions)),
        Section("What the agencies of the case answered", table=_answers(certificate)),
        Section("What the match covers", words=_covers(certificate)),
    ]
    if certificate.notes:
        sections.append(Section("Receipts, corrections and late records", words=certificate.notes))
    sections += wording_notes(certificate.statements, paper)
    title = paper.title if paper else "Certificate of Disclosure"
    if certificate.supplemental and "supplement" not in title.casefold():
        title = f"Supplemental {title}"
    number = "" if certificate.number == 1 else f", no. {certificate.number}"
    return Document(
        page=page_of(heading),
        wide=False,
        draft="" if signed else "DRAFT",
        banners=tuple(banners),
        court=heading.court or "Court not on record",
        case_number=heading.number,
        sides=sides(heading),
        title=title + number,
        subtitle=(
            f"Defendant: {heading.defendant}",
            f"As things stood {at_words(certificate.on)}",
        ),
        sections=tuple(sections),
        signatures=_certificate_signatures(certificate, making),
        record=record_of(making),
        note=making.checkpoint.note,
        annexes=(Section("Annex: what was provided", table=_provided(certificate.lines)),),
        footer=footer_of(heading, making),
    )


def _certificate_signatures(certificate: Certificate, making: Making) -> tuple[Signature, ...]:
    act = making.act
    if act is None:
        return tuple(Signature(role) for role in certificate.roles)
    # An office may ask for one signature: then there is no second line to sign.
    return tuple(
        Signature(act.text(role), act.text(who), making.signed_on)
        for role, who in (("signed_role", "signed_by"), ("second_role", "second_by"))
        if act.text(who)
    )


def _things(number: int) -> str:
    return "1 thing is" if number == 1 else f"{number:,} things are"


def _named(one: Refusal) -> str:
    if one.tag is not None:
        return one.tag if one.agency == "sealed" else f"{one.agency} {one.tag}"
    return one.agency or one.key


def _word(one: Refusal) -> str:
    if one.code == "unexamined":
        return "Not examined"
    if one.code == "suspected":
        return "Suspected"
    return STATUS[one.state].word


def _refusals(found: Iterable[Refusal]) -> Table:
    return Table(
        (Column("No.", 8), Column("What", 22), Column("State", 14), Column("Why", 56)),
        tuple(
            Row(
                (_number(one), _named(one), _word(one), one.sentence),
                (
                    f"State it with a reason as {one.key}"
                    + (f", or {one.way_out}" if one.way_out else "")
                    + ".",
                ),
                "exception",
            )
            for one in found
        ),
    )


def _exceptions(found: Sequence[Refusal]) -> Table:
    return Table(
        (
            Column("No.", 8),
            Column("What", 22),
            Column("State", 14),
            Column("What is so", 34),
            Column("Reason given", 22),
        ),
        tuple(
            Row(
                (
                    _number(one),
                    " – ".join(part for part in (_named(one), one.description) if part),
                    _word(one),
                    one.sentence,
                    one.reason,
                )
            )
            for one in found
        ),
        "None.",
    )


def _number(one: Refusal) -> str:
    return one.label


def _provided(lines: Sequence[Listed]) -> Table:
    rows = []
    for group in grouped(lines):
        line = group.first
        if line.disclosed is None:
            continue
        under: tuple[str, ...] = ()
        if group.first is not group.last:
            under = (f"Tags: {present_tags([one.tag for one in group.lines])}.",)
        under += tuple(rest_words(line))
        rows.append(
            Row(
                (
                    numbers_words(group),
                    items_words(group),
                    description_words(group),
                    disclosed_words(line),
                    receipt_words(line),
                ),
                under,
            )
        )
    return Table(
        (
            Column("No.", 8),
            Column("Item", 20),
            Column("Description", 34),
            Column("Disclosed", 20),
            Column("Receipt", 18),
        ),
        tuple(rows),
        "Nothing was disclosed to this defendant.",
    )


def _answers(certificate: Certificate) -> Table:
    return Table(
        (
            Column("Agency", 30),
            Column("Answer", 24),
            Column("By, on", 24),
            Column("Stands", 22),
        ),
        tuple(
            Row(
                (
                    one.agency,
                    one.answer or "none on record",
                    ", ".join(part for part in (one.by, short_date(one.on)) if part),
                    "yes" if one.standing else f"no: {one.why_not}",
                )
            )
            for one in certificate.answers
        ),
        "No agency of the State is on record for this case.",
    )


def _covers(certificate: Certificate) -> tuple[str, ...]:
    kinds = "; ".join(certificate.kinds) or "no item"
    return (
        f"The match covers what is on the property lists, files and custody records of the agencies named above: {kinds}.",
        (
            "It does not cover what no agency has put on record or named in an answer. What is not on record is "
            "not known, which is not the same as none."
        ),
    )
