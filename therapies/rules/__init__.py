"""What an entry and its texts must satisfy. Pure: a bundle in, a list of problems out."""
