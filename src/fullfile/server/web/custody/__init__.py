"""The counter of the property room: booking, acts on an item, scan then act, labels.

    forms, doing, views      one act on one item, in two taps
    scanning                 a growing list, then one act for all that can
    booking, report          what came in; what a report says was taken
    nearby                   which case it may belong to: sentences, nothing decided
    labels                   what is printed and stuck on

What this room does not do: it judges nothing (`core.custody` does), and reading an item is room `items`.
"""
