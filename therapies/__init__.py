"""Therapy Explorer in three steps. Data flows one way: Curate -> Release -> Serve.

Curate   admin/ and rules.py: people edit the working database, rules say what an entry must satisfy.
         models/ are the nouns; those of the catalogue live in the working database and in every release.
         Nothing here is ever read by a public page.

Release  releases/: bundle.py turns working rows into canonical text and back, build.py turns a bundle into
         one read-only SQLite file, publish.py numbers, records and installs it. The only bridge.
         A release never changes; a revert is a new release with old content.

Serve    catalogue.py is the one door to the installed file. filters, facets, search, comparison, standing and
         guide do the thinking; views/ show one page a module. Reads nothing else, writes nothing at all.
"""
