"""Seq2seq models as students: all their weights learn, or LoRA's."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch

from ringkas.embedding.precision import choose_dtype
from ringkas.generation.seq2seq import Codec, Decoding, dialect_of, open_checkpoint
from ringkas.generation.seq2seq.base import Ids, Reply
from ringkas.generation.seq2seq.batching import in_batches
from ringkas.generation.seq2seq.selftest import check_tokenizer
from ringkas.generation.seq2seq.transformers_engine import TransformersEngine
from ringkas.generation.seq2seq.weights import load_weights
from training.summarizer.data import Pair
from training.summarizer.job import Job
from training.summarizer.learning import Learner
from training.summarizer.lessons import Lesson, lessons_of
from training.summarizer.lora import add_lora
from training.summarizer.saving import save_model
from training.summarizer.students import Student

# On a CPU, dropout costs more than the arithmetic, and plain attention beats the fused kernels
# in training: together 8 times faster, measured on a 12-layer encoder under bfloat16.
_DROPOUTS = (
    "dropout", "dropout_rate", "attention_dropout", "activation_dropout",
    "encoder_layerdrop", "decoder_layerdrop",
)  # fmt: skip

# A reply may be this much longer than the longest reference.
SLACK = 1.25


def seq2seq_student(job: Job, pairs: Sequence[Pair], held: Sequence[Pair]) -> Student:
    """Load the model, and put the pairs into its tokens.

    Raises:
        ModelError: the model cannot be loaded, or its tokenizer is another one's.
        MissingExtraError: peft is not installed.
        TrainingError: it cannot write the language of a summary, or not so long a one.
    """
    languages = sorted({pair.language for pair in [*pairs, *held]})
    checkpoint = open_checkpoint(job.model, offline=job.offline)
    codec = Codec(checkpoint, dialect_of(checkpoint, languages, job.prefix))
    check_tokenizer(codec)
    lessons, cut = lessons_of(pairs, codec)
    held_lessons, held_cut = lessons_of(held, codec)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    half = multiplies_half(device)
    pad = checkpoint.tokenizer.pad_token_id
    model = trainable(codec, device)
    if job.recipe.lora:
        add_lora(model, job.recipe.lora, job.recipe.seed)
    learner = Learner(model, job.recipe, pad=pad, half=half)

    def keep(folder: Path, card: str) -> None:
        save_model(folder, model, codec, languages, card)

    write = partial(_written, model, held_lessons, codec, half=half)
    return Student(checkpoint.name, learner, lessons, cut + held_cut, write, keep)


def _written(model: Any, lessons: Sequence[Lesson], codec: Codec, *, half: bool) -> list[str]:
    """Return what the model writes now of each lesson's source, greedily."""
    longest = max(len(lesson.reply) for lesson in lessons)
    starts = max(len(lesson.start) for lesson in lessons)
    room = (codec.dialect.reply_limit or 1 << 20) - starts
    decoding = Decoding(beams=1, max_tokens=min(int(SLACK * longest) + 1, room))
    pad = codec.checkpoint.tokenizer.pad_token_id
    engine = TransformersEngine(model, pad=pad, end=codec.checkpoint.end)
    summaries = [""] * len(lessons)
    for start in {lesson.start for lesson in lessons}:

        def write(batch: list[Ids], start: Ids = start) -> list[Reply]:
            return engine.generate(batch, start, decoding)

        places = [at for at, lesson in enumerate(lessons) if lesson.start == start]
        sources = [lessons[place].source for place in places]
        with torch.autocast(model.device.type, torch.bfloat16, enabled=half):
            replies = in_batches(sources, engine.batch, write)
        for place, reply in zip(places, replies, strict=True):
            summaries[place] = codec.decode(reply.ids)
    return summaries


def trainable(codec: Codec, device: str) -> Any:
    """Return the model ready to be trained, set up for the device."""
    config = copy.deepcopy(codec.checkpoint.config)
    options: dict[str, Any] = {"config": config}
    if device == "cpu":
        options["attn_implementation"] = "eager"
        for name in _DROPOUTS:
            if hasattr(config, name):
                setattr(config, name, 0.0)
    return load_weights(codec.checkpoint, torch.float32, **options).to(device)


def multiplies_half(device: str) -> bool:
    """Tell whether the device is faster in bfloat16."""
    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return choose_dtype("auto") == torch.bfloat16
