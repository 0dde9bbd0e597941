"""Sheets to take along."""
