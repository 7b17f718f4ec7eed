"""The import wizard: upload, columns, check, commit. Nothing is recorded before the last.

What this does not do: it reads and judges no row; `actions.imports` does, in jobs.
"""
