"""Therapy Explorer in three steps. Data flows one way: Curate -> Release -> Serve.

models/    the nouns, in the working copy and in every release; kinds.py is the one list of them
domain/    what the field knows: which label statements give, the twenty questions, word forms. Pure

Curate     admin/ (screens) and curate/ (what they do) edit the working database; rules/ say what an entry must satisfy.
           No public page ever reads what they write. trials/ pools open trial data, for one command.

Release    releases/: bundle.py turns rows into canonical text and back, build.py a bundle into one read-only file,
           publish.py numbers, records and installs it. A release never changes; a revert is a new release.

Serve      serving/ is what every page stands on: catalogue.py, the one door to the installed file, and how queries are
           read, names resolved, words made and things kept. A folder a page: evidence, entries, browse, compare, guide,
           search, letters, quick, handout, and site for the small ones. Templates and tests have the same names.
"""
