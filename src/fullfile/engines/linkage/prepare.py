"""From the material to tables that engines join: the case side once for a record, the item side for those chosen.

What is made beside the keys (`keys`) and the persons (`persons`):

    chosen        the rows of `item` that are looked at, with `class` and `grouped` (the part they are worked on in)
    sibling       report_id, item_id: chosen items under one number that no case lists, at most `TOGETHER` of them
    tied          item_id, case_id: a chosen item is on that case, or on one of its matter, as everybody knows
    court_agency  case_id, agency_id, item_id (the only thing that makes it one, else null)
    court_class   case_id, category, many (things of the class on the case)
    word_lean     key, bits: how much likelier a word is on things of cases than on things of none
"""
# ruff: noqa: S608 - conditions are our own

from __future__ import annotations

from fullfile.engines.linkage.connection import Connection
from fullfile.engines.linkage.keys import make_case_keys, make_item_keys
from fullfile.engines.linkage.persons import know_persons

__all__ = ["TOGETHER", "choose", "prepare_cases"]


TOGETHER = 40
"""Items under one number share their evidence while there are no more of them: more is a catch-all number."""


def prepare_cases(connection: Connection) -> int:
    """Make the case side; how many cases there are. Needs the material, `record` and `name_key`."""
    make_case_keys(connection)
    connection.execute(
        """CREATE OR REPLACE TABLE court_agency AS
           SELECT case_id, agency_id, CASE WHEN count(DISTINCT item_id) = 1 AND NOT bool_or(item_id IS NULL) THEN any_value(item_id) END AS item_id
           FROM (SELECT case_id, agency_id, NULL::BIGINT AS item_id FROM report
                 UNION ALL SELECT b.case_id, i.agency_id, i.item_id FROM bears b JOIN item i ON i.item_id = b.item_id)
           GROUP BY case_id, agency_id"""
    )
    connection.execute(
        """CREATE OR REPLACE TABLE court_class AS
           SELECT b.case_id, plain(i.category) AS category, count(*)::INTEGER AS many
           FROM bears b JOIN item i ON i.item_id = b.item_id WHERE i.category <> '' GROUP BY ALL"""
    )
    # How the words of things that are on cases differ from those of all that is on none.
    connection.execute(
        """CREATE OR REPLACE TABLE word_lean AS
           WITH said AS (
             SELECT i.item_id, unnest(list_distinct(list_concat(words_in(i.words), ['= ' || plain(i.category), '= ' || i.kind]))) AS word,
                    i.item_id IN (SELECT item_id FROM settled) AS on_case FROM item i),
           total AS (SELECT count(*) FILTER (i.item_id IN (SELECT item_id FROM settled)) + 1.0 AS yes,
                            count(*) FILTER (i.item_id NOT IN (SELECT item_id FROM settled)) + 1.0 AS no FROM item i)
           SELECT key_of('w', word) AS key,
                  log2(((count(*) FILTER (on_case) + 4 * yes / (yes + no)) / yes) / ((count(*) FILTER (NOT on_case) + 4 * no / (yes + no)) / no)) AS bits
           FROM said, total GROUP BY word, yes, no HAVING count(*) >= 5"""
    )
    (found,) = connection.execute("SELECT count(*) FROM court").fetchall()
    return int(found[0])


def choose(connection: Connection, which: str, *, every_key: bool = False) -> int:
    """Make the item side of the items that meet a condition; how many there are.

    Args:
        connection: with the material, the case side and `person_pair`.
        which: a condition on `item` (alias i).
        every_key: keep keys that no case has, too; see `make_item_keys`.
    """
    connection.execute(
        f"""CREATE OR REPLACE TABLE chosen AS
            SELECT i.*, plain(i.category) AS class,
                   CAST(hash(coalesce(i.report_id, -i.item_id)) >> 8 AS BIGINT) AS grouped
            FROM item i WHERE {which}"""
    )
    # A number that is on everything ties nothing: it counts as none.
    connection.execute(
        f"""CREATE OR REPLACE TABLE chosen AS
           SELECT c.* REPLACE (CASE WHEN count(*) OVER (PARTITION BY c.report_id) <= {TOGETHER} THEN c.report_id END AS report_id),
                  coalesce(w.wording, 0.0)::DOUBLE AS wording,
                  (SELECT count(DISTINCT p.name) FROM person p WHERE p.side = 'item' AND p.ref = c.item_id AND NOT p.officer AND p.role IN ('giver', 'named'))::DOUBLE AS named
           FROM chosen c LEFT JOIN (
             SELECT s.item_id, sum(l.bits) / sqrt(count(*)) AS wording FROM (
               SELECT item_id, key_of('w', unnest(list_distinct(list_concat(words_in(words), ['= ' || plain(category), '= ' || kind])))) AS key
               FROM chosen) s JOIN word_lean l ON l.key = s.key GROUP BY s.item_id) w ON w.item_id = c.item_id"""
    )
    make_item_keys(connection, every=every_key)
    know_persons(connection)
    connection.execute(
        f"""CREATE OR REPLACE TABLE sibling AS
            SELECT report_id, item_id FROM (
              SELECT c.report_id, c.item_id, count(*) OVER (PARTITION BY c.report_id) AS many FROM chosen c
              WHERE c.report_id IS NOT NULL AND c.item_id NOT IN (SELECT item_id FROM settled))
            WHERE many BETWEEN 2 AND {TOGETHER}"""
    )
    connection.execute(
        """CREATE OR REPLACE TABLE tied AS
           WITH own AS (SELECT b.item_id, b.case_id FROM bears b SEMI JOIN settled s ON s.item_id = b.item_id
                        SEMI JOIN chosen c ON c.item_id = b.item_id)
           SELECT item_id, case_id::INTEGER AS case_id FROM own
           UNION SELECT o.item_id, r.other_id FROM own o JOIN relation r ON r.case_id = o.case_id"""
    )
    (found,) = connection.execute("SELECT count(*) FROM chosen").fetchall()
    return int(found[0])
