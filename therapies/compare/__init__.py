"""Two to four therapies side by side."""
