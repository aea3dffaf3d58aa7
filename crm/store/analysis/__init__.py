"""Sums over visits and sales."""
