"""The clinicians' screen at /quick/: a line in, a case card out."""
