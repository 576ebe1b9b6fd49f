"""Both engines write the same, stop when told, and make do with the memory there is."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from tiny_seq2seq import make, texts

from ringkas.errors import ModelError
from ringkas.generation.seq2seq import Codec, Decoding, Seq2Seq, dialect_of, open_checkpoint
from ringkas.generation.seq2seq import conversion as converting
from ringkas.generation.seq2seq.base import Engine, Ids, Reply
from ringkas.generation.seq2seq.batching import in_batches, is_memory_error
from ringkas.generation.seq2seq.ctranslate2_engine import CTranslate2Engine
from ringkas.generation.seq2seq.packed import pack
from ringkas.generation.seq2seq.streaming import followed
from ringkas.generation.seq2seq.transformers_engine import TransformersEngine
from ringkas.generation.seq2seq.weights import load_weights

GREEDY = Decoding(beams=1, max_tokens=24)
BEAMS = Decoding(
    beams=4, max_tokens=24, min_tokens=5, length_penalty=1.5, no_repeat_ngram=3
)  # fmt: skip


def codec_of(folder: Path) -> Codec:
    checkpoint = open_checkpoint(str(folder))
    return Codec(checkpoint, dialect_of(checkpoint))


def on_transformers(codec: Codec) -> TransformersEngine:
    model = load_weights(codec.checkpoint, torch.float32)
    pad = codec.checkpoint.tokenizer.pad_token_id
    return TransformersEngine(model, pad=pad, end=codec.checkpoint.end)


def on_ctranslate2(codec: Codec, folder: Path, precision: str = "float32") -> CTranslate2Engine:
    folder.mkdir(exist_ok=True)
    converting.convert(load_weights(codec.checkpoint, torch.float32), precision, folder)
    return CTranslate2Engine(folder, precision, end=codec.checkpoint.end)


@pytest.mark.parametrize(
    "kind",
    ["bart", "mbart50", "mbart25", "indobart", "writer", "pegasus", "t5", "t5_gated", "mt5"],
)
def test_ctranslate2_in_float32_writes_the_very_same_tokens(kind: str, tmp_path: Path) -> None:
    codec = codec_of(make(kind, tmp_path))
    ours, theirs = on_transformers(codec), on_ctranslate2(codec, tmp_path / "converted")
    sources = [codec.encode(text[:200], "id") for text in texts()]
    for start in codec.dialect.starts.values():
        for decoding in (GREEDY, BEAMS):
            replies = ours.generate(sources, start, decoding)
            assert theirs.generate(sources, start, decoding) == replies
            assert len({reply.ids for reply in replies}) > 3  # not one reply for all


@pytest.fixture(scope="module")
def bart(tmp_path_factory: pytest.TempPathFactory) -> Codec:
    return codec_of(make("bart", tmp_path_factory.mktemp("bart")))


@pytest.fixture(scope="module", params=["transformers", "ctranslate2"])
def engine(
    request: pytest.FixtureRequest, bart: Codec, tmp_path_factory: pytest.TempPathFactory
) -> Engine:
    if request.param == "transformers":
        return on_transformers(bart)
    return on_ctranslate2(bart, tmp_path_factory.mktemp("converted"), "int8")


START = (2, 0)


def test_every_beam_is_given_where_it_is_asked_for(engine: Engine, bart: Codec) -> None:
    sources = [bart.encode(text[:200], "id") for text in texts()[:3]]
    best = engine.generate(sources, START, BEAMS)
    for one, all_ in zip(
        best, engine.generate(sources, START, replace(BEAMS, all_beams=True)), strict=True
    ):
        assert one.others == ()
        assert len({all_.ids, *(other.ids for other in all_.others)}) == BEAMS.beams
        assert all_.ids == one.ids


def test_packed_weights_are_a_quarter_and_unpack_to_nearly_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    folder = make("writer", tmp_path / "model")
    weights = pack(folder, tmp_path / "packed")
    assert weights.stat().st_size < 0.4 * (folder / "model.safetensors").stat().st_size
    before, now = codec_of(folder), codec_of(tmp_path / "packed")
    assert now.checkpoint.folder.is_relative_to(tmp_path / "cache")
    assert now.dialect == before.dialect
    exact = load_weights(before.checkpoint, torch.float32).state_dict()
    for name, weight in load_weights(now.checkpoint, torch.float32).state_dict().items():
        assert torch.allclose(weight, exact[name], atol=float(exact[name].abs().max()) / 200), name
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x55")
    with pytest.raises(ModelError, match=r"model\.int8\.safetensors' is damaged: its SHA-256"):
        open_checkpoint(str(tmp_path / "packed"))


def test_int8_is_small_and_near(bart: Codec, tmp_path: Path) -> None:
    exact = on_ctranslate2(bart, tmp_path / "float32")
    small = on_ctranslate2(bart, tmp_path / "int8", "int8")
    size = [(tmp_path / name / "model.bin").stat().st_size for name in ("int8", "float32")]
    assert size[0] < 0.5 * size[1]
    sources = [bart.encode(text[:200], "id") for text in texts()]
    pairs = zip(
        exact.generate(sources, START, GREEDY), small.generate(sources, START, GREEDY), strict=True
    )
    assert sum(one.ids[:1] == other.ids[:1] for one, other in pairs) > 0.7 * len(sources)


def test_a_batch_writes_what_each_source_alone_does(engine: Engine, bart: Codec) -> None:
    sources = [bart.encode(text[: 40 + 9 * place], "id") for place, text in enumerate(texts())]
    together = engine.generate(sources, START, BEAMS)
    alone = [engine.generate([source], START, BEAMS)[0] for source in sources]
    same = sum(one == other for one, other in zip(together, alone, strict=True))
    assert same >= len(sources) - 2  # int8 scales differ a little with the batch


def test_greedy_search_tells_each_token_and_stops_at_a_word(engine: Engine, bart: Codec) -> None:
    source = bart.encode(texts()[3][:300], "id")
    endless = Decoding(beams=1, max_tokens=100, min_tokens=100)
    seen: list[int | None] = []

    def watch(token: int | None) -> bool:
        seen.append(token)
        return len(seen) > 6

    [reply] = engine.generate([source], START, endless, watch)
    assert not reply.ended
    assert [START[1], *reply.ids] == seen
    assert len(seen) < 10


@pytest.mark.parametrize("beams", [1, 4])
def test_closing_stops_the_work(engine: Engine, bart: Codec, beams: int) -> None:
    source = bart.encode(texts()[3][:300], "id")
    endless = Decoding(beams=beams, max_tokens=150, min_tokens=150)
    stream = followed(lambda watch: engine.generate([source], START, endless, watch)[0])
    next(stream)
    assert "ringkas-seq2seq" in {thread.name for thread in threading.enumerate()}
    begun = time.monotonic()
    stream.close()
    assert time.monotonic() - begun < 1.0
    assert "ringkas-seq2seq" not in {thread.name for thread in threading.enumerate()}


def test_failure_in_the_thread_reaches_the_reader(bart: Codec) -> None:
    class Broken:
        batch = 1

        def generate(self, *_: Any) -> list[Reply]:
            raise RuntimeError("no kernel image\nfor this device")

    model = Seq2Seq(bart, Broken())
    with pytest.raises(ModelError, match=r"the model '.*' failed: no kernel image$"):
        list(model.stream("Wali kota.", "id", "en", GREEDY))
    with pytest.raises(ModelError, match=r"failed: no kernel image$"):
        model.write(["Wali kota."], "id", "en", GREEDY)


def copied(sources: Sequence[Ids]) -> list[Reply]:
    return [Reply(tuple(source), ended=True) for source in sources]


def test_batches_hold_like_lengths_and_keep_the_order() -> None:
    sources = [[place] * length for place, length in enumerate((3, 9, 1, 8, 2, 7, 5))]
    batches: list[list[int]] = []

    def run(batch: list[Ids]) -> list[Reply]:
        batches.append([len(source) for source in batch])
        return copied(batch)

    assert in_batches(sources, 3, run) == copied(sources)
    assert batches == [[9, 8, 7], [5, 3, 2], [1]]


def test_batches_are_halved_until_they_fit_into_memory() -> None:
    sources = [[place] * (20 - place) for place in range(11)]
    sizes: list[int] = []

    def run(batch: list[Ids]) -> list[Reply]:
        sizes.append(len(batch))
        if len(batch) > 2:
            raise MemoryError("out of memory")
        return copied(batch)

    assert in_batches(sources, 8, run) == copied(sources)
    assert sizes == [8, 4, 2, 2, 2, 2, 2, 1]


def test_one_source_that_does_not_fit_is_named() -> None:
    def run(batch: list[Ids]) -> list[Reply]:
        raise MemoryError

    with pytest.raises(ModelError, match=r"a text of 900 tokens does not fit into memory"):
        in_batches([[1] * 900, [1] * 3], 2, run)


def test_transformers_backs_off_when_torch_is_out_of_memory(
    bart: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = on_transformers(bart)
    generate, sizes = engine._model.generate, []

    def narrow(**inputs: Any) -> Any:
        sizes.append(len(inputs["input_ids"]))
        if sizes[-1] > 3:
            torch.empty(1 << 50)  # raises what torch raises when memory is short
        return generate(**inputs)

    monkeypatch.setattr(engine._model, "generate", narrow)
    sources = [text[:100] for text in texts()[:9]]
    written = Seq2Seq(bart, engine).write(sources, "id", "en", GREEDY)
    assert sizes == [8, 4, 2, 2, 2, 2, 1]
    monkeypatch.undo()
    assert written == Seq2Seq(bart, engine).write(sources, "id", "en", GREEDY)


def test_other_failures_are_no_lack_of_memory() -> None:
    assert is_memory_error(RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"))
    assert is_memory_error(RuntimeError("std::bad_alloc"))
    assert not is_memory_error(RuntimeError("expected scalar type Float but found Half"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "seq2seq"


def test_conversion_happens_once_for_the_same_content(cache: Path, tmp_path: Path) -> None:
    folder = make("bart", tmp_path / "one")
    codec = codec_of(folder)
    loads: list[int] = []

    def load() -> Any:
        loads.append(1)
        return load_weights(codec.checkpoint, torch.float32)

    first = converting.converted(folder, "int8", load)
    assert converting.converted(folder, "int8", load) == first
    moved = folder.rename(tmp_path / "two")
    assert converting.converted(moved, "int8", load) == first
    assert len(loads) == 1
    weights = bytearray((moved / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (moved / "model.safetensors").write_bytes(weights)
    key = converting.content_key(moved)
    assert key not in first.name
    (moved / "tokenizer.json").write_text("{}")  # weights are checked against their tokenizer
    assert converting.content_key(moved) != key


def test_killed_conversion_leaves_nothing_behind(cache: Path, tmp_path: Path) -> None:
    folder = make("bart", tmp_path / "model")

    def load() -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        converting.converted(folder, "int8", load)
    assert list(cache.iterdir()) == []


def test_cache_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match=r"cannot be written to .* Set RINGKAS_CACHE"):
        converting.converted(tmp_path, "int8", lambda: None)


def test_model_without_a_converter_is_refused() -> None:
    with pytest.raises(ModelError, match=r"cannot run 'x', a model of type 'led'; it runs bart,"):
        converting.check_convertible("x", "led")
