"""The room of papers: what of a case goes to whom, what is held back on what ground, and what is signed.

`views` lists everything; `producing` drafts and closes, `serving` serves and hands packages out; `withholding` holds
back, announces and ends; `signed` issues schedules and prints papers as they were signed; `certifying` is the page
before two signatures. Each act is one action, with its receipt.

What this does not do: it words no state of the match (`engines.report` does), and judges nothing; actions do. What
counsel opened is in no page of this room.
"""
