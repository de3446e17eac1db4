"""Measurements, one a file; `python -m bench.ingestion FOLDER` runs one. docs/benchmarks.md has results."""
