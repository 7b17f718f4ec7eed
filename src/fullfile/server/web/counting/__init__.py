"""Inventories: is everything where the record says, and nothing else? On a telephone first, shelf by shelf.

What this room does not do: it judges no scan (`core.custody.inventory`), and moves the record nowhere by itself.
"""
