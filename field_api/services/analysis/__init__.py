"""Figures of what was done: coverage, performance, sales and regions."""
