"""Summaries by a seq2seq model: what the orchestration relies on, on a model trained here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny_seq2seq import lessons, make, trained

from ringkas.errors import LanguageError, ModelError
from ringkas.settings import GeneratorSettings
from summarizer.choosing import chosen
from summarizer.seq2seq_writer import Seq2SeqWriter
from summarizer.writing import Brief, Writer

BRIEF = Brief("id", "id", max_words=20)


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Seq2SeqWriter]:
    cache = tmp_path_factory.mktemp("cache")

    def get(**changes: Any) -> Seq2SeqWriter:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("RINGKAS_CACHE", str(cache))
            settings = {"precision": "float32", "model": str(trained()), **changes}
            return Seq2SeqWriter(GeneratorSettings(kind="seq2seq", **settings))

    return get


def written(one: Seq2SeqWriter, sources: Sequence[str], brief: Brief = BRIEF) -> list[str]:
    return [chosen(reply, brief) for reply in one.write(sources, brief)]


@pytest.mark.parametrize(
    ("engine", "precision"),
    [("transformers", "float32"), ("transformers", "bfloat16"), ("ctranslate2", "auto")],
)
@pytest.mark.parametrize("beams", [1, 3])
def test_writes_what_it_was_trained_to(
    writer: Callable[..., Seq2SeqWriter], engine: str, precision: str, beams: int
) -> None:
    found = written(writer(engine=engine, precision=precision, beams=beams), lessons())
    right = sum(one == other for one, other in zip(found, lessons(), strict=True))
    assert right >= 0.8 * len(found)


def test_stream_adds_up_to_what_is_written(writer: Callable[..., Seq2SeqWriter]) -> None:
    for beams in (1, 3):
        one = writer(beams=beams)
        for source in lessons()[:4]:
            assert "".join(one.stream(source, BRIEF)) == written(one, [source])[0]


def test_greedy_words_come_one_by_one(writer: Callable[..., Seq2SeqWriter]) -> None:
    source = lessons()[0]
    pieces = [piece for piece in writer(beams=1).stream(source, BRIEF) if piece]
    assert len(pieces) >= len(source.split()) - 1
    assert pieces[0] == source.split()[0]


def test_closed_stream_stops_the_model(writer: Callable[..., Seq2SeqWriter]) -> None:
    stream = writer(beams=1).stream(lessons()[0], BRIEF)
    next(stream)
    stream.close()
    assert "ringkas-seq2seq" not in {thread.name for thread in threading.enumerate()}


def test_it_is_a_writer(writer: Callable[..., Seq2SeqWriter]) -> None:
    one: Writer = writer()
    assert one.name == str(trained())
    assert one.languages == {"id", "en"}
    assert one.window == 158
    assert one.tokens("kota kota") > one.tokens("kota") > 0
    assert one.write([], BRIEF) == []


def test_source_beyond_the_window_is_refused(writer: Callable[..., Seq2SeqWriter]) -> None:
    one = writer()
    source = "kota " * 200
    assert one.tokens(source) > one.window
    with pytest.raises(ModelError, match="reads 160 tokens at once; the source has"):
        one.write([source], BRIEF)
    with pytest.raises(ModelError, match="Give it in parts"):
        next(one.stream(source, BRIEF))


def test_language_it_cannot_write_is_refused(writer: Callable[..., Seq2SeqWriter]) -> None:
    only = writer(languages=("id",))
    assert only.languages == {"id"}
    with pytest.raises(LanguageError, match=r"cannot write a summary in 'en' here; it writes \['i"):
        only.write(["Wali kota."], Brief("en", "en", 20))
    # Without language tokens, the summary of an Indonesian text is in Indonesian.
    with pytest.raises(LanguageError, match=r"it writes 'id', the source's language"):
        next(writer().stream("Wali kota.", Brief("en", "id", 20)))
    assert only.write([lessons()[0]], Brief("id", "en", 20))


def test_second_try_searches_otherwise(writer: Callable[..., Seq2SeqWriter]) -> None:
    first = [writer(beams=beams)._decoding(lessons()[:1], BRIEF).beams for beams in (1, 3)]
    again = Brief("id", "id", 20, again=True)
    second = [writer(beams=beams)._decoding(lessons()[:1], again).beams for beams in (1, 3)]
    assert (first, second) == ([1, 3], [4, 1])


def test_reply_has_room_for_the_words_asked_for_and_not_much_more(
    writer: Callable[..., Seq2SeqWriter],
) -> None:
    source = lessons()[0]
    one = writer(max_tokens=40)
    a_word = one.tokens(source) / len(source.split())
    short, long = (
        one._decoding([source], Brief("id", "id", words)).max_tokens for words in (1, 30)
    )
    assert a_word < short <= 40  # room for a whole sentence, within what is configured
    assert 30 * a_word <= long <= 30 * a_word + 1  # more than configured, where it is needed
    endless = one._decoding([source], Brief("id", "id", 500)).max_tokens
    assert endless == 160 - 2  # the model's own limit


def test_model_without_capitals_gets_those_of_the_source(
    writer: Callable[..., Seq2SeqWriter],
) -> None:
    one = writer(model=str(trained(small_letters=True)), beams=1)
    found = written(one, lessons())
    right = sum(summary == source for summary, source in zip(found, lessons(), strict=True))
    assert right >= 0.7 * len(found)
    assert all(summary[0].isupper() for summary in found)
    for place in range(3):
        pieces = [piece for piece in one.stream(lessons()[place], BRIEF) if piece]
        assert "".join(pieces) == found[place]


def test_model_is_shown_by_name(writer: Callable[..., Seq2SeqWriter]) -> None:
    assert "engine=TransformersEngine" in repr(writer())
    assert Path(writer().name).is_dir()


def test_the_truest_beam_is_taken(writer: Callable[..., Seq2SeqWriter]) -> None:
    one, source = writer(beams=4), lessons()[0]
    likeliest = written(one, [source])[0]
    asked: list[str] = []

    def faults(text: str) -> int:
        asked.append(text)
        return int(text == likeliest)

    brief = replace(BRIEF, faults=faults)
    (other,) = written(one, [source], brief)
    assert len(set(asked)) > 1
    assert other != likeliest or all(
        len(text) < 0.6 * len(likeliest) for text in asked if text != likeliest
    )
    assert written(one, [source], replace(BRIEF, faults=lambda _: 0)) == [likeliest]
    assert "".join(one.stream(source, brief)) == other


def test_a_style_of_its_own_starts_the_reply(tmp_path: Path) -> None:
    from ringkas.generation.seq2seq import dialect_of, open_checkpoint

    checkpoint = open_checkpoint(str(make("writer", tmp_path)))
    dialect = dialect_of(checkpoint)
    named = checkpoint.tokenizer.convert_ids_to_tokens
    assert dialect.steered
    assert named(list(dialect.start("en"))) == ["__summary__", "__en__"]
    assert named(list(dialect.start("id", "headline"))) == ["__headline__", "__id__"]
    plain = dialect_of(open_checkpoint(str(trained())))
    assert plain.start("id", "headline") == plain.starts["id"]
