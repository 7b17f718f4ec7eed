"""The command `fullfile`: thin. It reads what was typed, calls one action or query, and prints.

Modules that a command needs are imported when it runs, so that help and
completion answer at once. `verify` imports core alone: whoever checks a log
needs neither Django nor a database.
"""
