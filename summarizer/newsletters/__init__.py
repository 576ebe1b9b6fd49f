"""Newsletters: articles become stories, stories an issue, an issue a file in many formats."""
