"""The court's room: what would the record show if the motion were heard today?

Hearings of the next fourteen days with each verdict, and a bench sheet of one page for any day. The board on any day,
docket, papers and people are the rooms of the case, which a court reads; it records only what it did itself. Views of
the State's people and suggestions stay out until they are filed or ordered; that something is under seal is said.
"""
