"""Which of the ranked stories an issue prints, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ringkas.errors import SummaryError
from ringkas.settings import NewsletterSettings
from summarizer.newsletters.issue import LeftOut, PlannedSection, Story
from summarizer.newsletters.sectioning import OTHER


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that could be printed, the number of its affair, and its section's name."""

    story: Story
    affair: int
    section: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the editor says about single stories, each by its id or that of one of its articles.

    ``unticked`` are not printed. ``pinned`` are, and come first. ``order`` comes next, where the
    stories in it are printed; the rest follow by rank.
    """

    unticked: Collection[str] = ()
    pinned: Sequence[str] = ()
    order: Sequence[str] = ()


def check_wishes(wishes: Wishes, known: Collection[Story]) -> None:
    """Refuse wishes about stories that nobody knows, or that contradict each other.

    Raises:
        SummaryError: an id is of no story and no article, or a story is unticked and pinned.
    """
    names = {name for story in known for name in _names(story)}
    for kind in ("unticked", "pinned", "order"):
        unknown = [name for name in getattr(wishes, kind) if name not in names]
        if unknown:
            raise SummaryError(
                f"{kind} names '{unknown[0]}', which is the id of no story and no article in this "
                "period. A story's id changes with its articles; look the stories up again."
            )
    for story in known:
        if _names(story) & set(wishes.unticked) and _names(story) & set(wishes.pinned):
            raise SummaryError(
                f"“{story.lead.title}” ({story.id}) is both unticked and pinned; choose one"
            )


def arrange(
    candidates: Sequence[Candidate], wishes: Wishes, settings: NewsletterSettings
) -> tuple[tuple[PlannedSection, ...], tuple[LeftOut, ...]]:
    """Choose and order stories; return the sections and what is left out, each with why."""
    unticked = [one for one in candidates if _names(one.story) & set(wishes.unticked)]
    left = [one for one in candidates if not _names(one.story) & set(wishes.unticked)]
    pinned = sorted(
        (one for one in left if _place(one.story, wishes.pinned) < len(wishes.pinned)),
        key=lambda one: _place(one.story, wishes.pinned),
    )
    chosen = [*pinned, *_best(left, pinned, settings)]
    ids = {one.story.id for one in chosen}
    rest = sorted((one for one in left if one.story.id not in ids), key=_by_rank)
    left_out = [LeftOut(one.story, "unticked") for one in unticked]
    left_out += [LeftOut(one.story, "too many") for one in rest]
    listed = (*wishes.pinned, *wishes.order)
    ordered = sorted(chosen, key=lambda one: _place(one.story, listed))
    return _sections(ordered, settings), tuple(left_out)


def _best(
    left: Sequence[Candidate], pinned: Sequence[Candidate], settings: NewsletterSettings
) -> Iterator[Candidate]:
    """Yield the best stories one by one, each further one of an affair counting for less."""
    affairs = Counter(one.affair for one in pinned)
    full = Counter(one.section for one in pinned)
    taken = {one.story.id for one in pinned}
    open_ = [one for one in left if one.story.id not in taken]
    for _ in range(settings.stories - len(pinned)):
        fitting = [one for one in open_ if full[one.section] < settings.stories_per_section]
        if not fitting:
            return
        weighed = [_less(one, settings.rank.affair ** affairs[one.affair]) for one in fitting]
        best = min(weighed, key=_by_rank)
        affairs[best.affair] += 1
        full[best.section] += 1
        open_ = [one for one in open_ if one.story.id != best.story.id]
        yield best


def _less(candidate: Candidate, affair: float) -> Candidate:
    """Return the candidate with what its affair takes off its rank."""
    rank = candidate.story.rank
    lowered = replace(rank, affair=affair, total=rank.total * affair)
    return replace(candidate, story=replace(candidate.story, rank=lowered))


def _sections(
    chosen: Sequence[Candidate], settings: NewsletterSettings
) -> tuple[PlannedSection, ...]:
    """Group stories: the editor's sections in the editor's order, others by their first story."""
    names = list(dict.fromkeys(one.section for one in chosen))
    if settings.sections:
        given = [section.name for section in settings.sections]
        names = [*(name for name in given if name in names), *(set(names) & set(OTHER.values()))]
    return tuple(
        PlannedSection(name, tuple(one.story for one in chosen if one.section == name))
        for name in dict.fromkeys(names)
    )


def _names(story: Story) -> set[str]:
    return {story.id, *(article.id for article in story.articles)}


def _place(story: Story, listed: Sequence[str]) -> int:
    names = _names(story)
    return next((place for place, name in enumerate(listed) if name in names), len(listed))


def _by_rank(candidate: Candidate) -> tuple[float, str]:
    return (-candidate.story.rank.total, candidate.story.id)
