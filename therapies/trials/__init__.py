"""Open trial data pooled: reads files in the Metapsy format, gives pooled results. For one command; no page reads it.

    metapsy.py    the files as tables: separators, decimal commas, encodings, and what is wrong with them
    mapping.py    which of their words are entries of ours; mapping.json is the data
    effects.py    one effect a trial and comparison
    people.py     how many of 100 got better, or left, in each group of people
    pooling.py    the statistics, of numbers alone
    results.py    one pooled effect each, as rows of the fixture
    report.py     what found no place, as a page for curators

The rules are written down in docs/trials.md. Needs requirements-trials.txt.
"""
