"""The record in the office's database, and the read tables derived from it.

One door (`append`) writes entries; projectors write the read tables in the
same transaction; `rebuild` makes them again from the record. Nothing here
decides what may be recorded: that is `core`'s, through `actions`.
"""
