"""What curators do to the working database: the queue, checks, sign-offs, imports, history, backups. No screens."""
