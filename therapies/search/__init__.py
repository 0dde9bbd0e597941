"""Search: one box for names, everyday words, codes and misspellings; letters from a clinic; a screen for clinicians."""
