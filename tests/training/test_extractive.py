"""The recipe of the extractive summarizer, on a data folder made up here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ringkas.embedding import get_embedder
from ringkas.settings import Settings
from ringkas.sources import samples
from summarizer.features import features
from summarizer.scorer import load
from training.extractive.choosing import by_place, by_worth, rouge
from training.extractive.data import DEV_SETS, FOLDS, SLUG, TRAINING_SETS, examples, shares
from training.extractive.growing import Lesson, grow
from training.extractive.recipe import train
from training.extractive.vectors import RememberingEmbedder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every set with the sample articles, their second sentence being the reference."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "summarization").mkdir()
    for name in (*TRAINING_SETS, *DEV_SETS):
        file = folder / "summarization" / f"{name}.jsonl"
        lines = [
            json.dumps(
                {
                    "id": f"{name}-{number}",
                    "text": article.text,
                    "summary": article.text.split(". ")[1],
                    "slug": "banjir-di-dua-desa" if name.startswith("indosum") else "",
                }
            )
            for number, article in enumerate(samples())
        ]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> RememberingEmbedder:
    return RememberingEmbedder(
        get_embedder(Settings()), tmp_path_factory.mktemp("vectors") / "vectors.sqlite"
    )


def test_the_recipe_writes_weights_that_choose_what_it_was_taught(
    folder: Path, embedder: RememberingEmbedder, tmp_path: Path
) -> None:
    train(folder, embedder, tmp_path, limit=8)
    scorer = load(tmp_path)
    about = json.loads((tmp_path / "extractive.json").read_text(encoding="utf-8"))
    assert about["articles"] == 8 * len(TRAINING_SETS)
    assert set(about["dev"]) == {*DEV_SETS, "indosum.dev" + SLUG}
    one = next(examples(folder, "detik.dev", 1))
    worth = scorer.predict(*features(one.profile(embedder)))
    assert shares(one)[worth.argmax()] == shares(one).max()


def test_indosum_comes_with_titles_and_without(folder: Path) -> None:
    one, other, *_ = examples(folder, "indosum.dev", 1)
    assert (one.title, other.title) == (None, "banjir di dua desa")
    assert (one.id, one.fold) == (other.id, other.fold)
    assert one.fold in range(FOLDS)


def test_paragraphs_that_were_run_together_are_parted(tmp_path: Path) -> None:
    (tmp_path / "summarization").mkdir()
    text = "The bank paid 2.5% on Monday.The ?U.S. firm? said so.\nShares rose.?No one knew?."
    row = {"id": "1", "text": text, "summary": "The bank paid."}
    file = tmp_path / "summarization" / "inshorts.train.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    [one] = examples(tmp_path, "inshorts.train")
    assert [unit.text for unit in one.units][:2] == [
        "The bank paid 2.5% on Monday.",
        "The ?U.S. firm? said so.",
    ]


def test_packed_trees_say_what_those_of_scikit_learn_say() -> None:
    from sklearn.ensemble import HistGradientBoostingRegressor

    from training.extractive.growing import packed

    random = np.random.default_rng(0)
    rows = random.normal(size=(500, 3)).astype(np.float32)
    target = rows[:, 0] * (rows[:, 1] > 0) + 0.1 * rows[:, 2]
    model = HistGradientBoostingRegressor(max_iter=20, random_state=0).fit(rows, target)
    found = packed(model, ["a", "b", "c"]).predict(("a", "b", "c"), rows)
    assert found == pytest.approx(model.predict(rows), abs=1e-5)


def test_the_same_lessons_grow_the_same_trees() -> None:
    random = np.random.default_rng(1)
    lessons = [
        Lesson(random.normal(size=(9, 2)).astype(np.float32), random.random(9), np.ones(9))
        for _ in range(30)
    ]
    first, second = grow(lessons, ["a", "b"]), grow(lessons, ["a", "b"])
    assert (first.threshold == second.threshold).all()
    assert (first.value == second.value).all()


def test_choosing_by_place_takes_the_first_that_fit(
    folder: Path, embedder: RememberingEmbedder
) -> None:
    from summarizer.scoring import Weights, rate
    from training.extractive.choosing import Rated

    rated = []
    for one in examples(folder, "cnndm.dev", 3):
        rated.append(Rated(one, rate(one.profile(embedder), shares(one), Weights())))
        assert list(by_place(rated[-1])) == list(range(len(by_place(rated[-1]))))
    assert rouge(rated, by_worth)["cnndm.dev"] > rouge(rated, by_place)["cnndm.dev"]


def test_vectors_are_made_once(tmp_path: Path) -> None:
    class Counting:
        fingerprint = get_embedder(Settings()).fingerprint
        asked: list[str]

        def __init__(self) -> None:
            self.asked = []

        def embed_passages(self, texts: list[str]) -> np.ndarray:
            self.asked += texts
            return np.ones((len(texts), 2), np.float32)

        embed_queries = embed_passages

    counting = Counting()
    for _ in range(2):
        vectors = RememberingEmbedder(counting, tmp_path / "v.sqlite").embed_passages(["a", "b"])
        assert vectors.shape == (2, 2)
    assert counting.asked == ["a", "b"]
