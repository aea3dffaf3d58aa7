"""Customers: lists, cards and files, what changes in them and who settles it."""
