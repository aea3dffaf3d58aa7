"""Grades and the visits they ask for: policies tried, compared and put in force."""
