"""What waits: long work that was asked for, and files that were handed in and are not taken in yet.

Pages ask and look, `jobs` does the work; neither sees the other, and both see this. None of it is part of
the record: it may be lost, and what it led to is on the record or was never recorded.

What this does not do: it does no work and judges no file.
"""
