"""Customers: their cards, files and lists, when they are due, and what changes in them."""
