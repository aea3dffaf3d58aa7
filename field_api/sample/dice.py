"""Chance that falls the same way each time."""

import random

SEED = 20261130


def dice(concern: str, code: str = "") -> random.Random:
    """A random source of a concern's own, so that changing one invention moves no other."""
    return random.Random(f"{SEED}/{concern}/{code}")  # noqa: S311
