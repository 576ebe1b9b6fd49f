"""Near-duplicates as outlets make them of wire copy, planted: dateline, cuts, other sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from ringkas.text.sentences import split
from ringkas.types import Article

_DATELINES = (
    "JAKARTA (Sagara) – ",
    "Tirtaloka, Wartabahari.example – ",
    "LONDON (Harbour Post) - ",
)
_FILLERS = {
    "id": (
        "Hingga berita ini diturunkan, belum ada keterangan tambahan dari pihak terkait.",
        "Redaksi masih menunggu konfirmasi lebih lanjut mengenai hal tersebut.",
        "Informasi ini disampaikan kepada wartawan dalam kesempatan terpisah.",
        "Perkembangan selanjutnya akan disampaikan setelah ada data terbaru.",
    ),
    "en": (
        "No further details were available at the time of writing.",
        "Officials were expected to give more information later in the week.",
        "The remarks were made to reporters on a separate occasion.",
        "More will be published as the facts become known.",
    ),
}
_CUT = 1 / 3
_REPLACED = 5  # one sentence in five


def dateline(article: Article, random: Random) -> str:
    """Put another outlet's place and name before the text."""
    return random.choice(_DATELINES) + article.text


def cut(article: Article, random: Random) -> str:
    """Leave out the last third of the sentences."""
    del random
    sentences = split(article.text)
    kept = sentences[max(0, int(len(sentences) * (1 - _CUT)) - 1)]
    return article.text[: kept.end]


def replaced(article: Article, random: Random) -> str:
    """Replace one sentence in five."""
    fillers = _FILLERS["en" if article.language == "en" else "id"]
    told = [span.of(article.text) for span in split(article.text)]
    first = random.randrange(_REPLACED)
    for place in range(first, len(told), _REPLACED):
        told[place] = random.choice(fillers)
    return " ".join(told)


def cut_and_replaced(article: Article, random: Random) -> str:
    """Do all three."""
    shorter = replace(article, text=cut(article, random))
    other = replace(article, text=replaced(shorter, random))
    return dateline(other, random)


KINDS: dict[str, Callable[[Article, Random], str]] = {
    "other dateline": dateline,
    "last third cut": cut,
    "one sentence in five replaced": replaced,
    "all three": cut_and_replaced,
}


def plant(article: Article, kind: str, random: Random) -> Article:
    """Return the article as another outlet prints it."""
    text = KINDS[kind](article, random)
    return replace(article, id=f"{article.id}:{kind}", text=text, source="copy.example")
