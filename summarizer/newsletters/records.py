"""Plans and issues as plain dictionaries, ready for JSON, with what only the editor sees."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ringkas.records import article_record
from summarizer.newsletters.issue import Newsletter, Plan, Story
from summarizer.newsletters.rendering.record import newsletter_record


def plan_record(plan: Plan) -> dict[str, Any]:
    """Return a plan: its sections with their stories, and what is left out, each with why."""
    return {
        "language": plan.language,
        "since": plan.since.isoformat() if plan.since else None,
        "until": plan.until.isoformat() if plan.until else None,
        "sections": [
            {"name": section.name, "stories": [_story(story) for story in section.stories]}
            for section in plan.sections
        ],
        **_unprinted(plan),
    }


def issue_record(made: Newsletter) -> dict[str, Any]:
    """Return an issue as its JSON format has it, and beside it what readers do not see."""
    return {**newsletter_record(made), **_unprinted(made)}


def _unprinted(issue: Plan | Newsletter) -> dict[str, Any]:
    return {
        "left_out": [{**_story(one.story), "reason": one.reason} for one in issue.left_out],
        "failures": [
            {"source": failure.source, "error": failure.message} for failure in issue.failures
        ],
    }


def _story(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "title": story.lead.title,
        "rank": asdict(story.rank),
        "articles": [article_record(article) for article in story.articles],
        "voices": [list(ids) for ids in story.voices],
    }
