"""Benchmark files as plain values, one format a file."""
