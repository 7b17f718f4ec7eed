"""Journeys through the pages in a real browser: Chromium, a served office, and somebody's hands."""
