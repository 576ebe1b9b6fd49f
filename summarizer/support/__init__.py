"""Support: which of the article's sentences a summary rests on, and what they do not say.

``check(sentences, article, embedder)``. Importing this package loads no model library.
"""

from summarizer.support.checking import check

__all__ = ["check"]
