"""The PDF: it is one, the same each time, as long as it must be, and takes any letter and any length."""

from __future__ import annotations

import re

import pytest
import typst

from fullfile.core.errors import Unavailable
from fullfile.core.papers import Checkpoint
from fullfile.engines.pdf import papers as pdf
from fullfile.engines.pdf import render_pdf
from fullfile.engines.report.paper_certificate import certificate_document
from fullfile.engines.report.paper_schedule import schedule_document
from fullfile.engines.report.papers import Making
from tests.unit.core.papers.making import certified, scheduled, world_of

HEAD = Checkpoint(57, "cm9vdA==", "records.county.example/log1")
DRAFT = Making(office="County Office", checkpoint=HEAD)


def pages(content):
    """How many pages a PDF says it has."""
    (count,) = {int(found) for found in re.findall(rb"/Type\s*/Pages\s*/Count (\d+)", content)}
    return count


def with_items(*descriptions):
    rows = "".join(
        f'\nSheriff,X-{number},"{words}",object,24-100,2024-01-22'
        for number, words in enumerate(descriptions)
    )
    return schedule_document(scheduled(world_of(items=rows)), DRAFT)


def test_it_is_a_pdf_and_the_same_bytes_each_time():
    document = schedule_document(scheduled(world_of()), DRAFT)
    first = render_pdf(document, "County Office")
    assert first.startswith(b"%PDF-")
    assert first.rstrip().endswith(b"%%EOF")
    assert render_pdf(document, "County Office") == first
    assert pages(first) == 1


def test_a_long_list_goes_on_over_pages():
    assert pages(render_pdf(with_items(*(f"thing {'abc'[n % 3]}" for n in range(60))), "x")) >= 4


@pytest.mark.parametrize(
    "words",
    [
        "#let x = 1 *bold* _it_ $x^2$ \\ @label <label> `raw` //",
        "Анна, Ελένη, שרה, Đức",
        "山田 花子, مرحبا",
        "9F3C" * 200,
        "a very long description " * 400,
    ],
    ids=["markup", "embedded letters", "other letters", "one word", "long"],
)
def test_any_text_is_laid_out(words):
    assert render_pdf(with_items(words), "County Office").startswith(b"%PDF-")


def test_a_draft_certificate_and_its_annex_take_pages_of_their_own():
    content = render_pdf(certificate_document(certified(world_of()), DRAFT), "x")
    assert pages(content) >= 2


def test_words_that_are_wider_than_a_column_may_break():
    assert pdf._breakable("short words only") == "short words only"
    broken = pdf._breakable("A" * 40)
    assert broken.replace("\u200b", "") == "A" * 40
    assert max(len(part) for part in broken.split("\u200b")) <= 14


def test_what_cannot_be_laid_out_is_one_sentence(monkeypatch):
    def fail(*_arguments, **_options):
        raise typst.TypstError("no such font\nmore")

    monkeypatch.setattr(pdf.typst, "compile", fail)
    with pytest.raises(Unavailable, match=r"\(no such font\): use --format html"):
        render_pdf(schedule_document(scheduled(world_of()), DRAFT), "x")
