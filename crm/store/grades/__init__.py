"""Grades and visit frequencies."""
