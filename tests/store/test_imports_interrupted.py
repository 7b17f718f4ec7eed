"""A full disk, a kill, damage: the record stays as it was before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from fullfile.core.errors import Unavailable
from tests.store.importing import ITEMS, Importer, write

CHILD = """
import sys
from pathlib import Path
from fullfile.server.settings import configure
configure(Path(sys.argv[1]), sys.argv[2])
from fullfile.server.actions.imports import import_files
def told(name, done, rows):
    print(done, flush=True)
import_files(files=[Path(sys.argv[3])], table="items", source="rms", by="Clerk", now_ms=int(sys.argv[4]), progress=told)
print("finished", flush=True)
"""


@pytest.fixture
def importer(office, tmp_path):
    return Importer(office, tmp_path)


def many(tmp_path, count):
    return write(
        tmp_path / "many.csv", [ITEMS[0] | {"tag": f"B-{number}"} for number in range(count)]
    )


def test_a_kill_in_mid_import_leaves_the_record_as_before(importer, tmp_path):
    importer.base()
    size = importer.office.size
    path = many(tmp_path, 30_000)
    connection.close()
    office = importer.office
    arguments = [str(office.home), office.url, str(path), str(office.now_ms + 1_000)]
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments], stdout=subprocess.PIPE, text=True
    ) as child:
        assert int(child.stdout.readline()) > 0
        os.kill(child.pid, signal.SIGKILL)
        assert "finished" not in child.stdout.read()
    deadline = time.monotonic() + 20
    while True:
        # PostgreSQL needs a moment to notice that the writer is gone.
        try:
            assert importer.office.size == size
            assert importer.office.rows("SELECT count(*) FROM items") == [(2,)]
            report = importer.files("items", path)
            break
        except Unavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    assert report.total("new") == 30_000


def test_a_full_disk_is_one_sentence_and_leaves_the_record_as_before(importer, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the size of a PostgreSQL database cannot be limited from here")
    importer.base()
    size = importer.office.size
    ((pages,),) = importer.office.rows("PRAGMA page_count")
    importer.office.rows(f"PRAGMA max_page_count = {pages + 200}")
    with pytest.raises(Unavailable, match="nothing was recorded"):
        importer.files("items", many(tmp_path, 9_000))
    importer.office.rows("PRAGMA max_page_count = 1073741823")
    assert importer.office.size == size
    assert importer.office.rows("SELECT count(*) FROM items") == [(2,)]
    assert importer.files("items", many(tmp_path, 9_000)).total("new") == 9_000


def test_a_reader_that_dies_is_one_sentence(importer, tmp_path, monkeypatch):
    monkeypatch.setattr("fullfile.server.actions.imports.reading.LARGE", 1)
    monkeypatch.setattr(sys, "executable", "/bin/true")
    size = importer.office.size
    with pytest.raises(Unavailable, match="ended before its time"):
        importer.files("items", many(tmp_path, 10))
    assert importer.office.size == size


def test_rejected_rows_need_a_place_to_go(importer, tmp_path):
    path = write(tmp_path / "items.csv", [*ITEMS, ITEMS[0] | {"tag": ""}])
    (tmp_path / "items.csv.rejected.csv").mkdir()
    size = importer.office.size
    with pytest.raises(Unavailable, match="rejected rows must have a place to go"):
        importer.files("items", path, skip_bad=True)
    assert importer.office.size == size


def test_a_file_that_changes_while_it_is_read_is_not_imported(importer, tmp_path):
    path = many(tmp_path, 10)
    size = importer.office.size

    def meddle(*_):
        path.write_text(path.read_text() + "North,Z-1,late,2024-01-01\n")

    with pytest.raises(Unavailable, match="was changed while it was read"):
        importer.files("items", path, progress=meddle)
    assert importer.office.size == size
