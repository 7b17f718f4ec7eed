"""Who is who: persons of all tables resolved with Splink, on DuckDB or Spark alike.

In bulk:

    resolution = resolve(records, scratch=folder)            # trains on the table, or takes `model`
    resolution.pairs, resolution.person, resolution.skipped
    resolution.model.why(row)                                # the levels of a pair, in words

For one item, in a warm process, with an index of blocking keys that the caller keeps (made of
`resolution.keys`; keys in `resolution.crowded` are looked up for nobody):

    new = [parse_person(-1, name="Bobby Quill", phone="555 0142")]
    found = {record for key in blocking_keys(new[0]) for record in index.get(key, ())}
    pairs = match_few(new, candidates, resolution.model, resolution.term_frequencies)

Rules kept here: civilians are compared with civilians, officers with officers; item-side records with case-side
records, and case-side records with each other; nothing that is left out goes unnamed. What this
does not do: it reads no database, decides nothing, and knows nothing of cases.
"""

from fullfile.engines.linkage.people.few import match_few
from fullfile.engines.linkage.people.frequencies import TermFrequencies
from fullfile.engines.linkage.people.model import PeopleModel, load_priors
from fullfile.engines.linkage.people.names import Name, parse_name
from fullfile.engines.linkage.people.person import Person, blocking_keys, parse_person
from fullfile.engines.linkage.people.resolve import resolve
from fullfile.engines.linkage.people.results import (
    CASE_SIDE,
    ITEM_SIDE,
    PAIRS,
    RECORDS,
    Budget,
    Pair,
    Resolution,
)
from fullfile.engines.linkage.people.training import train

__all__ = [
    "CASE_SIDE",
    "ITEM_SIDE",
    "PAIRS",
    "RECORDS",
    "Budget",
    "Name",
    "Pair",
    "PeopleModel",
    "Person",
    "Resolution",
    "TermFrequencies",
    "blocking_keys",
    "load_priors",
    "match_few",
    "parse_name",
    "parse_person",
    "resolve",
    "train",
]
