"""Reports over the whole office: lists that a supervisor goes through, each with its export.

What this does not do: it counts nothing itself; queries do.
"""
