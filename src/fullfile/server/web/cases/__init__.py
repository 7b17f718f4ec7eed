"""The room of cases: their list, the board of one, what a motion would find, how it came to stand so.

    views      the addresses
    veil       what of a board a person sees: names, words and grounds of what is sealed are not told
    front      verdict, what is in place, counts by state
    batches    the exceptions, those alike together, each with the act that would change the facts
    chosen     filters, order and group in an address
    grid       the rows of the board: marks, chains, tags, groups
    readiness  what the record would show if a motion were heard
    picture    the case over time, drawn

What this does not do: it judges no line and re-words no state; `core.matching` and `engines.report` do.
"""
