"""Reading a county of anybody's, and the plain search over it."""

from __future__ import annotations

import json

import pytest

from fullfile.core.errors import Refused
from fullfile.engines.counties.search import search
from fullfile.engines.counties.truth import read_matters, read_suggestions, read_truth


@pytest.fixture
def county(tmp_path):
    tables = {
        "cases": "case_number,report_numbers,related_cases,summary\n"
        "C1,Alder PD:24-1,C2|co_defendant,A guitar was taken from the diner\n"
        "C2,Alder PD:24-2,,A saddle\n"
        "C3,alder pd:24-1; Bram SO:7,C4|severed_from,\n"
        "C4,,,\n",
        "parties": "case_number,name,role\nC1,Ada Quillmoor,defendant\nC4,Otto Wainfell,victim\n",
        "mentions": "agency,report_number,description,by\nAlder PD,24-2,a brass trumpet,Ofc. Rookley\n",
        "items": "agency,tag,description,collected_from\n"
        "Alder PD,T1,Guitar,Ada Quillmoor\nAlder PD,T2,Trumpet,\nAlder PD,T3,Zither,\n"
        "Alder PD,T4,Guitar,Ada Quillmoor\n",
        "custody": "agency,tag,event,from\nAlder PD,T3,collected,Otto Wainfell\n",
        "truth": "agency,tag,case_number,kind\n"
        "Alder PD,T1,C1,handed_in_later\nAlder PD,T1,C3,handed_in_later\nAlder PD,T2,,\nAlder PD,T3,C4,\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def test_truth(county):
    truth = read_truth(county)
    assert truth["alder pd", "t1"] == ("handed_in_later", {"c1", "c3"})
    assert truth["alder pd", "t2"] == ("unrelated", frozenset())
    assert truth["alder pd", "t3"] == ("orphan", {"c4"})


def test_a_county_without_truth_is_refused(tmp_path, county):
    with pytest.raises(Refused, match=r"truth\.csv is not there"):
        read_truth(tmp_path / "elsewhere")
    (county / "truth.csv").write_text("agency,item\nAlder PD,T1\n", "utf-8")
    with pytest.raises(Refused, match="row 2: expected the columns"):
        read_truth(county)


def test_matters_are_one_step(county):
    matters = read_matters(county)
    assert matters["c1"] == {"c1", "c2", "c3"}  # C3 by the shared number, in other letters
    assert matters["c2"] == {"c1", "c2"}
    assert matters["c4"] == {"c4"}  # severed_from makes no matter


def test_a_number_of_more_than_twenty_cases_joins_none(tmp_path):
    lines = "".join(f"C{n},PD:1\n" for n in range(21))
    (tmp_path / "cases.csv").write_text(f"case_number,report_numbers\n{lines}", "utf-8")
    assert read_matters(tmp_path)["c3"] == {"c3"}
    (tmp_path / "cases.csv").write_text(f"case_number,report_numbers\n{lines[:-8]}", "utf-8")
    assert len(read_matters(tmp_path)["c3"]) == 20


def test_suggestions_are_those_of_the_contract(tmp_path):
    one = {"agency": "A", "tag": "1", "case_number": "C1", "rank": 1, "probability": 0.97}
    path = tmp_path / "link.json"
    path.write_text(json.dumps({"model": {}, "suggestions": [one | {"reasons": []}]}), "utf-8")
    assert list(read_suggestions(path)) == [("a", "1", "c1", 1, 0.97)]
    path = tmp_path / "link.csv"
    path.write_text(
        "agency,tag,case_number,rank,probability,reasons\nA,1,C1,1,0.97,x; y\n", "utf-8"
    )
    assert list(read_suggestions(path)) == [("a", "1", "c1", 1, 0.97)]


def test_search_finds_by_words_names_and_custody(county):
    found = list(search(county, read_truth(county)))
    first = {one.tag: one.case_number for one in found if one.rank == 1}
    assert first == {"t1": "C1", "t2": "C2", "t3": "C4"}
    assert all(0 < one.probability <= 1 for one in found)
    assert all(one.tag != "t4" for one in found)  # not asked for


def test_search_gives_no_more_than_the_top(county):
    found = list(search(county, read_truth(county), top=1))
    assert {one.rank for one in found} == {1}


def test_search_can_read_what_is_filed(county):
    (county / "filings.csv").write_text("case_number,agency,tag\nC4,Alder PD,T4\n", "utf-8")
    alone = {one.case_number for one in search(county, [("alder pd", "t1")])}
    more = {one.case_number for one in search(county, [("alder pd", "t1")], with_filed=True)}
    assert "C4" not in alone
    assert "C4" in more
