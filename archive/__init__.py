"""What is kept: the model, the originals and records in an OCFL storage root, and the catalogue of them."""
