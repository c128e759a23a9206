"""Author comparison: distances and keyness."""
