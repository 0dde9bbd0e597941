"""The public pages, one a module: parse, ask, render. They read the installed release and nothing else."""
