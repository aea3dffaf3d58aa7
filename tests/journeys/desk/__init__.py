"""Managers at their desk: a real browser, a real service, a planned cut of the sample."""
