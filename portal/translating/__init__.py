"""The page on which staff look at the translations that the archive found."""
