"""The trained scorer: what it is given, what it gives, and what it says of damaged files."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ringkas.errors import ModelError
from ringkas.text.sentences import split
from ringkas.types import Article
from summarizer.features import Profile, content, features
from summarizer.scorer import WEIGHTS, Scorer, load, save, shipped
from summarizer.units import units


def profile_of(article: Article, *, titled: bool = True) -> Profile:
    parts = units(article.text, split(article.text))
    vectors = np.random.default_rng(0).normal(size=(len(parts) + 1, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    title = (article.title, vectors[-1]) if titled else None
    return Profile(parts, vectors[:-1], title, english=article.language == "en")


@pytest.mark.parametrize("titled", [True, False])
def test_every_unit_has_every_feature(articles: dict[str, Article], titled: bool) -> None:
    for article in articles.values():
        profile = profile_of(article, titled=titled)
        names, matrix = features(profile)
        assert tuple(names) == shipped().names
        assert matrix.shape == (len(profile.units), len(names))
        assert np.isfinite(matrix).all()
        assert matrix[:, names.index("title known")].tolist() == [titled] * len(profile.units)
        assert titled or not matrix[:, [n.startswith("title") for n in names]].any()


def test_a_text_of_one_sentence_has_features_too() -> None:
    article = Article("x", "Banjir", "Banjir merendam dua desa di tepi sungai.", "id")
    assert np.isfinite(features(profile_of(article))[1]).all()


def test_content_is_what_is_no_stop_word() -> None:
    assert content("Warga yang mengungsi ke balai 2,5 km") == [
        "warga",
        "mengun",
        "balai",
        "2,5",
        "km",
    ]


def test_trees_are_followed_to_their_leaves() -> None:
    # One tree: a <= 0.5 gives 1; else b <= 2 gives 10, more gives 20. Another adds 0.25 to all.
    scorer = Scorer(
        names=("a", "b"),
        base=100.0,
        feature=np.array([[0, -1, 1, -1, -1], [-1, -1, -1, -1, -1]], np.int16),
        threshold=np.array([[0.5, 0, 2, 0, 0], [0] * 5], np.float32),
        left=np.array([[1, 0, 3, 0, 0], [0] * 5], np.int16),
        right=np.array([[2, 0, 4, 0, 0], [0] * 5], np.int16),
        value=np.array([[0, 1, 0, 10, 20], [0.25, 0, 0, 0, 0]], np.float32),
    )
    rows = np.array([[0.5, 9], [0.6, 2], [0.6, 2.5]], np.float32)
    assert scorer.predict(("a", "b"), rows).tolist() == [101.25, 110.25, 120.25]
    with pytest.raises(ModelError, match="know 2 features"):
        scorer.predict(("b", "a"), rows)


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    save(shipped(), tmp_path, {"note": "a copy"})
    copy = load(tmp_path)
    rows = np.random.default_rng(1).normal(size=(20, len(copy.names))).astype(np.float32)
    assert (copy.predict(copy.names, rows) == shipped().predict(copy.names, rows)).all()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("extractive.safetensors", b"cut short", "damaged.*SHA-256"),
        ("extractive.json", b"{", "not valid JSON"),
    ],
)
def test_damaged_weights_are_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=f"(?s){message}.*Reinstall"):
        load(folder)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"extractive\.json.*python -m training\.extractive"):
        load(tmp_path)
