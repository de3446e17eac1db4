"""Files in: find them, keep them, read them, and hand what was read to the archive and the index."""
