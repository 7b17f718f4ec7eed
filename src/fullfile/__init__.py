"""Fullfile: the account of criminal evidence.

What is held = what is on the file = what each defendant got, for every item,
every case it bears on, every defendant, on a record that nobody can rewrite.
"""

__version__ = "0.1.0"
