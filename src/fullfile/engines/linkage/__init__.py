"""Which case an item belongs to: evidence that an item and a case share, weighed by its rarity.

`material` reads what the record says, `people` finds who is who, `keys` makes what can be shared, `evidence` finds
candidates and their features, `model` and `scoring` weigh them, `training` learns the weights, `telling` says why.
What is found is recorded as suggestions, which persons decide on.
"""
