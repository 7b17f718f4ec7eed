"""What the page on mappings teaches is what the importer reads."""

from __future__ import annotations

import re
import tomllib

import pytest

from fullfile.engines.importers import open_export, plan_feeds, read_mapping, shape_rows
from tests.repo.files import ROOT

PAGE = (ROOT / "docs" / "how-to" / "write-a-mapping.md").read_text("utf-8")
EXPORTS = ROOT / "examples" / "first-office" / "exports"
EXAMPLE, CODES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_shows_the_mapping_of_the_example():
    shipped = (EXPORTS / "property-room.toml").read_text("utf-8")
    assert tomllib.loads(EXAMPLE) == tomllib.loads(shipped)


def test_the_example_reads_every_row_of_the_export():
    mapping = read_mapping(EXPORTS / "property-room.toml")
    (export,) = open_export(EXPORTS / "property-room.csv", mapping.layout)
    feeds = plan_feeds(export, "items", mapping, now_ms=1_800_000_000_000)
    chunks = list(shape_rows(export, feeds))
    rows = [row for chunk in chunks for row in chunk.rows]
    assert [problem for chunk in chunks for problem in (*chunk.problems, *chunk.bad)] == []
    assert len(rows) == 20
    first = rows[0][2]
    assert first["tag"] == "25-0301-01"
    assert first["booked_at"] == "2025-02-22"
    assert first["kind"] == "object"


def test_the_code_table_of_the_page_is_read(tmp_path):
    mapping = tmp_path / "codes.toml"
    mapping.write_text(f'no_tables = "an example"\n\n{CODES}', "utf-8")
    (table,) = read_mapping(mapping).codes
    assert table.on == (
        ("OFFENSE_CODE", "OFFENSE_CODE"),
        ("OFFENSE_CODE_EXTENSION", "OFFENSE_CODE_EXTENSION"),
    )


@pytest.mark.parametrize(
    "key",
    re.findall(r"^\| `([a-z_]+)`", PAGE, re.MULTILINE),
)
def test_every_key_of_the_page_is_known(key):
    source = ROOT / "src" / "fullfile" / "engines" / "importers" / "mapping.py"
    assert f'"{key}"' in source.read_text("utf-8")
