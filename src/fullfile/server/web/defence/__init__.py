"""The defence's portal: what was my client given, when, and what is kept back?

Own clients only, in a layout of its own without the State's menu. What counsel opens, searches and prints goes to the
sealed log and nowhere else (`store.reading_log`); where that cannot be written nothing is shown. What counsel says to
the State (a receipt, a dispute, a request) is an entry, like everything that is said here.
"""
