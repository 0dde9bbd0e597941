"""Pages too small for a folder of their own."""
