"""Who signs in, and what they may do.

`models` holds what must stay secret or is only of use to sign-in: passwords, the last use, locks,
invitations, tokens. What a person may do stands on the record (`store.grants`); `policy` is the one
place that says what a role may do and see, down to the field; `person` puts the two together.

What this does not do: it shows no page and opens no transaction of the record (`actions.accounts`).
"""
