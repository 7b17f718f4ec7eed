"""The API: everything the pages do, for programs, under `/api/v1/`.

An operation parses, asks the policy and `web.reach` as a page does, and calls the same actions and queries.
`desk` is the one way to add an operation, and takes none that names no right; `doors` knows tokens and no sessions;
`problems` maps every error to one form (RFC 9457); `recording` makes a request that is sent twice record once.

What this does not do: it judges nothing, holds no table, and words no state.
"""
