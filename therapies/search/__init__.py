"""Search: one box for names, everyday words, codes and misspellings; danger in what is typed."""
