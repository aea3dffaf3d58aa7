"""Benchmarks: speed and quality side by side with peers; run with `python -m bench`."""
