"""Letters from a clinic at /offered/: their words explained, put together, and nothing stated that they do not say."""
