"""Whether what a page shows belongs to the session that asked."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from evaluation.loading.wire import Reply

_HEADING = re.compile(r'<h2 class="question">(.*?)</h2>', re.DOTALL)
_ANSWER = re.compile(r'<p class="answer">(.*?)</p>', re.DOTALL)
_EARLIER = re.compile(r"<summary><span>(.*?)</span>", re.DOTALL)


def judged(
    reply: Reply, question: str, earlier: Sequence[str], expected: str, others: Sequence[str]
) -> dict[str, Any]:
    """Tell whether a reply belongs to this session, and whether it is right.

    ``mixed`` says that the conversation on the page is not this session's own: another question,
    or other questions before it. ``foreign`` says that the answer is another reader's.
    """
    latest, before = (html.unescape(str(each)) for each in reply.outputs[:2])
    asked, told = _HEADING.findall(latest), " ".join(_ANSWER.findall(latest)[:1])
    right = expected in told
    return {
        "mixed": asked != [question] or _EARLIER.findall(before) != list(reversed(earlier)),
        "right": right,
        "foreign": not right and any(other in told for other in others),
        "place": max(reply.places, default=0),
        "queue": max(reply.told, default=0),
    }
