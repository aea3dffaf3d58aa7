"""Queries, a room a noun. Each names who asks; none commits."""
