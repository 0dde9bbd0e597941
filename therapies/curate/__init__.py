"""What curating does to the working database: what is due, checks, sign-offs, history. No screens."""
