"""Questions put to the record: nothing here writes."""
