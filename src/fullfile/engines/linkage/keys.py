"""The keys that an item and a case can share: words, numbers, places, days, officers, near-misses of report numbers.

Everything that can tie an item to a case is a *key*: two rows with the same key share something. Keys are
64-bit numbers, made here once on DuckDB from the tables of `material`, so that every engine joins whole numbers:

    case_key  key, case_id, family, n (items of the case that have it), item_id (the only one, else null), known
    item_key  key, item_id, quality (0 to 1), text (what a person reads), known
    key_rarity key, family, cases     how many cases have it

Families say where the case has the key from (`FAMILIES`). Days are days since 1970; null: known from the first day.
What this does not do: it compares no names (`people`), and weighs nothing (`evidence`).
"""
# ruff: noqa: S608 - names in queries are our own tables'

from __future__ import annotations

from pathlib import Path

from fullfile.engines.linkage.connection import Connection

__all__ = ["FAMILIES", "make_case_keys", "make_item_keys", "meant"]


FAMILIES: dict[str, int] = {
    "words": 1,  # of the case itself: title, summary, place, charges, names
    "mark": 2,  # a serial number, a plate, a number in a text
    "phone": 3,
    "address": 4,  # house number and street
    "street": 5,
    "officer": 6,
    "officer_day": 7,  # an officer of the case, on a day on which things of the case were taken
    "street_week": 8,
    "agency_day": 9,
    "number_edit": 10,  # a report number one slip away
    "number_digits": 11,  # the same digits, another prefix
    "number_end": 12,  # the same running number, another year or agency
    "asked": 13,  # words of an open request of the defence
    "mentioned": 14,  # words of a mention that nobody booked
    "class_week": 15,
    "item_words": 16,  # words of things already on the case
    "item_person": 17,  # a person named with things already on the case
    "surname": 18,
    "item_mark": 19,
    "number_told": 20,  # the case's number in the item's own text or tag
    "class": 21,
    "person_told": 22,  # a party's whole name in the item's text
    "block": 23,  # the hundred of houses on a street
    "officer_told": 24,  # an officer with a rank in the item's text
    "street_month": 25,
}

_LETTERS = r"[\p{L}\p{M}]+"
"""A run of letters. Its length is asked afterwards: a pattern with a count takes three times as long to make ready."""
_MARK = r"[A-Z0-9][A-Z0-9\-/.#]{2,30}"
_PLATE = (
    r"\b(?:plates?|licen[cs]e|lic|registration)\b[^a-z0-9]+(?:(?:plate|number|num|no|tag)\b[^a-z0-9]+)*"
    r"(?:[a-z]{2}[^a-z0-9]+)?([a-z0-9]{1,4} [a-z0-9]{2,4})\b"
)
"""A plate in two parts, after a word that says that it is one: elsewhere a word and a number are no mark."""
_PHONE = r"\(?\d{3}\)?[ .\-]{0,2}\d{3}[ .\-]?\d{4}"
_HOUSE = r"\b(\d{2,6}[a-z]?\s+(?:[nsew]\.?\s+|north\s+|south\s+|east\s+|west\s+)?[\p{L}]{3,})"
_RANK = r"\b(?:ofc|ofcr|officer|dep|deputy|det|detective|sgt|sergeant|cpl|corporal|lt|lieutenant|agent|inv|tpr|trooper|tech)\.?\s+"
_RANKED = _RANK + r"[\p{L}][\p{L}]*\.?\s+(?:[\p{L}]\.?\s+)?[\p{L}\-]{3,}"
_MOST = 400
"""Keys of one kind that one text can give."""

# One plural and its singular are one word.
_STEM = """CREATE OR REPLACE MACRO stem(w) AS CASE
    WHEN length(w) > 5 AND w LIKE '%ies' THEN w[:-4] || 'y'
    WHEN length(w) > 3 AND w LIKE '%s' AND w NOT LIKE '%ss' THEN w[:-2] ELSE w END"""

_MACROS = (
    "CREATE OR REPLACE MACRO key_of(kind, said) AS CAST(hash(kind || ':' || said) >> 1 AS BIGINT)",
    "CREATE OR REPLACE MACRO plain(said) AS lower(strip_accents(said))",
    f"""CREATE OR REPLACE MACRO words_in(said) AS
         list_distinct(list_transform(list_filter(regexp_extract_all(plain(said), '{_LETTERS}'), lambda w: length(w) >= 3)[:{_MOST * 3}],
           lambda w: stem(w)))[:{_MOST}]""",
    # Two words side by side, or with one between them, as a name's two parts stand in `name_key`. A macro's argument is
    # worked out wherever it stands; a list of one holds it, so that it is worked out once.
    """CREATE OR REPLACE MACRO pairs_of(said) AS list_transform([said], lambda w: list_distinct(list_concat(
         list_transform(range(1, len(w)), lambda i: 'nc:' || least(w[i], w[i + 1]) || '|' || greatest(w[i], w[i + 1])),
         list_transform(range(1, len(w) - 1), lambda i: 'nc:' || least(w[i], w[i + 2]) || '|' || greatest(w[i], w[i + 2])))))[1]""",
    f"""CREATE OR REPLACE MACRO names_told(said) AS pairs_of(regexp_extract_all(plain(said), '[\\p{{L}}\\p{{M}}]{{1,}}')[:{_MOST}])""",
    f"""CREATE OR REPLACE MACRO officers_told(said) AS list_distinct(list_transform(
         regexp_extract_all(plain(said), '{_RANKED}')[:10],
         lambda n: 'io:' || regexp_extract(n, '\\S+$') || '|' || regexp_extract(n, '{_RANK}([\\p{{L}}])', 1)))""",
    # What is easily misread is read alike: O and 0, I and 1, S and 5, B and 8, Z and 2.
    "CREATE OR REPLACE MACRO alike(said) AS translate(regexp_replace(upper(said), '[^A-Z0-9]', '', 'g'), 'OILSBZ', '011582')",
    f"""CREATE OR REPLACE MACRO marks_said(said) AS
         list_distinct(list_filter(list_concat(regexp_extract_all(upper(strip_accents(said)), '{_MARK}')[:{_MOST}],
             list_transform(regexp_extract_all(plain(said), '{_PLATE}', 1)[:20], lambda m: upper(m))),
           lambda m: regexp_matches(m, '[0-9]') AND length(regexp_replace(m, '[^A-Z0-9]', '', 'g')) >= 4))""",
    "CREATE OR REPLACE MACRO marks_in(said) AS list_distinct(list_transform(marks_said(said), lambda m: alike(m)))",
    f"""CREATE OR REPLACE MACRO phones_said(said) AS list_distinct(regexp_extract_all(said, '{_PHONE}')[:20])""",
    "CREATE OR REPLACE MACRO line_of(phone) AS right(regexp_replace(phone, '[^0-9]', '', 'g'), 7)",
    "CREATE OR REPLACE MACRO phones_in(said) AS list_distinct(list_transform(phones_said(said), lambda p: line_of(p)))",
    f"""CREATE OR REPLACE MACRO houses_in(said) AS
         list_distinct(list_transform(regexp_extract_all(plain(said), '{_HOUSE}')[:40],
           lambda h: regexp_extract(h, '^[0-9]+') || ' ' || regexp_extract(h, '\\S+$')))""",
    """CREATE OR REPLACE MACRO block_of(house) AS (CAST(regexp_extract(house, '^[0-9]+') AS BIGINT) // 100) || ' ' || regexp_extract(house, '[^ ]+$')""",
    "CREATE OR REPLACE MACRO blocks_in(said) AS list_distinct(list_transform(houses_in(said), lambda h: block_of(h)))",
    f"""CREATE OR REPLACE MACRO streets_in(said) AS
         list_filter(list_distinct(list_filter(regexp_extract_all(plain(said), '{_LETTERS}'), lambda w: length(w) >= 4)[:60]), lambda w:
           w NOT IN ('street', 'avenue', 'road', 'lane', 'drive', 'boulevard', 'court', 'place', 'block', 'north', 'south', 'east',
                     'west', 'near', 'unit', 'suite', 'apartment', 'intersection', 'corner', 'behind', 'front', 'rear', 'residence'))""",
    "CREATE OR REPLACE MACRO bare(said) AS regexp_replace(upper(strip_accents(said)), '[^A-Z0-9]', '', 'g')",
    # Near-misses: one character open, two exchanged, one left out or too many.
    """CREATE OR REPLACE MACRO slips_of(said) AS list_transform([said], lambda s: list_concat(list_concat(
         list_transform(range(1, length(s) + 1), lambda i: 'm' || substr(s, 1, i - 1) || '?' || substr(s, i + 1)),
         list_transform(range(1, length(s)), lambda i: 't' || substr(s, 1, i - 1) ||
           least(substr(s, i, 1), substr(s, i + 1, 1)) || greatest(substr(s, i, 1), substr(s, i + 1, 1)) || substr(s, i + 2))),
         list_transform(range(0, length(s) + 1), lambda i: 'd' || CASE WHEN i = 0 THEN s ELSE substr(s, 1, i - 1) || substr(s, i + 1) END)))[1]""",
    # Cut before it is varied: the engine may work out both branches.
    "CREATE OR REPLACE MACRO slips(s) AS CASE WHEN length(s) BETWEEN 4 AND 40 THEN slips_of(left(s, 40)) ELSE [] END",
    r"""CREATE OR REPLACE MACRO digits_of(n) AS
         array_to_string(list_transform(regexp_extract_all(n, '[0-9]+'), lambda d: ltrim(d, '0')), '.')""",
    r"""CREATE OR REPLACE MACRO end_of(n) AS ltrim(list_last(list_filter(regexp_extract_all(n, '[0-9]+'), lambda d: length(d) >= 3)), '0')""",
)

_PERSON_NAMES = """
    SELECT p.side, p.ref, p.role, p.officer, p.known, p.name, k.key AS name_key FROM person p
    JOIN record r USING (side, name, officer, agency, born, phone, address)
    JOIN name_key k ON k.record = r.record"""


def _texts(side: str) -> str:
    """(id, where, text, known) of everything that a side says in words."""
    if side == "item":
        return """
            SELECT item_id AS id, 'text' AS place, words AS said, known FROM chosen
            UNION ALL SELECT item_id, 'where', place, known FROM chosen
            UNION ALL SELECT item_id, 'mark', marks, known FROM chosen
            UNION ALL SELECT item_id, 'tag', tag || ' ' || regexp_replace(tag, '[-/._ ][^-/._ ]*$', ''), known FROM chosen
            UNION ALL SELECT p.ref, 'name', p.name, p.known FROM person p JOIN chosen c ON c.item_id = p.ref WHERE p.side = 'item'"""
    return """
        SELECT case_id AS id, 'text' AS place, words AS said, NULL::INTEGER AS known FROM court
        UNION ALL SELECT case_id, 'where', place, NULL FROM court
        UNION ALL SELECT ref, 'name', name, NULL FROM person WHERE side = 'case'
        UNION ALL SELECT ref, 'where', address, NULL FROM person WHERE side = 'case' AND address <> ''
        UNION ALL SELECT ref, 'phone', phone, NULL FROM person WHERE side = 'case' AND phone <> ''"""


def make_macros(connection: Connection) -> None:
    """How texts are read: words and what they mean, marks, houses, names told."""
    connection.execute(_STEM)
    lines = (Path(__file__).parent / "vocabulary.txt").read_text("utf-8").splitlines()
    pairs = [
        (word, "~" + name.strip())
        for line in lines
        if line and not line.startswith("#")
        for name, words in (line.split(":"),)
        for word in words.split()
    ]
    # Words of texts come as stems, so those listed are stems too.
    words = ", ".join(f"'{word}'" for word, _ in pairs)
    ((stems,),) = connection.execute(
        f"SELECT list_transform([{words}], lambda w: stem(w))"
    ).fetchall()
    meanings: dict[str, str] = {}
    for stem, (_, name) in zip(stems, pairs, strict=True):
        meanings.setdefault(stem, name)
    listed = ", ".join(f"('{word}', '{name}')" for word, name in sorted(meanings.items()))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE meaning AS FROM (VALUES {listed}) AS m(word, name)"
    )
    for macro in _MACROS:
        connection.execute(macro)


def meant(source: str) -> str:
    """(id, word, 'w', known) of a text's words and of the kinds of thing that they mean (`vocabulary.txt`).

    Args:
        source: a query of (id, said, known).
    """
    return (
        "SELECT w.id, unnest(CASE WHEN m.name IS NULL THEN [w.word] ELSE [w.word, m.name] END) AS said, 'w' AS kind, w.known "
        f"FROM (SELECT id, unnest(words_in(said)) AS word, known FROM ({source}) AS s(id, said, known)) w "
        "LEFT JOIN meaning m ON m.word = w.word"
    )


def make_case_keys(connection: Connection) -> None:
    """Make `case_key` and `key_rarity` from the material of all cases and of the items that bear on them."""
    make_macros(connection)
    connection.execute(
        "CREATE OR REPLACE TABLE case_key (key BIGINT, case_id INTEGER, family TINYINT, n INTEGER, item_id BIGINT, known INTEGER)"
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE case_text AS {_texts('case')}")
    own = {
        "words": meant("SELECT id, said, known FROM case_text WHERE place <> 'phone'"),
        "mark": "SELECT id, unnest(marks_in(said)), 'i', known FROM case_text WHERE place IN ('text', 'where')",
        "phone": (
            "SELECT id, unnest(phones_in(said)), 'p', known FROM case_text WHERE place = 'text' "
            "UNION ALL SELECT id, right(regexp_replace(said, '[^0-9]', '', 'g'), 7), 'p', known FROM case_text "
            "WHERE place = 'phone' AND length(regexp_replace(said, '[^0-9]', '', 'g')) >= 7"
        ),
        "address": "SELECT id, unnest(houses_in(said)), 'a', known FROM case_text WHERE place IN ('text', 'where')",
        "street": "SELECT id, unnest(streets_in(said)), 's', known FROM case_text WHERE place = 'where'",
        "asked": meant("SELECT case_id, words, known FROM asked"),
        "mentioned": meant("SELECT case_id, words, known FROM mention"),
        "number_told": (
            "SELECT case_id, alike(number), 'i', NULL FROM report WHERE length(bare(number)) >= 5 "
            "UNION ALL SELECT case_id, alike(number), 'i', NULL FROM court WHERE length(bare(number)) >= 5"
        ),
        "number_edit": (
            "SELECT case_id, unnest(slips(bare(number))), 'm', NULL FROM report "
            "UNION ALL SELECT case_id, unnest(slips(bare(number))), 'm', NULL FROM court"
        ),
        "number_digits": (
            "SELECT case_id, digits_of(number), 'g', NULL FROM report WHERE length(digits_of(number)) >= 4 "
            "UNION ALL SELECT case_id, digits_of(number), 'g', NULL FROM court WHERE length(digits_of(number)) >= 4"
        ),
        "number_end": "SELECT case_id, end_of(number), 'q', NULL FROM report WHERE length(end_of(number)) >= 3",
        "street_week": (
            "SELECT t.id, unnest(streets_in(t.said)) || ' ' || week.week, 'sw', t.known FROM case_text t "
            "JOIN court c ON c.case_id = t.id, unnest([-1, 0, 1]) AS o(o), "
            "LATERAL (SELECT CAST(floor(coalesce(c.incident, c.opened) / 7.0) AS INTEGER) + o.o AS week) week "
            "WHERE t.place = 'where' AND coalesce(c.incident, c.opened) IS NOT NULL"
        ),
        "block": "SELECT id, unnest(blocks_in(said)), 'b', known FROM case_text WHERE place IN ('text', 'where')",
        "street_month": (
            "SELECT t.id, unnest(streets_in(t.said)) || ' ' || (CAST(floor(coalesce(c.incident, c.opened) / 30.0) AS INTEGER) + o.o), 'sm', t.known "
            "FROM case_text t JOIN court c ON c.case_id = t.id, unnest([-1, 0, 1, 2]) AS o(o) "
            "WHERE t.place = 'where' AND coalesce(c.incident, c.opened) IS NOT NULL"
        ),
        "person_told": "SELECT ref, name_key, 'n', NULL FROM ({names}) WHERE side = 'case' AND NOT officer AND name_key LIKE 'n%'",
        "officer_told": "SELECT ref, name_key, 'ot', NULL FROM ({names}) WHERE side = 'case' AND officer AND name_key LIKE 'i%'",
        "agency_day": (
            "SELECT r.case_id, r.agency_id || ' ' || (c.incident + o.o), 'ad', NULL FROM report r JOIN court c USING (case_id), "
            "unnest([-1, 0, 1]) AS o(o) WHERE c.incident IS NOT NULL"
        ),
        "surname": "SELECT ref, split_part(name_key, ':', 2), 'n', NULL FROM ({names}) WHERE side = 'case' AND NOT officer AND name_key LIKE 'u%'",
        "officer": "SELECT ref, name_key, 'o', NULL FROM ({names}) WHERE side = 'case' AND officer AND name_key NOT LIKE 'u%'",
        "officer_day": (
            "SELECT p.ref, p.name_key || ' ' || (c.incident + o.o), 'od', NULL FROM ({names}) p JOIN court c ON c.case_id = p.ref, "
            "unnest([-1, 0, 1]) AS o(o) WHERE p.side = 'case' AND p.officer AND p.name_key LIKE 'n%' AND c.incident IS NOT NULL"
        ),
    }
    for family, query in own.items():
        connection.execute(
            f"""INSERT INTO case_key SELECT key_of(kind, said), id, {FAMILIES[family]}, 0, NULL, min(known)
                FROM (SELECT * FROM ({query.replace("{names}", _PERSON_NAMES)}) AS q(id, said, kind, known)) WHERE said <> '' GROUP BY ALL"""
        )
    # What things already on the case say; every key remembers how many of them have it.
    of_items = {
        "item_words": meant("SELECT item_id, words || ' ' || place, known FROM item"),
        "item_mark": "SELECT i.item_id, unnest(marks_in(i.words || ' ' || i.marks)), 'i', i.known FROM item i",
        "phone": "SELECT i.item_id, unnest(phones_in(i.words)), 'p', i.known FROM item i",
        "address": "SELECT i.item_id, unnest(houses_in(i.place)), 'a', i.known FROM item i WHERE i.place <> ''",
        "street": "SELECT i.item_id, unnest(streets_in(i.place)), 's', i.known FROM item i WHERE i.place <> ''",
        "street_week": (
            "SELECT i.item_id, unnest(streets_in(i.place)) || ' ' || (CAST(floor(i.day / 7.0) AS INTEGER) + o.o), 'sw', i.known "
            "FROM item i, unnest([-1, 0, 1]) AS o(o) WHERE i.place <> ''"
        ),
        "agency_day": ("SELECT i.item_id, i.agency_id || ' ' || i.day, 'ad', i.known FROM item i"),
        "block": "SELECT i.item_id, unnest(blocks_in(i.place)), 'b', i.known FROM item i WHERE i.place <> ''",
        "officer_told": "SELECT ref, name_key, 'ot', known FROM ({names}) WHERE side = 'item' AND officer AND role = 'staff' AND name_key LIKE 'i%'",
        "class": "SELECT i.item_id, plain(i.category), 'c', i.known FROM item i WHERE i.category <> ''",
        "class_week": (
            "SELECT i.item_id, plain(i.category) || ' ' || (CAST(floor(i.day / 7.0) AS INTEGER) + o.o), 'cw', i.known FROM item i, "
            "unnest([-1, 0, 1]) AS o(o) WHERE i.category <> ''"
        ),
        "officer": "SELECT ref, name_key, 'o', known FROM ({names}) WHERE side = 'item' AND officer AND role = 'staff' AND name_key NOT LIKE 'u%'",
        "officer_day": (
            "SELECT p.ref, p.name_key || ' ' || i.day, 'od', p.known FROM ({names}) p JOIN item i ON i.item_id = p.ref "
            "WHERE p.side = 'item' AND p.officer AND p.role = 'staff' AND p.name_key LIKE 'n%'"
        ),
        "item_person": "SELECT ref, name_key, 'n', known FROM ({names}) WHERE side = 'item' AND NOT officer AND name_key LIKE 'n%'",
    }
    for family, query in of_items.items():
        connection.execute(
            f"""INSERT INTO case_key
                SELECT key_of(q.kind, q.said), b.case_id, {FAMILIES[family]}, count(DISTINCT q.id),
                       CASE WHEN count(DISTINCT q.id) = 1 THEN any_value(q.id) END, min(q.known)
                FROM ({query.replace("{names}", _PERSON_NAMES)}) AS q(id, said, kind, known) JOIN bears b ON b.item_id = q.id
                WHERE q.said <> '' GROUP BY 1, 2"""
        )
    connection.execute(
        """CREATE OR REPLACE TABLE key_rarity AS
           SELECT key, family, count(DISTINCT case_id)::INTEGER AS cases FROM case_key GROUP BY key, family"""
    )


def make_item_keys(connection: Connection, *, every: bool = False) -> None:
    """Make `item_key` from the table `chosen`: rows of `item` that are looked at. Needs the case side.

    Args:
        connection: with `chosen` and the case side.
        every: keep the keys that no case has, too: the case side is not all there yet.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE item_text AS {_texts('item')}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE item_house AS "
        "SELECT id, unnest(houses_in(said)) AS house, known FROM item_text WHERE place IN ('text', 'where')"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE item_street AS "
        "SELECT id, unnest(streets_in(said)) AS street, known FROM item_text WHERE place = 'where'"
    )
    words = meant("SELECT id, said, known FROM item_text WHERE place <> 'tag'")
    queries = (
        f"SELECT id, said, kind, 1.0, known FROM ({words})",
        "SELECT id, unnest(marks_said(said)), 'i', 1.0, known FROM item_text WHERE place IN ('text', 'where', 'mark', 'tag')",
        "SELECT id, unnest(phones_said(said)), 'p', 1.0, known FROM item_text WHERE place = 'text'",
        "SELECT id, house, 'a', 1.0, known FROM item_house",
        "SELECT id, street, 's', 1.0, known FROM item_street",
        (
            "SELECT t.id, t.street || ' ' || CAST(floor(c.day / 7.0) AS INTEGER), 'sw', 1.0, t.known "
            "FROM item_street t JOIN chosen c ON c.item_id = t.id"
        ),
        (
            "SELECT t.id, t.street || ' ' || CAST(floor(c.day / 30.0) AS INTEGER), 'sm', 1.0, t.known "
            "FROM item_street t JOIN chosen c ON c.item_id = t.id"
        ),
        "SELECT id, block_of(house), 'b', 1.0, known FROM item_house",
        "SELECT id, unnest(names_told(said)), 'n', 0.9, known FROM item_text WHERE place IN ('text', 'where')",
        "SELECT id, unnest(officers_told(said)), 'ot', 1.0, known FROM item_text WHERE place = 'text'",
        "SELECT item_id, agency_id || ' ' || day, 'ad', 1.0, known FROM chosen",
        "SELECT item_id, plain(category), 'c', 1.0, known FROM chosen WHERE category <> ''",
        "SELECT item_id, plain(category) || ' ' || CAST(floor(day / 7.0) AS INTEGER), 'cw', 1.0, known FROM chosen WHERE category <> ''",
        "SELECT item_id, unnest(slips(bare(number))), 'm', 1.0, known FROM chosen",
        "SELECT item_id, digits_of(number), 'g', 1.0, known FROM chosen WHERE length(digits_of(number)) >= 4",
        "SELECT item_id, end_of(number), 'q', 1.0, known FROM chosen WHERE length(end_of(number)) >= 3",
        f"SELECT p.ref, split_part(p.name_key, ':', 2), 'n', 0.5, p.known FROM ({_PERSON_NAMES}) p JOIN chosen c ON c.item_id = p.ref WHERE p.side = 'item' AND NOT p.officer AND p.name_key LIKE 'u%'",
        f"SELECT p.ref, p.name_key, 'n', 1.0, p.known FROM ({_PERSON_NAMES}) p JOIN chosen c ON c.item_id = p.ref WHERE p.side = 'item' AND NOT p.officer AND p.name_key LIKE 'n%'",
        (
            f"SELECT p.ref, p.name_key, 'o', CASE WHEN p.name_key LIKE 'n%' THEN 1.0 ELSE 0.7 END, p.known FROM ({_PERSON_NAMES}) p "
            "JOIN chosen c ON c.item_id = p.ref WHERE p.side = 'item' AND p.officer AND p.role <> 'clerk' AND p.name_key NOT LIKE 'u%'"
        ),
        (
            f"SELECT p.ref, p.name_key || ' ' || c.day, 'od', 1.0, p.known FROM ({_PERSON_NAMES}) p "
            "JOIN chosen c ON c.item_id = p.ref WHERE p.side = 'item' AND p.officer AND p.role <> 'clerk' AND p.name_key LIKE 'n%'"
        ),
    )
    connection.execute(
        "CREATE OR REPLACE TABLE item_key (key BIGINT, item_id BIGINT, quality REAL, kind VARCHAR, text VARCHAR, known INTEGER)"
    )
    shared = "" if every else "SEMI JOIN key_rarity r ON r.key = k.key"
    said = " UNION ALL ".join(
        f"SELECT {place} AS place, * FROM ({query}) AS q{place}(id, said, kind, quality, known)"
        for place, query in enumerate(queries)
    )
    connection.execute(
        # What is read alike is told as it was written.
        f"""INSERT INTO item_key SELECT k.key, k.id, max(k.quality), k.kind, min(k.said), min(k.known)
            FROM (SELECT *, key_of(kind, same) AS key FROM (
                    SELECT *, CASE kind WHEN 'i' THEN alike(said) WHEN 'p' THEN line_of(said) ELSE said END AS same
                    FROM ({said})) WHERE same <> '') k {shared}
            GROUP BY k.place, k.kind, k.same, k.key, k.id"""
    )
    # A name is told as it was written, not as its parts are sorted in a key.
    connection.execute(
        f"""UPDATE item_key SET text = w.name FROM (
              SELECT p.ref, key_of(CASE WHEN p.officer THEN 'o' ELSE 'n' END, p.name_key) AS key, min(p.name) AS name
              FROM ({_PERSON_NAMES}) p JOIN chosen c ON c.item_id = p.ref WHERE p.side = 'item' GROUP BY ALL) w
            WHERE item_key.item_id = w.ref AND item_key.key = w.key"""
    )
