"""`fullfile certify`: the certificate of disclosure, refused while something in it is not said."""

from __future__ import annotations

import csv
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import OutputOption, emit, note
from fullfile.cli.explain import explain
from fullfile.cli.moments import AsOfOption, OnOption, parse_moment
from fullfile.cli.office import open_office
from fullfile.cli.papers import check_output, making_of, show_document
from fullfile.core.errors import Reason, Refused, Unavailable

if TYPE_CHECKING:
    from fullfile.core.papers import Certificate
    from fullfile.server.queries.papers import Certified

__all__ = ["add_to", "reasons_of"]


class CertificateFormat(StrEnum):
    """How a certificate is written."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "certify",
        help=explain(
            "The certificate of disclosure, computed from the match.",
            "It is refused unless every line of the defendant is full or unacknowledged and every agency of the case "
            "has a standing answer; whatever else there is must be stated, one by one, each with a reason "
            "(--except). It does not look at due dates. What is refused is named with the way out.",
            "Without --sign it is a draft. Two persons sign; the record's signed checkpoint goes with it.",
            "Exit status: 0 done, or it could be signed; 1 refused; 2 could not be done.",
            examples=(
                "fullfile certify D-0101-CR-2024-00013 --defendant Baldwin",
                'fullfile certify NO --defendant NAME --except "Sheriff:A-1=at the laboratory"',
                "fullfile certify NO --defendant NAME --sign --by NAME --second NAME",
            ),
        ),
    )(_certify)


def _certify(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case number.")],
    defendant: Annotated[
        str, typer.Option("--defendant", metavar="NAME", help="The defendant, as recorded.")
    ],
    sign: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool, typer.Option("--sign", help="Sign it, if nothing stands against it.")
    ] = False,
    by: ByOption = None,
    second: Annotated[
        str | None,
        typer.Option("--second", metavar="NAME", help="Who signs second, another person."),
    ] = None,
    exceptions: Annotated[
        list[str] | None,
        typer.Option(
            "--except",
            metavar="AGENCY:TAG=REASON",
            help="State an exception with its reason; a refusal says how it is called. Repeat it.",
        ),
    ] = None,
    except_file: Annotated[
        Path | None,
        typer.Option(
            "--except-file",
            metavar="FILE.csv",
            help="Exceptions from a file with the columns key (or agency and tag) and reason.",
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--number", metavar="N", min=1, help="Print again the one signed as number N."
        ),
    ] = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    form: Annotated[
        CertificateFormat,
        typer.Option("--format", help="For people (table, html, pdf) or for programs (json)."),
    ] = CertificateFormat.TABLE,
    output: OutputOption = None,
) -> None:
    check_output(form.value, output)
    if sign and (as_of is not None or number is not None):
        raise Refused("--sign signs what the record says now: leave out --as-of and --number.")
    if sign and second is None:
        raise Refused("Two persons sign a certificate: name the second with --second NAME.")
    reasons = reasons_of(exceptions or [], except_file)
    office = open_office(context)
    moments = (
        parse_moment(on, "--on", office.zone),
        parse_moment(as_of, "--as-of", office.zone),
    )
    who = (person(by), second or "") if sign else None
    copy = None if form in (CertificateFormat.HTML, CertificateFormat.PDF) else "office"
    found = _find(case, defendant, reasons, who, number, moments, copy)
    certificate = found.certificate
    if form is CertificateFormat.JSON:
        from fullfile.engines.report.data import render_json
        from fullfile.engines.report.paper_text import certificate_as_json

        said = certificate_as_json(
            certificate, found.question.as_of_text, found.checkpoint, found.act
        )
        emit(render_json(said), output)
    elif certificate.refusals and form is CertificateFormat.TABLE:
        emit(_refused(certificate), output)
    else:
        from fullfile.engines.report.paper_certificate import certificate_document

        document = certificate_document(certificate, making_of(found, office))
        show_document(document, form.value, output, office.name)
    if certificate.refusals:
        if sign:
            note("Not signed: the certificate was refused.")
        raise typer.Exit(1)
    if sign and found.act is not None:
        note(f"Signed as number {certificate.number}, entry {found.act.entry}.")


def _find(
    case: str,
    defendant: str,
    reasons: dict[str, str],
    who: tuple[str, str] | None,
    number: int | None,
    moments: tuple[date | datetime | None, date | datetime | None],
    copy: str | None,
) -> Certified:
    """Sign it where nothing stands against it, print a signed one again, or ask how it stands."""
    from fullfile.core.papers import CERTIFICATE
    from fullfile.server.queries.papers import Certified, ask_certificate, find_signed_paper

    on, as_of = moments
    which = number
    if number is None:
        asked = ask_certificate(case, defendant, reasons=reasons, copy=copy, on=on, as_of=as_of)
        if who is None or asked.certificate.refusals:
            return asked
        from fullfile.server.actions.papers import sign_certificate

        signed = sign_certificate(
            case, defendant, by=who[0], second=who[1], reasons=reasons, on=on, now_ms=now_ms()
        )
        if copy == "office":
            return signed
        which = signed.certificate.number
    found = find_signed_paper(
        case, defendant, type_=CERTIFICATE, which=which or 1, copy=copy, as_of=as_of
    )
    assert isinstance(found, Certified)
    return found


def reasons_of(said: list[str], file: Path | None) -> dict[str, str]:
    """Exceptions by key, from the command line and from a file.

    Raises:
        Refused: one has no key or no reason, or is given twice.
        Unavailable: the file cannot be read.
    """
    found: dict[str, str] = {}
    wrong: list[Reason] = []

    def add(name: str, words: str, where: str) -> None:
        if not name.strip() or not words.strip():
            wrong.append(
                Reason("exception", f"{where} is no exception: write AGENCY:TAG=REASON, both said.")
            )
        elif name.strip() in found:
            wrong.append(
                Reason("exception_twice", f"{name.strip()} is given twice: say one reason.")
            )
        else:
            found[name.strip()] = words.strip()

    for one in said:
        name, _, words = one.partition("=")
        add(name, words, f"“{one[:60]}”")
    if file is not None:
        for row, line in enumerate(_read(file), start=2):
            name = line.get("key") or ":".join(
                part for part in (line.get("agency"), line.get("tag")) if part
            )
            add(name, line.get("reason") or "", f"{file}, row {row},")
    if wrong:
        raise Refused(wrong)
    return found


def _read(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            f"{file} cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'}): name a CSV file "
            "with the columns key and reason."
        ) from error


def _refused(certificate: Certificate) -> str:
    """Every reason, and the way out."""
    many = len(certificate.refusals)
    things = "1 thing is" if many == 1 else f"{many:,} things are"
    lines = [
        f"Refused: {things} neither right nor stated.",
        (
            f"{certificate.heading.title or certificate.heading.number}, {certificate.heading.number}, "
            f"for {certificate.heading.defendant}"
        ),
    ]
    for one in certificate.refusals:
        what = f"{one.agency} {one.tag}" if one.tag else one.agency or one.key
        out = (
            f"{one.way_out[:1].upper()}{one.way_out[1:]}, or state it:"
            if one.way_out
            else "State it:"
        )
        said = one.key.replace("\\", "\\\\").replace('"', '\\"')
        lines += [
            "",
            f"{what}: {one.code.replace('_', ' ')}",
            f"  {one.sentence}",
            f"  {out}",
            f'    --except "{said}=REASON"',
        ]
    if certificate.exceptions:
        lines += ["", f"Stated so far: {', '.join(one.key for one in certificate.exceptions)}."]
    return "\n".join(_wrapped(line) for line in lines) + "\n"


def _wrapped(line: str) -> str:
    import shutil
    import textwrap

    width = max(40, min(shutil.get_terminal_size().columns, 100))
    if line.startswith("    "):
        return line  # to be copied whole
    indent = "  " if line.startswith("  ") else ""
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
