"""Addresses of the API."""

from __future__ import annotations

from fullfile.server.web.api.office import patterns

urlpatterns = patterns()
