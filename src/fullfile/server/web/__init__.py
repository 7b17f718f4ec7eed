"""The pages: addresses, views, forms, presenters, templates. No tables here.

Every room is a part of the site (`cases`, `items`, `work`, `defence` …) with its own `urls`, `views`,
`forms` and `presenters`; templates of the same names lie under `templates/`. `doors` stands before all
of them: sessions, the one policy, errors, headers. `parts` holds what several rooms draw.

A view parses, asks one action or any number of queries, and answers; it names its right with `@page`.
"""
