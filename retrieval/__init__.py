"""Retrieval: an index of passages, and answers shown in their sources.

``Index.open(path)`` with ``add``, ``remove``, ``search`` and ``stats``; ``answer(question,
where)``. Importing this package loads no model library.
"""

from retrieval.adding import AddReport
from retrieval.answering import answer, stream_answer
from retrieval.followups import rewrite_follow_up
from retrieval.index import Index, IndexStats
from retrieval.stores import Filters

__all__ = [
    "AddReport",
    "Filters",
    "Index",
    "IndexStats",
    "answer",
    "rewrite_follow_up",
    "stream_answer",
]
