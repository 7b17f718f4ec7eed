"""What an export holds, before anything is imported."""

from __future__ import annotations

from fullfile.engines.importers import profile, read_mapping


def test_columns_in_figures(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Property list\nprinted 06/30/2025\n\nno,when,sealed,what,empty,id\n"
        "1,01/02/2024, yes ,A knife,,2016376978521300\n"
        '2,01/03/2024,no,"A rope\nand a hook",,2016376978521301\n'
        "3,13/13/2024 or so,no,A knife,,2016376978521302\n"
    )
    (found,) = profile(path)
    assert (found.header_row, found.header_guess, found.rows) == (4, 4, 3)
    column = {one.name: one for one in found.columns}
    assert column["no"].looks_like == "number"
    assert (column["when"].looks_like, column["when"].date_format) == ("text", "")
    assert (column["sealed"].looks_like, column["sealed"].padded) == ("yes_no", 1)
    assert (column["what"].distinct, column["what"].line_breaks) == (2, 1)
    assert column["what"].sample[0] == "A knife"
    assert (column["empty"].filled, column["empty"].looks_like) == (0, "")
    assert (column["id"].long_ids, column["id"].longest) == (3, 16)


def test_dates_are_recognised_though_one_of_many_is_none(tmp_path):
    path = tmp_path / "list.csv"
    dates = [f"{day}/1/2024 1:0{day % 10}:00 PM" for day in range(1, 13)]
    path.write_text(
        "when,iso\n"
        + "".join(f"{day},2024-01-0{n % 9 + 1}\n" for n, day in enumerate([*dates, "soon"]))
    )
    (found,) = profile(path)
    assert [one.date_format for one in found.columns] == ["%m/%d/%Y %I:%M:%S %p", "ISO 8601"]


def test_a_mapping_says_where_the_table_stands(tmp_path):
    (tmp_path / "map.toml").write_text('no_tables = "none"\n[file]\nheader = 2\nfilled = ["b"]\n')
    path = tmp_path / "list.csv"
    path.write_text("x,y\na,b\n1,\n2,3\n")
    (found,) = profile(path, read_mapping(tmp_path / "map.toml"))
    assert (found.rows, [one.name for one in found.columns]) == (1, ["a", "b"])


def test_unreadable_rows_are_counted(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n1,x\0y\n2,z\n")
    (found,) = profile(path)
    assert (found.rows, found.unreadable) == (1, 1)
