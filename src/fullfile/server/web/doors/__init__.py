"""What stands before every page: sessions, the one policy, errors as sentences, headers."""
