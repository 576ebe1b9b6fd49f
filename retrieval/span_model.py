"""The extractive reader: finds the words of a passage that answer a question.

It has the embeddings of the encoder that embeds passages, twelve tuned layers and a span head of
its own. Beside the built-in embedder it runs in int8 as that does (``span_int8``); on torch it
shares the embeddings themselves. ``training/reader`` makes its weights.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.adapters import adapted
from retrieval.span_weights import read, read_manifest
from retrieval.spans import (
    MAX_ANSWER_TOKENS,
    PAD,
    PassageText,
    SpanScore,
    Window,
    best_spans,
    merge,
    windows,
)
from ringkas.embedding.precision import choose_dtype
from ringkas.errors import ModelError, QuestionError

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from torch import Tensor, nn

    from ringkas.embedding import Embedder

__all__ = ["WEIGHTS", "Calibration", "PassageText", "SpanModel", "SpanScore"]

WEIGHTS = Path(__file__).parent / "weights" / "reader"
"""The weights shipped with the library."""

WINDOW_TOKENS = 256
OVERLAP_TOKENS = 64
MAX_QUESTION_TOKENS = 128
MAX_TITLE_TOKENS = 48
BATCH_TOKENS = 4096
"""Tokens in one batch, padding included; larger batches were not faster on a CPU."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic map from a span's margin to the probability that it answers (Platt, 1999)."""

    slope: float
    intercept: float

    def probability(self, margin: float) -> float:
        """Return the probability in [0, 1] for the margin of a :class:`SpanScore`."""
        value = self.slope * margin + self.intercept
        return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


class Network(Protocol):
    """What scores the tokens of windows."""

    def logits(self, windows: Sequence[Sequence[int]]) -> Sequence[NDArray[np.float32]]:
        """Return start and end logits of each window. *Shapes:* (its tokens or more, 2)."""


@dataclass(frozen=True, slots=True)
class _TorchNetwork:
    """The shared embeddings, the reader's layers, and the head."""

    embeddings: Any
    layers: Any
    head: nn.Linear
    dtype: torch.dtype

    def logits(self, windows: Sequence[Sequence[int]]) -> Sequence[NDArray[np.float32]]:
        """Return start and end logits. *Shape:* (windows, tokens of the longest, 2)."""
        import torch

        ids = _padded(windows).to(self.head.weight.device)
        with torch.inference_mode():
            embedded = self.embeddings(input_ids=ids).to(self.dtype)
            mask = torch.zeros(ids.shape, dtype=self.dtype, device=ids.device)
            mask = mask.masked_fill_(ids == PAD, torch.finfo(self.dtype).min)[:, None, None, :]
            hidden = self.layers(embedded, mask).last_hidden_state
            logits: Tensor = self.head(hidden.to(self.head.weight.dtype))
        return list(logits.float().cpu().numpy())


class SpanModel:
    """A loaded reader. Make one with :meth:`load`."""

    def __init__(
        self, network: Network, tokenizer: Tokenizer, calibration: Calibration, threshold: float
    ) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self.calibration = calibration
        self.threshold = threshold

    @classmethod
    def load(
        cls,
        encoder: Any,
        tokenizer: Tokenizer,
        folder: Path = WEIGHTS,
        adapter: Path | None = None,
    ) -> SpanModel:
        """Load the reader's layers from ``folder`` beside an encoder that is already loaded.

        Arguments:
            encoder: the embedder's ``transformers.BertModel``; its embeddings are shared, not
                copied.
            tokenizer: the encoder's tokenizer, an instance of the reader's own: that of a
                sentence-transformers model is set to truncate at every call.
            folder: where ``reader.safetensors`` and ``reader.json`` lie.
            adapter: the folder of a change to them (``retrieval/adapters.py``).

        Raises:
            ModelError: the weights are missing, damaged, or made for an encoder of another shape.
        """
        import torch

        manifest = read_manifest(folder)
        state = read(folder, manifest)
        if adapter:
            state = adapted(state, manifest["sha256"], adapter)
        device = encoder.embeddings.word_embeddings.weight.device
        head = torch.nn.Linear(encoder.config.hidden_size, 2)
        head.load_state_dict({name: state.pop(f"head.{name}") for name in ("weight", "bias")})
        dtype = compute_type(device)
        layers = _own_layers(encoder.config, state, dtype, folder).to(device)
        network = _TorchNetwork(encoder.embeddings, layers, head.to(device).eval(), dtype)
        calibration = Calibration(**manifest["calibration"])
        return cls(network, tokenizer, calibration, float(manifest["threshold"]))

    @classmethod
    def builtin(
        cls,
        embedder: Embedder | None = None,
        folder: Path = WEIGHTS,
        adapter: Path | None = None,
    ) -> SpanModel:
        """Load the shipped reader, on the built-in encoder, with or without an adapter.

        Beside the built-in embedder on torch, its embeddings are shared; else the reader runs in
        int8. The vocabulary is shared with either; without them it is loaded here.

        Raises:
            ModelError: as for :meth:`load`, or the built-in encoder is missing.
        """
        from retrieval import span_int8
        from ringkas.embedding.builtin import BuiltinEmbedder
        from ringkas.embedding.sentence import SentenceEmbedder
        from ringkas.settings import EmbedderSettings

        if isinstance(embedder, SentenceEmbedder) and embedder.is_builtin:
            return cls.load(embedder.transformer, embedder.own_tokenizer(), folder, adapter)
        manifest = read_manifest(folder)
        network = span_int8.load(folder, manifest, adapter)
        if not isinstance(embedder, BuiltinEmbedder):
            embedder = BuiltinEmbedder(EmbedderSettings())
        calibration = Calibration(**manifest["calibration"])
        return cls(network, embedder.tokenizer(), calibration, float(manifest["threshold"]))

    def predict(
        self,
        question: str,
        passages: Sequence[PassageText],
        top: int = 3,
        longest: int = MAX_ANSWER_TOKENS,
    ) -> list[list[SpanScore]]:
        """Return for each passage its ``top`` best spans, best first; see :class:`SpanScore`.

        A passage without any word gets an empty list. Offsets are characters of the passage's
        text, and a span has at most ``longest`` tokens. Compare the best span's margin with
        ``threshold`` to tell whether it is an answer.

        Raises:
            QuestionError: the question is empty or too long.
        """
        return self.predict_pairs([(question, passage) for passage in passages], top, longest)

    def predict_pairs(
        self,
        pairs: Sequence[tuple[str, PassageText]],
        top: int = 3,
        longest: int = MAX_ANSWER_TOKENS,
    ) -> list[list[SpanScore]]:
        """Do as :meth:`predict` for ``(question, passage)`` pairs of any questions."""
        found: list[list[SpanScore]] = [[] for _ in pairs]
        for batch in _batched(self._windows(pairs)):
            logits = self._network.logits([window.ids for window in batch])
            for row, window in enumerate(batch):
                text = pairs[window.owner][1].text
                found[window.owner] += best_spans(logits[row], window, text, top, longest)
        return [merge(candidates, top) for candidates in found]

    def _windows(self, pairs: Sequence[tuple[str, PassageText]]) -> Iterator[Window]:
        """Tokenise and cut every pair."""
        questions = {question: self._question_ids(question) for question, _ in pairs}
        texts = self._tokenizer.encode_batch([p.text for _, p in pairs], add_special_tokens=False)
        titles = {p.title: self._ids(p.title)[:MAX_TITLE_TOKENS] for _, p in pairs}
        for owner, ((question, passage), text) in enumerate(zip(pairs, texts, strict=True)):
            yield from windows(
                owner,
                questions[question],
                titles[passage.title],
                text.ids,
                text.offsets,
                WINDOW_TOKENS,
                OVERLAP_TOKENS,
            )

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids if text else []
        return ids

    def _question_ids(self, question: str) -> list[int]:
        ids = self._ids(question.strip())
        if not ids:
            raise QuestionError("the question is empty. Write what you want to know.")
        if len(ids) > MAX_QUESTION_TOKENS:
            raise QuestionError(
                f"the question is {len(ids)} tokens long; the reader takes at most "
                f"{MAX_QUESTION_TOKENS}. Ask in one or two sentences."
            )
        return ids


def compute_type(device: torch.device) -> torch.dtype:
    """Return bfloat16 where the hardware multiplies it natively, else float32."""
    import torch

    if device.type == "cpu":
        return choose_dtype("auto")
    native = device.type == "cuda" and torch.cuda.is_bf16_supported()
    return torch.bfloat16 if native else torch.float32


def _own_layers(config: Any, state: dict[str, Tensor], dtype: torch.dtype, folder: Path) -> Any:
    """Build the twelve layers from ``state``, without embeddings and without a second copy."""
    import torch
    from transformers.models.bert import modeling_bert

    config = copy.deepcopy(config)
    config._attn_implementation = "sdpa"
    with torch.device("meta"):
        make: Any = modeling_bert.BertEncoder
        layers = make(config)
    own = {name.removeprefix("encoder.encoder."): part.to(dtype) for name, part in state.items()}
    try:
        layers.load_state_dict(own, assign=True)
    except RuntimeError as error:
        raise ModelError(
            f"the weights in '{folder}' do not fit this encoder: {error}. "
            "Use the encoder that they were made for."
        ) from None
    return layers.eval().requires_grad_(False)


def _batched(items: Iterable[Window]) -> Iterator[list[Window]]:
    """Group windows of like length so that a batch holds at most :data:`BATCH_TOKENS`."""
    batch: list[Window] = []
    for window in sorted(items, key=lambda window: len(window.ids)):
        if batch and (len(batch) + 1) * len(window.ids) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _padded(windows: Sequence[Sequence[int]]) -> Tensor:
    """Return the token ids of a batch. *Shape:* (windows, tokens of the longest)."""
    import torch

    width = max(map(len, windows))
    rows = [[*window, *[PAD] * (width - len(window))] for window in windows]
    return torch.tensor(rows, dtype=torch.long)
