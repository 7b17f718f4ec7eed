"""The office as it is set up: what decides an answer, the law in use, what pages and mails say.

Each change is an entry, made by an administrator; an answer about an earlier day of the record keeps what held then.
"""
