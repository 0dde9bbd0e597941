"""What every public page stands on: the installed release, names in addresses, words, caches. Reads only."""
