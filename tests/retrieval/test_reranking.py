from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tokenizers import BertWordPieceTokenizer

from retrieval import Index
from retrieval.reranking import get_reranker
from ringkas.errors import ModelError
from ringkas.settings import Settings
from ringkas.sources import samples

QUESTION = "Siapa yang membuka rapat koordinasi di Denpasar?"


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("one"), labels=1)


def saved(folder: Path, labels: int) -> Path:
    """A small cross-encoder with random weights: its order is its own, and always the same."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    pieces = BertWordPieceTokenizer()
    pieces.train_from_iterator([article.text for article in samples()], 800, show_progress=False)
    pieces.save_model(str(folder))
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=128).save_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=pieces.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        initializer_range=0.5,
        num_labels=labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def reranked_by(settings: Settings, name: str, rerank: int = 6) -> Settings:
    return replace(settings, retrieval=replace(settings.retrieval, reranker=name, rerank=rerank))


@pytest.fixture(scope="module")
def library() -> Index:
    index = Index.in_memory()
    index.add(samples())
    return index


def test_a_cross_encoder_puts_the_first_hits_in_its_order(
    library: Index, cross_encoder: Path
) -> None:
    from sentence_transformers import CrossEncoder

    plain = library.search(QUESTION, limit=10)
    asked = Index(
        library.path, library._store, library.embedder,
        reranked_by(library.settings, str(cross_encoder)),
    )  # fmt: skip
    hits = asked.search(QUESTION, limit=10)
    scores = CrossEncoder(str(cross_encoder)).predict([(QUESTION, hit.text) for hit in plain[:6]])
    order = sorted(range(6), key=lambda place: -scores[place])
    assert order != list(range(6))
    assert [hit.passage for hit in hits[:6]] == [plain[place].passage for place in order]
    assert [hit.score for hit in hits[:6]] == pytest.approx(sorted(scores, reverse=True), abs=1e-4)
    assert hits[6:] == plain[6:]
    assert [hit.passage for hit in asked.search(QUESTION, limit=2)] == [
        hit.passage for hit in hits[:2]
    ]
    assert asked.search(QUESTION, mode="dense") == library.search(QUESTION, mode="dense")


def test_the_reader_puts_the_surest_answer_first(library: Index) -> None:
    reranker = get_reranker(reranked_by(library.settings, "reader"), library.embedder)
    assert reranker is not None
    hits = library.search(QUESTION, limit=6)
    turned = reranker.rerank(QUESTION, hits[::-1])
    assert {hit.passage for hit in turned} == {hit.passage for hit in hits}
    assert "Alit Wiradana" in turned[0].text
    assert [hit.score for hit in turned] == sorted((hit.score for hit in turned), reverse=True)


def test_without_one_nothing_is_reranked(library: Index) -> None:
    assert get_reranker(library.settings, library.embedder) is None


def test_nothing_found_is_nothing_to_rerank(library: Index, cross_encoder: Path) -> None:
    for name in (str(cross_encoder), "reader"):
        reranker = get_reranker(reranked_by(library.settings, name), library.embedder)
        assert reranker is not None
        assert reranker.rerank(QUESTION, []) == []


def test_a_missing_cross_encoder_is_named(library: Index) -> None:
    with pytest.raises(ModelError, match=r"'no/such-model'.*retrieval\.reranker.*offline"):
        get_reranker(reranked_by(library.settings, "no/such-model"), library.embedder)


def test_a_classifier_is_no_reranker(library: Index, tmp_path: Path) -> None:
    folder = saved(tmp_path, labels=2)
    with pytest.raises(ModelError, match="2 scores"):
        get_reranker(reranked_by(library.settings, str(folder)), library.embedder)
