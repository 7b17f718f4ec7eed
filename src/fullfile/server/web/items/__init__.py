"""The room of an item: the list of items, and what one of them is, where it is and who has got it.

Pages read here; custody acts have a room of their own (`custody`), addresses by `item_do`.
"""
