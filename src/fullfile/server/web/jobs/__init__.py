"""The pages of long work: what is under way, how far, what came of it; and stopping it.

What this does not do: it does no work, and does not see the room that does (`server.jobs`).
"""
