"""Newsletters: articles become stories, stories an issue, an issue a file in many formats."""

from summarizer.newsletters.planning import Choice, choose, plan

__all__ = ["Choice", "choose", "plan"]
