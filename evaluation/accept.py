"""The accept rule: whether a reader would take a text as the answer.

Exact match is too strict for news ("Taslim" against "Bupati Morowali, Taslim"), token F1 too
blind to order. A reply is accepted when

* the question has no answer in the articles, and none is claimed to be found;
* the question has one, it is claimed to be found, and for some accepted answer the reply holds
  all its tokens in order as one run and adds at most 12 others, or has a token F1 of at least 0.6
  with two tokens in common and the same numbers ("Taslim" is not "Asnoni Taslim", nor is
  "US$2 miliar" "US$1 miliar");
* for a list, every item is in the reply, with at most 24 other tokens; what an item has in
  brackets may be missing;
* for a yes/no question, the reply or a quoted sentence holds the clause that decides it, and a
  reply that opens with "ya" or "no" opens with the right one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics import f1

EXTRA_TOKENS = 12
EXTRA_TOKENS_IN_LIST = 24
MIN_F1 = 0.6
MIN_SHARED = 2

_YES = frozenset({"ya", "iya", "benar", "sudah", "yes"})
_NO = frozenset({"tidak", "bukan", "belum", "no"})
_DIGIT_GROUPS = re.compile(r"(?<=\d)[.,](?=\d)")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reader accepts: any of ``answers``; all of ``items`` for a list.

    ``yes`` is the truth of a yes/no question, None for others. ``answerable`` is False when the
    articles hold no answer.
    """

    answers: tuple[str, ...]
    items: tuple[str, ...] = ()
    yes: bool | None = None
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, whether it was claimed to be found, and the sentences shown for it."""

    text: str
    found: bool
    quotes: tuple[str, ...] = ()


def accepted(reply: Reply, expected: Expected) -> bool:
    """Say whether a reader would accept the reply, by the rule at the top of this module."""
    if not expected.answerable or not reply.found:
        return expected.answerable == reply.found
    if expected.yes is not None:
        return _decides(reply, expected)
    if expected.items:
        return _lists(reply.text, expected.items) or _names(reply.text, expected.answers)
    return _names(reply.text, expected.answers)


def tokens(text: str) -> list[str]:
    """Split into lower-case words and numbers: "Rp1.500" is ``["rp", "1500"]``."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _TOKEN.findall(_DIGIT_GROUPS.sub("", folded))


def _names(text: str, answers: Sequence[str]) -> bool:
    given = tokens(text)
    wanted = [tokens(answer) for answer in answers]
    return any(_holds(given, one, EXTRA_TOKENS) or _resembles(given, one) for one in wanted)


def _resembles(given: Sequence[str], wanted: Sequence[str]) -> bool:
    if len(set(given) & set(wanted)) < MIN_SHARED or _numbers(given) != _numbers(wanted):
        return False
    return f1(" ".join(given), " ".join(wanted)) >= MIN_F1


def _numbers(given: Sequence[str]) -> set[str]:
    return {token for token in given if token.isdigit()}


def _holds(given: Sequence[str], wanted: Sequence[str], extra: int | None = None) -> bool:
    """Say whether ``wanted`` is a run of ``given`` that leaves at most ``extra`` tokens."""
    size = len(wanted)
    if not size or (extra is not None and len(given) - size > extra):
        return False
    return any(list(given[at : at + size]) == list(wanted) for at in range(len(given) - size + 1))


def _lists(text: str, items: Sequence[str]) -> bool:
    given = tokens(text)
    wanted = [tokens(_BRACKETS.sub(" ", item)) for item in items]
    if len(given) - sum(map(len, wanted)) > EXTRA_TOKENS_IN_LIST:
        return False
    return all(_holds(given, item) for item in wanted)


def _decides(reply: Reply, expected: Expected) -> bool:
    first = (tokens(reply.text) or [""])[0]
    if (first in _YES and not expected.yes) or (first in _NO and expected.yes):
        return False
    shown = [tokens(text) for text in (reply.text, *reply.quotes)]
    clauses = [tokens(answer) for answer in expected.answers]
    return any(_holds(text, clause) for text in shown for clause in clauses) or _names(
        reply.text, expected.answers
    )
