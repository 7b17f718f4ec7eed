"""The three-way match where the data is: the office's database, or DuckDB over a snapshot.

Carries out docs/explanation/the-match.md as relational expressions. It reads
the read tables and writes nothing but temporary tables of its own connection.
Sentences, and the entries a line rests on, are the reference's work.
"""
