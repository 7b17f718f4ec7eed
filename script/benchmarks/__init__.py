"""Measurements of Fullfile: each module takes one, in processes of its own.

`script/bench` runs them. Data are made here, seeded, and never leave `.bench/`.
What this does not do: it tests nothing for being right, but for the counts of
the match, which must be those of a query written by hand.
"""
