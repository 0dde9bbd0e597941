"""Pure knowledge of the field: standings, the questions, word forms. No database, no request."""
