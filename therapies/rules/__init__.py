"""What an entry and its texts must satisfy: a bundle in, problems out. Reads no database and changes nothing."""
