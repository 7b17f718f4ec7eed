"""What the court did, what is owed by when, who asked and who answered: the pages of a case beside its board."""
