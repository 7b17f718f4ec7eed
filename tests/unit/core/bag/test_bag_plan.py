"""The plan of a package, what an archive declares, and what kind a file is."""

from __future__ import annotations

import io
import zipfile

import pytest

from fullfile.core.bag.bombs import MOST_FILES, Declared, declared_of, is_bomb
from fullfile.core.bag.kinds import fitting_kinds, kind_of, media_type_of
from fullfile.core.bag.plan import Packed, PackedFile, PackedItem, plan_of
from fullfile.core.bag.uses import USES, goes_with
from fullfile.core.errors import Refused


def packed(*files: PackedFile, agency: str = "Sheriff", tag: str = "E-1") -> Packed:
    item = PackedItem(agency, tag, "=cmd|calc", "object", "whole", "", files)
    return Packed("production-1", {"production": 1}, (("External-Identifier", "1\n2"),), [item])


def test_names_lead_nowhere_and_stay_apart() -> None:
    digest = "a" * 64
    plan = plan_of(
        packed(
            PackedFile(digest, "../../etc/passwd", 3),
            PackedFile(digest, "A.txt", 3),
            PackedFile(digest, "a.TXT", 3),
            PackedFile(digest, "…", 3),
            PackedFile(digest, "x" * 300 + ".jpg", 3),
            agency="../Sheriff",
            tag="..",
        )
    )
    paths = [path for path, _, _ in plan.stored]
    assert len({path.casefold() for path in paths}) == 5
    for path in paths:
        assert path.startswith("data/items/0001_")
        assert ".." not in path.split("/")
        assert len(path) < 200
    assert paths[-1].endswith(".jpg")


def test_a_cell_is_no_formula_and_a_tag_file_one_line_each() -> None:
    made = dict(plan_of(packed()).made)
    assert b"'=cmd|calc" in made["data/list.csv"]
    assert b"External-Identifier: 1 2\n" in made["bag-info.txt"]


def test_the_same_plan_gives_the_same_bytes() -> None:
    file = PackedFile("b" * 64, "a.jpg", 7)
    assert plan_of(packed(file)) == plan_of(packed(file))
    assert plan_of(packed(file)).manifest != plan_of(packed()).manifest


def zipped(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}", b"12345")
    return out.getvalue()


def test_what_a_zip_declares_is_counted() -> None:
    body = zipped(3)
    where = declared_of(body)
    assert isinstance(where, tuple)
    offset, size = where
    assert declared_of(body, body[offset : offset + size]) == Declared(3, 15)
    assert declared_of(b"no zip at all") is None
    with pytest.raises(ValueError, match="not hold as many"):
        declared_of(body, body[offset : offset + size // 3])
    with pytest.raises(ValueError, match="not one"):
        declared_of(body, b"\0" * size)


def test_more_than_65535_members_are_counted_too() -> None:
    body = zipped(66_000)
    where = declared_of(body)
    assert isinstance(where, tuple)
    offset, size = where
    assert declared_of(body, body[offset : offset + size]) == Declared(66_000, 330_000)


@pytest.mark.parametrize(
    ("declared", "size", "words"),
    [
        (Declared(MOST_FILES + 1, 1), 10**9, "holds"),
        (Declared(1, 10**12), 10**6, "would become"),
        (Declared(1, 10**8), 10, ""),
        (Declared(10, 10**10), 10**9, ""),
    ],
)
def test_a_bomb_is_told_by_its_numbers(declared: Declared, size: int, words: str) -> None:
    assert words in is_bomb(declared, size)
    assert bool(words) == bool(is_bomb(declared, size))


def test_kinds() -> None:
    assert kind_of("evil.pdf", b"\x7fELF") == "program"
    assert kind_of("run.PS1", b"write") == "program"
    assert kind_of("clip.MP4", b"....ftyp") == "video"
    assert kind_of("noname", b"12345678") == "other"
    assert media_type_of("page.html", "document") == "text/html"
    assert media_type_of("x", "other") == "application/octet-stream"
    assert fitting_kinds(["video, image", "other"]) == ["image", "video", "other"]
    for wrong in ([], [""], ["toys"]):
        with pytest.raises(Refused):
            fitting_kinds(wrong)


def test_an_original_never_goes_with_a_part() -> None:
    for extent in ("part", "redacted", "described", "offered"):
        for use in ("photo", "recording", "report", "statement", "data", "other"):
            assert not goes_with(use, extent)
    assert [use for use in USES if goes_with(use, "redacted")] == ["redacted"]
    assert not any(goes_with(use, "offered") for use in USES)
    assert not goes_with("redacted", "whole")
