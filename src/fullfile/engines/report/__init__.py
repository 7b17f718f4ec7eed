"""The match on screen and on paper: table, JSON, CSV, and one HTML page that prints.

Here are only words, counts and drawings. What a line's state is, and the
sentence that says why, come with the line.
"""
