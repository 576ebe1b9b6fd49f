"""Which language a text is in: Indonesian, English, Malay, Javanese, Sundanese or unknown.

Function words decide first: they cost no model and know Sundanese, which neither py3langid nor
lingua does. What they leave open goes to py3langid with all its languages, so that a German or
Japanese text is unknown rather than the nearest of our five.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from ringkas.types import Language

_CHARACTERS_READ = 2500  # about 350 words
_LEAST_SHARE = 0.12  # of function words; Indonesian headlines have about 0.1, news text 0.3
_LEAST_HITS = 2
_RIVAL = 0.5  # a second language may have at most this part of the winner's hits
_LEAST_PROBABILITY = 0.4  # of 800 headlines 79 % told, 1.5 % wrong; at 0.7 only 53 %
_LEAST_WORDS_FOR_MODEL = 3
_LEAST_LATIN = 0.7

_ENGLISH: Final = frozenset(
    """
    the and that with said from have has had been would which who what when where why how did does
    this they their were are of to by about after his her it not but will its than more into could
    is was he she we you for as be or
    """.split()
)
_MALAYIC: Final = frozenset(
    """
    yang dan di ke dari untuk dengan pada ini itu tidak akan ada oleh telah juga dalam sebagai
    adalah mereka kepada lebih antara tersebut atau ia masih saat para serta secara lagi belum
    semua orang menjadi apa siapa mana kapan bagaimana mengapa berapa kenapa apakah saja
    """.split()
)
_INDONESIAN: Final = frozenset(
    """
    karena bisa sudah namun hingga bahwa dapat polisi rupiah persen uang pemerintah kementerian
    pajak perusahaan kapan mengatakan ujarnya katanya rp kepolisian sementara usai saat tak wib
    mobil selasa rabu kamis jumat sabtu senin minggu juta miliar triliun
    """.split()
)
_MALAY: Final = frozenset(
    """
    kerana bahawa ialah berkata manakala sekiranya cukai wang polis syarikat perkhidmatan iaitu
    mesyuarat hendak agensi projek peratus ringgit mahu beliau rm isnin khamis jumaat ahad
    selepas menerusi membabitkan mangsa suspek bermula pejabat kebajikan mahkamah
    """.split()
)
_JAVANESE: Final = frozenset(
    """
    lan ing sing kanggo marang karo ora iku kuwi iki wis saka amarga dening utawa uga kang ana
    menyang yaiku nalika durung arep luwih akeh ingkang inggih menika punika kaliyan dipun saking
    wonten boten kudu isih dadi wae nganti marga mau
    """.split()
)
_SUNDANESE: Final = frozenset(
    """
    jeung nu téh pikeun ku anu ieu éta eta henteu teu kana ka ti dina aya ogé oge loba sarta
    nyaéta nyaeta lamun nepi mangrupa geus moal sapertos sareng hiji taun ceuk jalma urang keur
    ayeuna saurang mun deui kamari sabab énjing badé abdi cenah saurna anjeunna aranjeunna arék
    barudak gedé réngsé taneuh euweuh dinten
    """.split()
)
_QUESTION_WORDS: Final[dict[str, Language]] = {
    **dict.fromkeys("siapa kapan berapa bagaimana mengapa kenapa apakah siapakah".split(), "id"),
    **dict.fromkeys("kapankah berapakah bagaimanakah apa".split(), "id"),
    **dict.fromkeys("who what when where why how which whose".split(), "en"),
}
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> Language:
    """Return the language of ``text``; ``"unknown"`` when it is too short to tell, or another."""
    words = _WORD.findall(text[:_CHARACTERS_READ].lower())
    if not words or not _is_latin(text):
        return "unknown"
    return _by_function_words(words) or _by_model(text[:_CHARACTERS_READ], words)


def _by_function_words(words: list[str]) -> Language | None:
    hits: dict[Language, int] = {
        "en": _count(words, _ENGLISH),
        "id": _count(words, _MALAYIC | _INDONESIAN),
        "jv": _count(words, _JAVANESE),
        "su": _count(words, _SUNDANESE),
    }
    best, second = sorted(hits, key=lambda code: -hits[code])[:2]
    if hits[best] < max(_LEAST_HITS, _LEAST_SHARE * len(words)):
        return _QUESTION_WORDS.get(words[0]) if hits[second] == 0 else None
    if hits[second] > _RIVAL * hits[best]:
        return None
    return _malay_or_indonesian(words) if best == "id" else best


def _malay_or_indonesian(words: list[str]) -> Language:
    """The two share their function words; a few dozen everyday words tell them apart."""
    return "ms" if _count(words, _MALAY) > _count(words, _INDONESIAN) else "id"


def _by_model(text: str, words: list[str]) -> Language:
    if len(words) < _LEAST_WORDS_FOR_MODEL:
        return "unknown"
    shares = dict(_ranker()(text))
    malayic = shares["id"] + shares["ms"]
    english = shares["en"] + shares["pcm"]  # Nigerian Pidgin draws English headlines
    label, share = max(
        ("malayic", malayic), ("en", english), ("jv", shares["jv"]), key=lambda pair: pair[1]
    )
    if share < _LEAST_PROBABILITY:
        return "unknown"
    if label == "malayic":
        return _malay_or_indonesian(words)
    if label == "jv" and _count(words, _SUNDANESE) > _count(words, _JAVANESE):
        return "su"  # py3langid knows no Sundanese and takes it for Javanese
    return "jv" if label == "jv" else "en"


@functools.cache
def _ranker() -> Callable[[str], list[tuple[str, float]]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier.rank  # type: ignore[no-any-return]


def _count(words: list[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)


def _is_latin(text: str) -> bool:
    letters = [char for char in text[:_CHARACTERS_READ] if char.isalpha()]
    latin = sum(char < "\u0250" or "LATIN" in unicodedata.name(char, "") for char in letters)
    return bool(letters) and latin >= _LEAST_LATIN * len(letters)
