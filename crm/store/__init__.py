"""Queries, one file a noun. Each names who asks; none commits."""
