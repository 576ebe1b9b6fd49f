"""The parts of the page: texts in two languages, and the nouns as escaped HTML.

Nothing here asks, summarizes or stores; ``ui.py`` calls the verbs and shows what they return
through these functions.
"""
