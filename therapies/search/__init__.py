"""One box: names, everyday words, codes, letters, danger."""
