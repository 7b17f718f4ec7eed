"""Real parts that tests start and stop, kept apart from the tests themselves."""
