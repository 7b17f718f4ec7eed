"""Addresses of the room of papers."""

from django.urls import path

from fullfile.server.web.papers import (
    certifying,
    filed,
    producing,
    serving,
    signed,
    views,
    withholding,
)

__all__ = ["urlpatterns"]

_HERE = "cases/<int:case_id>/papers/"
_PRODUCTION = f"{_HERE}productions/<int:entry>/"

urlpatterns = [
    path(_HERE, views.papers, name="case_papers"),
    # What a scanned label of a production means: it knows the entry and no case.
    path("productions/<int:entry>/", producing.by_entry, name="production"),
    path(f"{_HERE}productions/new/", producing.new, name="production_new"),
    path(_PRODUCTION, producing.one, name="case_production"),
    path(f"{_PRODUCTION}items/<int:item_id>/", producing.item, name="production_item"),
    path(f"{_PRODUCTION}items/<int:item_id>/out/", producing.out, name="production_out"),
    path(f"{_PRODUCTION}close/", producing.close, name="production_close"),
    path(f"{_PRODUCTION}serve/", serving.serve, name="production_serve"),
    path(f"{_PRODUCTION}receipt/", serving.receipt, name="production_receipt"),
    path(f"{_PRODUCTION}not-opened/", serving.not_opened, name="production_not_opened"),
    path(f"{_PRODUCTION}package/<int:which>/", serving.package, name="production_package"),
    path(f"{_PRODUCTION}print/<int:which>/", serving.printed, name="production_print"),
    path(f"{_HERE}withholdings/new/", withholding.new, name="withholding_new"),
    path(f"{_HERE}withholdings/<int:entry>/", withholding.one, name="withholding"),
    path(
        f"{_HERE}withholdings/<int:entry>/announce/",
        withholding.announce,
        name="withholding_announce",
    ),
    path(f"{_HERE}withholdings/<int:entry>/end/", withholding.end, name="withholding_end"),
    path(f"{_HERE}schedules/<int:which>/", signed.schedule, name="schedule"),
    path(f"{_HERE}schedules/<int:which>/draft/", signed.draft_schedule, name="schedule_draft"),
    path(f"{_HERE}signed/<int:entry>/", signed.paper, name="signed_paper"),
    path(f"{_HERE}certificates/<int:which>/", certifying.certificate, name="certificate"),
    path(
        f"{_HERE}certificates/<int:which>/draft/",
        signed.draft_certificate,
        name="certificate_draft",
    ),
    path(f"{_HERE}with-the-court/new/", filed.new, name="court_filing_new"),
    path(f"{_HERE}with-the-court/<int:entry>/", filed.one, name="court_filing"),
    path(f"{_HERE}with-the-court/<int:entry>/file/", filed.content, name="court_filing_file"),
    path(
        f"{_HERE}with-the-court/<int:entry>/withdraw/",
        filed.withdraw,
        name="court_filing_withdraw",
    ),
    path(f"{_HERE}certificates/<int:which>/second/", certifying.second, name="certificate_second"),
]
