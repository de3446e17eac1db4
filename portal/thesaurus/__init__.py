"""The page of the thesaurus: what it shows, and its words."""
