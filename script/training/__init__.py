"""Made-up counties, from which the shipped model of `fullfile link` learns.

An office without data of its own needs weights from somewhere. They come from
counties that never were: each draws its habits from wide ranges, so that what
holds in all of them is what a model can learn, and not the manner of one.

What this does not do: it judges no model. What measures one must share nothing
with what taught it, so nothing of this package may be used there.
"""
