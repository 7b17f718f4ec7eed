"""Views of an item, what is held back, what the defence asked for, what an agency answered."""
