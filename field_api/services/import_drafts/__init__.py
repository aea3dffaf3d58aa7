"""Imports made on a page, step by step: begun with a file, columns named, rows mended, taken in.

A begun import lies in the database with its file, so leaving the page loses nothing.
"""
