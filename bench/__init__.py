"""Measurements. Each file is one and runs alone: `python -m bench.ingestion FOLDER`. See docs/benchmarks.md."""
