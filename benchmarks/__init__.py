"""Side-by-side measurements of the site and its rivals on one machine, in one run. Never part of the tests."""
