"""The meaning of the match in small scenarios, which every backend must give alike."""
