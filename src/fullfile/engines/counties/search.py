"""A plain search, to compare with: TF-IDF over all the words there are, and the cosine between item and case.

The words of an item: its row in `items` and its rows in `custody`, names,
numbers and places included. The words of a case: its rows in `cases`,
`parties`, `counts`, `requests` and `mentions` (those of its report numbers). The
descriptions of the items on its file can be added; in the counties tried they changed
no figure by more than a few hundredths, and mostly for the worse, so they are left
out. No rule, no training.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from fullfile.engines.counties.scoring import Key, Suggestion
from fullfile.engines.counties.truth import folded, rows_of

__all__ = ["search"]

_AT_ONCE = 1_000
_WORD = r"(?u)\b\w+\b"
_OF_A_CASE = ("parties", "counts", "requests")
_KEYS = {"case_number", "agency", "tag"}


def search(
    directory: Path, items: Iterable[Key], *, top: int = 20, with_filed: bool = False
) -> Iterator[Suggestion]:
    """The cases whose words are nearest to an item's, for each item; the cosine stands as its probability.

    Args:
        directory: of the import tables.
        items: for which items, as `read_truth` names them.
        top: how many cases for an item; those that share no word are left out.
        with_filed: whether the descriptions of the items on its file are words of a case.
    """
    wanted = dict.fromkeys(items)
    words = _words_of_items(directory, wanted)
    cases = _words_of_cases(directory, with_filed=with_filed)
    keys, numbers = list(words), list(cases)
    if not keys or not numbers:
        return
    # Both libraries come without types, so they are reached by name.
    text = import_module("sklearn.feature_extraction.text")
    numpy = import_module("numpy")
    vectors = text.TfidfVectorizer(sublinear_tf=True, token_pattern=_WORD)
    case_side = vectors.fit_transform(cases.values()).T.tocsc()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        cosines = (vectors.transform(words[key] for key in some) @ case_side).toarray()
        best = numpy.argsort(-cosines, axis=1, kind="stable")[:, :top]
        for row, (agency, tag) in enumerate(some):
            for rank, column in enumerate(best[row].tolist(), 1):
                cosine = float(cosines[row, column])
                if cosine > 0:
                    yield Suggestion(agency, tag, numbers[column], rank, min(1.0, cosine))


def _words_of_items(directory: Path, wanted: Mapping[Key, None]) -> dict[Key, str]:
    found: dict[Key, list[str]] = {}
    for table in ("items", "custody"):
        for row in rows_of(directory, table):
            key = (folded(row["agency"]), folded(row["tag"]))
            if key in wanted:
                # Who holds it is a word too; the tag is nobody's.
                found.setdefault(key, []).extend(
                    value for name, value in row.items() if name != "tag"
                )
    return {key: " ".join(parts) for key, parts in found.items()}


def _words_of_cases(directory: Path, *, with_filed: bool) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    of_number: dict[str, list[str]] = {}
    for row in rows_of(directory, "cases"):
        number = row["case_number"]
        found[number] = list(row.values())
        for part in row.get("report_numbers", "").split(";"):
            of_number.setdefault(part.strip().casefold(), []).append(number)
    for table in _OF_A_CASE:
        for row in rows_of(directory, table):
            if row["case_number"] in found:
                found[row["case_number"]].extend(
                    value for name, value in row.items() if name not in _KEYS
                )
    for row in rows_of(directory, "mentions"):
        for number in of_number.get(f"{row['agency']}:{row['report_number']}".casefold(), ()):
            found[number] += [row.get("description", ""), row.get("by", "")]
    if with_filed:
        for number, text in _filed(directory):
            if number in found:
                found[number].append(text)
    return {number: " ".join(parts) for number, parts in found.items()}


def _filed(directory: Path) -> Iterator[tuple[str, str]]:
    on_file: dict[Key, list[str]] = {}
    for row in rows_of(directory, "filings"):
        on_file.setdefault((row["agency"], row["tag"]), []).append(row["case_number"])
    for row in rows_of(directory, "items"):
        for number in on_file.get((row["agency"], row["tag"]), ()):
            yield number, row["description"]
