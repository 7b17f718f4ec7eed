"""The room of the record: how large it is, every entry with its proof, and the check of a proof from outside."""
