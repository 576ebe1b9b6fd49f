"""The parts of the page: texts in two languages, components, handlers, the nouns as escaped HTML.

Only the handlers and the HTTP API ask, summarize or store: each calls one verb and shows what it
returns through the functions of the other modules. ``ui.py`` puts the page together.
"""
