"""Build the sample conference from the texts in `samples/source/`."""
