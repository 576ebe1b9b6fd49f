"""The components of the page, one module a tab; which verb each one calls is wired in ``ui.py``."""
