"""The yardstick: the match of everything as one would write it by hand for DuckDB.

It gives the same states, the same lines and the same columns as the product on
the made-up office, and reads the same files. It leaves out what that office has
not: containers, accounts of several sources, related and refiled cases, orders,
re-openings, settings that changed. So it has less to do than the product has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.law import TARGET_DAYS, TRIGGERS, DueDates

__all__ = ["STATES", "match_by_hand"]

STATES = (
    "missing",
    "destroyed_under_hold",
    "gone",
    "unfiled",
    "withheld_without_order",
    "withheld",
    "post_conviction",
    "overdue",
    "partial",
    "late",
    "pending",
    "unacknowledged",
    "full",
)

_DAY = 86_400_000
_SEEN = "entry < {size} AND (to_index IS NULL OR to_index >= {size})"

_STEPS = """
CREATE TEMP TABLE case_facts AS
SELECT case_id, min(opened_first) AS start FROM cases WHERE {seen} GROUP BY case_id
HAVING min(opened_first) <= {on};

CREATE TEMP TABLE held AS
SELECT item_id, min(agency_id) AS agency_id, min(held_first) AS held, min(booked_first) AS booked,
    min(entry) AS recorded
FROM items WHERE {seen} GROUP BY item_id;

CREATE TEMP TABLE matter AS
SELECT DISTINCT a.case_id, b.case_id AS other_id
FROM case_reports a JOIN case_reports b ON a.report_id = b.report_id AND a.case_id <> b.case_id
WHERE a.entry < {size} AND b.entry < {size};

CREATE TEMP TABLE pairs AS
WITH grounds AS (
    SELECT item_id, case_id, filed_last AS ground FROM filings WHERE {seen}
    UNION ALL SELECT item_id, case_id, last FROM disclosures WHERE {seen}
    UNION ALL SELECT item_id, case_id, last FROM withholdings WHERE {seen}
    UNION ALL SELECT item_id, case_id, last FROM determinations WHERE {seen}
    UNION ALL
    SELECT i.item_id, r.case_id, greatest(h.held, c.start)
    FROM items i JOIN held h USING (item_id)
    JOIN case_reports r ON r.report_id = i.report_id JOIN case_facts c ON c.case_id = r.case_id
    WHERE i.entry < {size} AND (i.to_index IS NULL OR i.to_index >= {size})
), spread AS (
    FROM grounds UNION ALL
    SELECT g.item_id, m.case_id, g.ground FROM grounds g JOIN matter m ON m.other_id = g.case_id
)
SELECT s.item_id, s.case_id, greatest(min(s.ground), any_value(c.start)) AS arises
FROM spread s JOIN case_facts c USING (case_id)
WHERE s.ground <= {on} GROUP BY s.item_id, s.case_id;

CREATE TEMP TABLE ends AS
WITH endings AS (
    SELECT case_id, first, last, ord, defendant_id AS whose, count_norm AS which,
        event IN ('convicted', 'plea_guilty') AS by_conviction
    FROM docket
    WHERE {seen} AND last <= {on} AND event IN ('acquitted', 'dismissed_with_prejudice',
        'dismissed_without_prejudice', 'nolle_prosequi', 'stayed', 'convicted', 'plea_guilty')
), charged AS (
    SELECT DISTINCT case_id, defendant_id, count_norm FROM counts
    WHERE {seen} AND (charged_last IS NULL OR charged_last <= {on})
), first_ending AS (
    SELECT c.case_id, c.defendant_id, c.count_norm, min(e.ord) AS ord, arg_min(e.first, e.ord) AS first,
        arg_min(e.last, e.ord) AS last, arg_min(e.by_conviction, e.ord) AS by_conviction
    FROM charged c LEFT JOIN endings e ON e.case_id = c.case_id
        AND (e.whose IS NULL OR e.whose = c.defendant_id) AND (e.which = '' OR e.which = c.count_norm)
    GROUP BY ALL
)
SELECT case_id, defendant_id, (max(last) // {day} + 1) * {day} - 1 AS ended,
    min(first) FILTER (by_conviction) AS convicted
FROM first_ending GROUP BY case_id, defendant_id
HAVING count(*) = count(ord) AND (max(last) // {day} + 1) * {day} - 1 < {on};

CREATE TEMP TABLE people AS
WITH triggers AS (
    SELECT case_id, defendant_id AS whose, min(first) // {day} AS trigger_day FROM docket
    WHERE {seen} AND event IN ({triggers}) AND first <= {on} GROUP BY ALL
)
SELECT p.case_id, p.defendant_id, any_value(c.start) AS start, any_value(e.ended) AS ended,
    any_value(e.convicted) AS convicted, any_value(d.due_day) AS law_day,
    greatest(any_value(c.start) // {day} + if(any_value(t.trigger_day) IS NULL, 30, 0),
        coalesce(any_value(t.trigger_day), -1000000)) AS base_day
FROM parties p JOIN case_facts c USING (case_id)
LEFT JOIN ends e ON e.case_id = p.case_id AND e.defendant_id = p.defendant_id
LEFT JOIN triggers t ON t.case_id = p.case_id AND (t.whose IS NULL OR t.whose = p.defendant_id)
LEFT JOIN due_dates d ON d.trigger_day = t.trigger_day
WHERE p.entry < {size} AND (p.to_index IS NULL OR p.to_index >= {size})
    AND p.role = 'defendant' AND p.defendant_id IS NOT NULL
GROUP BY p.case_id, p.defendant_id;

CREATE TEMP TABLE thing_states AS
WITH events AS (
    SELECT * FROM custody WHERE {seen} AND first <= {on}
), one AS (
    SELECT item_id,
        max(ord) FILTER (event = 'not_found') AS absent,
        arg_max(first, ord) FILTER (event = 'not_found') AS absent_at,
        max(ord) FILTER (event NOT IN ('not_found', 'inventoried')) AS in_hand,
        arg_max(event, ord) FILTER (event IN ('checked_out', 'checked_in', 'found')) AS signed,
        max(ord) FILTER (event IN ('booked', 'collected', 'checked_in', 'found', 'inventoried')) AS back
    FROM events GROUP BY item_id
), lost AS (
    SELECT e.item_id, e.first, e.ordered FROM events e JOIN one o USING (item_id)
    WHERE e.event IN ('destroyed', 'consumed')
        OR e.event = 'released' AND (o.back IS NULL OR o.back < e.ord)
), bearing AS (
    SELECT item_id, min(arises) AS arises FROM pairs SEMI JOIN lost USING (item_id) GROUP BY item_id
), losses AS (
    SELECT l.item_id, min(l.first) AS lost_at,
        min(l.first) FILTER (NOT l.ordered AND b.arises <= l.first) AS under_hold_at
    FROM lost l LEFT JOIN bearing b USING (item_id) GROUP BY l.item_id
)
SELECT o.item_id, l.lost_at, l.under_hold_at,
    if(o.absent > coalesce(o.in_hand, 0) AND coalesce(o.signed <> 'checked_out', true),
        o.absent_at, NULL) AS missing_at
FROM one o LEFT JOIN losses l USING (item_id)
WHERE l.item_id IS NOT NULL OR o.absent IS NOT NULL;

COPY (
    WITH filed AS (
        SELECT item_id, case_id, min(filed_last) AS filed FROM filings
        WHERE {seen} AND NOT set_aside GROUP BY ALL HAVING NOT bool_or(withdrawn)
    ), given AS (
        SELECT item_id, case_id, defendant_id, min(last) FILTER (whole) AS whole,
            min(last) FILTER (NOT whole) AS part, min(ack_last) AS receipt
        FROM disclosures WHERE {seen} GROUP BY ALL
    ), kept AS (
        SELECT item_id, case_id, min(last) AS any_from,
            min(last) FILTER (ground IN ({grounds}) AND named AND (announced_last <= last OR sealed)) AS good
        FROM withholdings WHERE {seen} AND last <= {on} GROUP BY ALL
    ), raw AS (
        SELECT p.item_id, p.case_id, w.defendant_id, p.arises, h.agency_id, h.held, h.booked,
            h.held // {day} AS held_day, w.ended, w.convicted,
            coalesce(w.convicted IS NOT NULL AND h.held // {day} >= w.convicted // {day}, false) AS pc,
            if(w.ended IS NULL OR pc, {on}, w.ended) AS t,
            if(pc, NULL, if(h.held // {day} <= w.law_day, w.law_day,
                greatest(coalesce(h.held // {day}, w.base_day), w.base_day) + {target})) AS due_day,
            if(coalesce(h.held // {day} <= w.law_day, false), 1, 2) AS due_basis,
            if(f.filed <= t, f.filed, NULL) AS filed,
            if(g.whole <= t, g.whole, NULL) AS whole_at,
            coalesce(if(g.whole <= t, g.whole, NULL), if(g.part <= t, g.part, NULL)) AS shown,
            if(g.receipt <= t, g.receipt, NULL) AS receipt,
            k.any_from <= t AS is_kept, if(k.good <= t, k.good, NULL) AS good,
            s.missing_at, s.lost_at, s.under_hold_at
        FROM pairs p JOIN people w USING (case_id) LEFT JOIN held h USING (item_id)
        LEFT JOIN filed f ON f.item_id = p.item_id AND f.case_id = p.case_id
        LEFT JOIN given g ON g.item_id = p.item_id AND g.case_id = p.case_id
            AND g.defendant_id = w.defendant_id
        LEFT JOIN kept k ON k.item_id = p.item_id AND k.case_id = p.case_id
        LEFT JOIN thing_states s ON s.item_id = p.item_id
        WHERE NOT coalesce(w.ended IS NOT NULL AND w.convicted IS NULL AND p.arises > w.ended, false)
    ), flags AS (
        SELECT *,
            missing_at IS NOT NULL AS missing,
            under_hold_at IS NOT NULL AS destroyed_under_hold,
            lost_at IS NOT NULL AND under_hold_at IS NULL AND coalesce(shown > lost_at, true) AS gone,
            filed IS NULL AS unfiled,
            whole_at IS NULL AND coalesce(is_kept, false) AND good IS NULL AS withheld_without_order,
            whole_at IS NULL AND good IS NOT NULL AS withheld,
            pc AND shown IS NULL AS post_conviction,
            coalesce(t // {day} > due_day, false) AS past,
            shown IS NULL AND past AND NOT coalesce(good // {day} <= due_day, false) AS overdue,
            shown IS NOT NULL AND whole_at IS NULL AND good IS NULL AS partial,
            coalesce(shown // {day} > due_day, false) AS late,
            shown IS NULL AND NOT past AND NOT pc AND good IS NULL AS pending,
            shown IS NOT NULL AND NOT late AND (receipt IS NULL OR coalesce(shown < held, true))
                AS unacknowledged,
            whole_at IS NOT NULL AND filed IS NOT NULL AND NOT late AND receipt IS NOT NULL
                AND coalesce(shown >= held, false) AS full_
        FROM raw
    )
    SELECT item_id, case_id, defendant_id, agency_id, held, booked, filed, shown, receipt, due_day, due_basis,
        ended, arises, {flag_list},
        CASE {cases} ELSE 'withheld' END AS state
    FROM flags
) TO '{lines}' (FORMAT parquet);

CREATE TEMP TABLE beside AS
WITH found AS (
    SELECT case_id, agency_id FROM case_reports JOIN report_key USING (report_id) WHERE entry < {size}
    UNION SELECT case_id, agency_id FROM parties WHERE {seen} AND role = 'officer' AND agency_id IS NOT NULL
    UNION SELECT case_id, agency_id FROM pairs JOIN held USING (item_id)
), first_due AS (
    SELECT case_id, min(if(start // {day} <= law_day, law_day, greatest(start // {day}, base_day) + {target}))
        AS due_day
    FROM people WHERE ended IS NULL GROUP BY case_id
), said AS (
    SELECT case_id, agency_id, max(ord) AS ord, arg_max(last, ord) AS last, arg_max(entry, ord) AS entry,
        arg_max(batch, ord) AS batch
    FROM answers WHERE {seen} AND last <= {on} GROUP BY ALL
), fallen AS (
    SELECT DISTINCT p.case_id, h.agency_id
    FROM pairs p JOIN held h USING (item_id)
    JOIN said s ON s.case_id = p.case_id AND s.agency_id = h.agency_id
    WHERE h.held > s.last OR p.arises > s.last OR h.recorded > s.entry
)
SELECT f.case_id, f.agency_id, d.due_day
FROM found f JOIN first_due d USING (case_id)
LEFT JOIN said s ON s.case_id = f.case_id AND s.agency_id = f.agency_id
LEFT JOIN fallen x ON x.case_id = f.case_id AND x.agency_id = f.agency_id
WHERE d.due_day <= {on} // {day} AND (s.case_id IS NULL OR x.case_id IS NOT NULL);

CREATE TEMP TABLE orphans AS
SELECT item_id, agency_id, held FROM held ANTI JOIN pairs USING (item_id) WHERE held <= {on}
UNION ALL
-- Handled, and on no list by that day.
SELECT t.item_id, h.agency_id, h.held
FROM (FROM thing_states ANTI JOIN pairs USING (item_id)) t LEFT JOIN held h USING (item_id)
WHERE h.held IS NULL OR h.held > {on};
"""


def match_by_hand(
    connection: Any, dates: DueDates, *, size: int, on: int, lines: Path
) -> dict[str, int]:
    """Match everything, write the lines as Parquet, and count the states.

    Args:
        connection: a DuckDB connection that has the read tables as views. (Its class has no stubs.)
        dates: the pack's date for each day of a trigger.
        size: as of which size.
        on: the end of the day, in wall-clock milliseconds.
        lines: where the lines go.
    """
    connection.execute("CREATE TEMP TABLE due_dates (trigger_day BIGINT, due_day BIGINT)")
    connection.executemany("INSERT INTO due_dates VALUES (?, ?)", list(dates.days.items()))
    flag = {state: "full_" if state == "full" else state for state in STATES}
    connection.execute(
        _STEPS.format(
            seen=_SEEN.format(size=size),
            size=size,
            on=on,
            day=_DAY,
            target=TARGET_DAYS,
            triggers=_words(TRIGGERS),
            grounds=_words(dates.grounds),
            flag_list=", ".join(f"{flag[state]} AS is_{state}" for state in STATES),
            cases=" ".join(f"WHEN {flag[state]} THEN '{state}'" for state in STATES),
            lines=lines,
        )
    )
    counts = dict(
        connection.execute(
            f"SELECT state, count(*) FROM read_parquet('{lines}') GROUP BY state"  # noqa: S608 - our own path
        ).fetchall()
    )
    for name, table in (("unanswered", "beside"), ("orphan", "orphans")):
        ((counts[name],),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
    return {state: many for state, many in counts.items() if many}


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
