"""Promises to customers until they are kept."""
