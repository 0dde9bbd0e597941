"""The pages of single entries and their lists."""
