from __future__ import annotations

import pytest

from summarizer.tongues import is_foreign, is_in

ID = "Banjir merendam dua desa di Tirtaloka setelah tanggul jebol pada Selasa malam."
EN = "Floods covered two villages in Tirtaloka after a dyke broke on Tuesday night."
DE = "Das Hochwasser überschwemmte am Dienstagabend zwei Dörfer, nachdem ein Deich gebrochen war."
ZH = "周二晚上堤坝决口后洪水淹没了两个村庄。"


@pytest.mark.parametrize(
    ("sentences", "language", "kept"),
    [
        ([ID], "id", True),
        ([EN], "en", True),
        ([ID], "en", False),
        ([EN], "id", False),
        ([DE], "id", False),
        ([DE], "en", False),
        ([ZH], "id", False),
        (["Indonesia 2-0 Vietnam"], "id", True),
        (["Indonesia 2-0 Vietnam"], "en", True),
    ],
)
def test_a_summary_is_in_its_language(sentences: list[str], language: str, kept: bool) -> None:
    assert is_in(sentences, language) is kept  # type: ignore[arg-type]


def test_a_quotation_may_stay_as_it_was_said() -> None:
    quoted = f'Sekretaris jenderal PBB itu berkata kepada wartawan di Jakarta: "{EN}"'
    assert not is_foreign(quoted, "id")
    assert is_in([ID, quoted], "id")


@pytest.mark.parametrize(
    ("sentence", "language", "foreign"),
    [
        (EN, "id", True),
        (ID, "en", True),
        (ID, "id", False),
        (EN, "en", False),
        (ZH, "en", True),
        ("Timnas Indonesia menang.", "en", False),
        ("2.345,6", "id", False),
    ],
)
def test_a_sentence_in_another_language_is_told(
    sentence: str, language: str, foreign: bool
) -> None:
    assert is_foreign(sentence, language) is foreign  # type: ignore[arg-type]
