"""A newsletter on the terminal: the choice before it is written, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ringkas.cli.terminal import complain, err, out, visible, written

if TYPE_CHECKING:
    from rich.console import Console

    from ringkas.types import Failure
    from summarizer.newsletters.issue import LeftOut, Newsletter, Plan, Rank, Story

_MOST_LISTED = 10  # stories of one reason; --json has all


def show_plan(plan: Plan) -> None:
    """Print the chosen stories section by section, then what is left out, each with why."""
    console = out()
    for section in plan.sections:
        console.print(Text(visible(section.name), style="bold"))
        console.print(_stories(section.stories))
        console.print()
    if not plan.stories:
        console.print("No story is left to print.\n")
    _left_out(console, plan.left_out)
    _failures(plan.failures)


def _stories(stories: Sequence[Story]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(ratio=3)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=2, style="dim")
    for story in stories:
        told = Text(visible(story.lead.title))
        told.append(f"\n{_tellers(story)}", style="dim")
        table.add_row(story.id, told, f"{story.rank.total:.2f}", _why(story.rank))
    return table


def _tellers(story: Story) -> str:
    """Return "sagara.example, tengarapos.example · 2 voices · 15–16 …" in one line."""
    from summarizer.digesting.naming import source_name

    names = dict.fromkeys(source_name(article) for article in story.articles)
    days = sorted({written(article)[:10] for article in story.articles if article.published})
    voices = f"{len(story.voices)} voices" if len(story.articles) > 1 else ""
    period = " – ".join(dict.fromkeys([days[0], days[-1]])) if days else "no date"
    return visible(" · ".join(part for part in (", ".join(names), voices, period) if part))


def _why(rank: Rank) -> str:
    """Return the parts of a rank that count, the largest first."""
    parts = {
        "coverage": rank.coverage,
        "recency": rank.recency,
        "diversity": rank.diversity,
        "keywords": rank.keywords,
        "editor": rank.editor,
    }
    known = sorted((part for part in parts.items() if part[1]), key=lambda part: -part[1])
    told = [f"{name} {value:.2f}" for name, value in known]
    if rank.affair < 1:
        told.append(f"× {rank.affair:.2f} same affair")
    return ", ".join(told)


def _left_out(console: Console, left_out: Sequence[LeftOut]) -> None:
    reasons: dict[str, list[Story]] = defaultdict(list)
    for one in left_out:
        reasons[one.reason].append(one.story)
    for reason, stories in reasons.items():
        console.print(Text(f"Left out, {reason}: {len(stories)}", style="yellow"))
        for story in stories[:_MOST_LISTED]:
            console.print(Text(f"{story.id}  {visible(story.lead.title)}", style="dim"))
        if len(stories) > _MOST_LISTED:
            more = len(stories) - _MOST_LISTED
            console.print(Text(f"… and {more} more; --json lists them all", style="dim"))
        console.print()


def show_issue(made: Newsletter, files: Sequence[Path]) -> None:
    """Print the closing table on stderr: what is in the issue, what is not, and its files."""
    console = err()
    _failures(made.failures)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, count in _figures(made):
        table.add_row(name, f"{count:,}")
    console.print(Text(visible(made.title), style="bold"))
    console.print(table)
    for path in files:
        size = path.stat().st_size / 1000
        console.print(f"{size:6.1f} kB  {visible(str(path))}", markup=False, soft_wrap=True)


def _figures(made: Newsletter) -> Iterator[tuple[str, int]]:
    articles = [article for item in made.items for article in item.story.articles]
    yield "stories", len(made.items)
    yield "articles", len(articles)
    yield "outlets", len({article.source for article in articles})
    if stand_ins := sum(item.fell_back for item in made.items):
        yield "chosen sentences where a model should write", stand_ins
    if marked := sum(not one.supported for item in made.items for one in item.sentences):
        yield "sentences marked as unsupported", marked
    counted: dict[str, int] = defaultdict(int)
    for one in made.left_out:
        counted[one.reason] += 1
    for reason, count in counted.items():
        yield f"left out, {reason}", count
    yield "failed", len(made.failures)


def _failures(failures: Sequence[Failure]) -> None:
    for failure in failures:
        complain(f"{failure.source}: {failure.message}")
