"""Everything that is kept, in one file that any of the databases can be filled from again."""
