"""A few questions that sort therapies by what matters to the reader."""
