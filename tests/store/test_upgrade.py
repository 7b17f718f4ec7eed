"""An office of an earlier version: tables that have further columns are read from the record again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fullfile.core.entries import Draft

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

ROWS = (
    ("case.recorded", {"case_number": "D-1", "jurisdiction": "us-nm"}),
    (
        "party.recorded",
        {
            "case_number": "D-1",
            "name": "Ada Roe",
            "role": "defendant",
            "defendant_key": "ada roe",
            "in_custody": True,
        },
    ),
    (
        "item.recorded",
        {
            "agency": "Sheriff",
            "tag": "E-1",
            "description": "an opinion",
            "booked_at": "2024-01-10",
            "kind": "expert_report",
        },
    ),
    (
        "docket.recorded",
        {
            "case_number": "D-1",
            "event": "order",
            "occurred_on": "2024-02-01",
            "detail": "disclosure within 14 days, the rest withheld",
        },
    ),
)


def columns(office: OpenOffice) -> list[object]:
    return [
        office.rows("SELECT custody FROM parties"),
        office.rows("SELECT kind FROM items"),
        office.rows("SELECT about_protection, period FROM docket"),
    ]


def test_further_columns_are_filled_from_the_record(office: OpenOffice) -> None:
    from django.core.management import call_command

    from fullfile.server.store.upgrade import bring_up_to_date

    office.append(*(Draft(kind, "clerk", data, source="office") for kind, data in ROWS))
    before = columns(office)
    call_command("migrate", "store", "0004", verbosity=0, interactive=False)
    assert bring_up_to_date()
    assert columns(office) == before
    assert [len(rows) for rows in before] == [1, 1, 1]
    assert {str(cell) for rows in before for row in rows for cell in row} >= {
        "in_custody",
        "expert_report",
        "14 days",
    }
    assert not bring_up_to_date()
