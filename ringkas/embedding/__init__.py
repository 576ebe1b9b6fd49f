"""Text to vectors: the ``Embedder`` protocol and the models behind it.

The embedder lives here because retrieval and summarizer, which do not know each other, share it.
"""

from ringkas.embedding.base import Embedder, Fingerprint, get_embedder, lend_embedder

__all__ = ["Embedder", "Fingerprint", "get_embedder", "lend_embedder"]
