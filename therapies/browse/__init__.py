"""The list of therapies, its facets and live counts."""
