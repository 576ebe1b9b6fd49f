"""Chat models as students: asked as in use, they learn their reply, by LoRA or with all weights."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch

from ringkas.errors import ModelError
from ringkas.generation.chat_batches import left_padded, replies
from ringkas.generation.chat_selftest import check_tokens
from ringkas.generation.seq2seq.base import Ids
from ringkas.generation.transformers_chat import encode, read_model
from ringkas.text.language import detect_language
from summarizer.chat_writer import messages
from summarizer.summarizing import HEADLINE_WORDS
from summarizer.writing import Brief
from training.summarizer.data import Pair, TrainingError
from training.summarizer.job import Job
from training.summarizer.learning import IGNORED, Learner, padded
from training.summarizer.lessons import Lesson, beginning
from training.summarizer.lora import add_lora
from training.summarizer.saving import publish, save_weights
from training.summarizer.seq2seq import SLACK, multiplies_half
from training.summarizer.students import Student

# Prompt and reply together: longer articles cost much more than they teach.
_LONGEST = 2048
_WRITTEN_TOGETHER = 8


def chat_student(job: Job, pairs: Sequence[Pair], held: Sequence[Pair]) -> Student:
    """Load the model, and put the pairs into its tokens.

    Raises:
        ModelError: the model cannot be loaded, has no chat template, or does not know its tokens.
        MissingExtraError: peft is not installed.
        TrainingError: a summary leaves no room for its text.
    """
    tokenizer, model = read_model(job.model, offline=job.offline)
    kept_as = model.dtype
    device = "cuda" if torch.cuda.is_available() else "cpu"
    half = multiplies_half(device)
    scribe = _Scribe(
        job, tokenizer, getattr(model.config.get_text_config(), "max_position_embeddings", _LONGEST)
    )
    lessons, cut = scribe.lessons(pairs)
    held_lessons, held_cut = scribe.lessons(held)
    model = model.float().to(device)
    check_tokens(job.model, tokenizer, model)
    if job.recipe.lora:
        add_lora(model, job.recipe.lora, job.recipe.seed)
    learner = ChatLearner(model, job.recipe, pad=scribe.pad, half=half)

    def keep(folder: Path, card: str) -> None:
        publish(
            folder,
            lambda scratch: save_weights(model, scratch, kept_as),
            lambda scratch: _save_papers(model, tokenizer, kept_as, scratch),
            card,
        )

    write = partial(_written, model, held_lessons, tokenizer, scribe, half=half)
    return Student(job.model, learner, lessons, cut + held_cut, write, keep)


class _Scribe:
    """Puts pairs into a chat model's tokens."""

    def __init__(self, job: Job, tokenizer: Any, window: int) -> None:
        self._job, self._tokenizer = job, tokenizer
        self.window, self.room = window, min(window, _LONGEST)
        if tokenizer.eos_token_id is None:
            raise ModelError(f"the tokenizer of '{job.model}' has no token that ends a reply")
        self.end: int = tokenizer.eos_token_id
        self.pad = self.end if tokenizer.pad_token_id is None else tokenizer.pad_token_id

    def lessons(self, pairs: Sequence[Pair]) -> tuple[list[Lesson], int]:
        """Return the pairs in ids, and of how many texts only the beginning has room."""
        found = [self._lesson(pair) for pair in pairs]
        return [lesson for lesson, _ in found], sum(cut for _, cut in found)

    def _lesson(self, pair: Pair) -> tuple[Lesson, bool]:
        lines = (" ".join(line.split()) for line in pair.summary.splitlines())
        words = self._tokenizer("\n".join(filter(None, lines)), add_special_tokens=False)
        reply = (*words["input_ids"], self.end)
        room = self.room - len(reply)

        def tokens(text: str) -> int:
            return len(self._prompt(text, pair))

        text, cut = beginning(pair.text, tokens, room)
        if not text:
            raise TrainingError(
                f"a summary has {len(reply)} tokens, and with the prompt nothing of its text fits "
                f"into {self.room}: {pair.summary[:60]!r}..."
            )
        return Lesson(tuple(self._prompt(text, pair)), (), reply), cut

    def _prompt(self, text: str, pair: Pair) -> Ids:
        job = self._job
        most = min(job.max_words, HEADLINE_WORDS) if job.style == "headline" else job.max_words
        brief = Brief(pair.language, detect_language(text), most, job.style)
        prompt: list[int] = encode(self._tokenizer, messages(text, brief))["input_ids"][0].tolist()
        return prompt


class ChatLearner(Learner):
    """A causal model being trained to reply: the prompt is read, and only the reply is learnt."""

    def _loss(self, batch: Sequence[Lesson]) -> torch.Tensor:
        """Return the summed loss over the tokens of all replies."""
        device = self.model.device
        given = [(*lesson.source, *lesson.reply[:-1]) for lesson in batch]
        longest = max(len(lesson.reply) for lesson in batch)
        with torch.autocast(device.type, torch.bfloat16, enabled=self._half):
            logits = self.model(
                **_framed(given, self._pad, device), use_cache=False, logits_to_keep=longest
            ).logits
        wanted = padded([lesson.reply for lesson in batch], IGNORED, left=True)
        return torch.nn.functional.cross_entropy(
            logits.flatten(0, 1).float(),
            wanted.flatten().to(device),
            ignore_index=IGNORED,
            label_smoothing=self._recipe.label_smoothing,
            reduction="sum",
        )


def _framed(rows: Sequence[Ids], pad: int, device: Any) -> dict[str, torch.Tensor]:
    """Return rows as a model's input, which all end at the same place."""
    framed = left_padded(rows, pad)
    places = (framed["attention_mask"].cumsum(-1) - 1).clamp(min=0)
    return {name: value.to(device) for name, value in {**framed, "position_ids": places}.items()}


def _written(
    model: Any, lessons: Sequence[Lesson], tokenizer: Any, scribe: _Scribe, *, half: bool
) -> list[str]:
    """Return what the model writes now to each lesson's prompt, greedily."""
    longest = max(len(lesson.source) for lesson in lessons)
    wanted = int(SLACK * max(len(lesson.reply) for lesson in lessons)) + 1
    most = max(1, min(wanted, scribe.window - longest))
    how = {
        "max_new_tokens": most,
        "do_sample": False,
        "temperature": None,
        "top_p": None,
        "top_k": None,
        "eos_token_id": _ends(model, scribe.end),
    }
    sources = [lesson.source for lesson in lessons]
    model.eval()
    with torch.inference_mode(), torch.autocast(model.device.type, torch.bfloat16, enabled=half):
        written = replies(model, sources, pad=scribe.pad, size=_WRITTEN_TOGETHER, how=how)
    return [tokenizer.decode(ids, skip_special_tokens=True).strip() for ids in written]


def _ends(model: Any, end: int) -> list[int]:
    """Return every token that ends a reply in use: that of a turn need not be that of a text."""
    stated = model.generation_config.eos_token_id
    others = stated if isinstance(stated, list) else [stated]
    return sorted({end, *(token for token in others if token is not None)})


def _save_papers(model: Any, tokenizer: Any, dtype: torch.dtype, folder: Path) -> None:
    tokenizer.save_pretrained(folder)
    config = copy.deepcopy(model.config)
    config.dtype = dtype
    config.save_pretrained(folder)
