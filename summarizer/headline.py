"""A headline: the sentence of the main event, shortened to a clause that is true by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ringkas.types import Span
from summarizer.scoring import Scored

_ENOUGH_WORDS = 16
_FEWEST_WORDS = 4

_DAY = (
    r"(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_MONTH = (
    r"(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
    r"|January|February|March|May|June|July|August|October|December)"
)
# When it happened, at the end; newspapers leave it out of a headline. "hingga Rabu" stays.
_WHEN = re.compile(
    rf"""\s*(?:
    ,?\s(?:sekitar\s)?(?:pukul|jam)\s\d[\d.:]*(?:\s(?:WIB|WITA|WIT))?
    |\s\(\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\)(?:\s(?:dini\shari|pagi|siang|sore|malam))?
    |(?:,|\spada|,\spada|\son|,\son)\s(?:hari\s)?{_DAY}(?:\s(?:dini\shari|pagi|siang|sore|malam))?
    |(?:,|\spada|,\spada|\son|,\son)\s(?:{_DAY},?\s)?\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?
    )$""",
    re.VERBOSE,
)
# What may follow a main clause and be left out without making it false. Conditions and limits
# ("jika", "kecuali", "if", "unless", "until") and who said it ("kata", "police said") must stay;
# only studies and figures may go unnamed.
_TAIL = re.compile(
    r"""(?:
    ,\s(?:setelah|usai|seusai|sesudah|menyusul|sementara|sedangkan|sehingga|karena|lantaran|
        akibat|saat|ketika|di\ tengah|termasuk|yakni|yaitu|dibandingkan|naik|turun|meski(?:pun)?|
        walau(?:pun)?|tetapi|tapi|namun|sekaligus|dengan(?!\ syarat)|guna|yang|
        (?:\w+\ ){0,3}after|following|while|as|when|including|compared\ with|up\ from|
        down\ from|from|but|although|though|which|who|with|amid|because|
        (?!according|assuming|barring|depending|pending|provid)\w{2,}ing|
        and\ (?:on|in|at|for|by|with|to))
    |\s(?:setelah|usai|seusai|menyusul|dibandingkan\ dengan|after|following|compared\ with)
    |,?\s(?:menurut|berdasarkan)\ (?:studi|penelitian|riset|data|survei)
    |,?\saccording\ to\ (?:an?|the)\ (?:[\w-]+\ )?(?:study|report|survey|data|figures)
    |\s[–—]
    )\s""",
    re.VERBOSE,
)
# ", East Java", ", 19-21": commas within a tail that part off no clause.
_ASIDE = re.compile(r", (?:[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2}(?=,|$)|\d[\d-]*)")
_STUDY = re.compile(r"menurut|berdasarkan|according")
# A clause does not end with these.
_DANGLING = frozenset(
    "hingga sampai sejak mulai pada di ke dari sekitar sebelum setelah dan atau dengan untuk "
    "until till since by at from to on in before after about around and or with for of".split()
)
_RELATIVE = re.compile(r"\b(?:yang|who|which|that|whose|where|bahwa)\b")
_NEGATION = re.compile(
    r"\b(?:tidak|tak|bukan|belum|jangan|tanpa|not|never|no|without|hanya|only)\b|n['’]t\b", re.I
)
# A clause needs a verb. Indonesian verbs of news carry a prefix, or are among these; English
# ones end in -ed, or are among these.
_VERB = re.compile(
    r"""\b(?!(?:direktur|menteri|berita|media|terminal|meter|mesin|metode|mekanisme|medis|menara|
    merek|dinas|digital|dialog|distrik|diskon|ternak|berkas|medali)\b)(?:
    (?:me|mem|men|meng|meny|ber|di|ter)[a-z]{3,}|akan|telah|sudah|menjadi|naik|turun|tiba|tewas|
    buka|gelar|ada|adalah|ialah|merupakan|kembali|tumbuh|jatuh|masuk|raih|jadi|capai|minta|
    is|are|was|were|has|have|had|will|would|can|could|may|must|began|rose|fell|won|lost|met|held|
    gave|took|made|found|said|says|told|killed|broke|brought|cut|hit|set|put|grew|came|went|left|
    became|sold|bought|struck|beat|led|rises?|falls?|wins?|loses?|gets?|store|stores|stood|saw|
    [a-z]{2,}(?<!ne)(?<!hundr)ed
    )\b""",
    re.VERBOSE,
)


def headline(text: str, scored: Scored, max_words: int) -> Span:
    """Return the span of the headline within the article's text.

    It is short, of at most ``max_words`` words wherever any sentence can be brought to that.
    """
    spans = [shorten(text, unit.span, min(max_words, _ENOUGH_WORDS)) for unit in scored.units]
    lengths = [len(span.of(text).split()) for span in spans]
    fitting = [index for index, length in enumerate(lengths) if length <= max_words]
    if not fitting:
        return spans[lengths.index(min(lengths))]
    return spans[max(fitting, key=lambda index: scored.gain(index, ()))]


def shorten(text: str, sentence: Span, limit: int) -> Span:
    """Return the sentence without its full stop and date, and cut to ``limit`` words if it can be.

    Of the clauses that stand by themselves, the longest of at most ``limit`` words is taken, else
    the shortest.
    """
    whole = sentence.of(text)
    bare = whole.rstrip(" .")
    clauses = list(_clauses(bare if bare.strip() else whole))
    short = [clause for clause in clauses if len(clause.split()) <= limit]
    chosen = short[0] if short else clauses[-1]
    return Span(sentence.start, sentence.start + len(chosen))


def _clauses(sentence: str) -> Iterator[str]:
    """Yield the sentence without its date, then shorter and shorter heads of it."""
    head = _undated(sentence)
    yield head
    while (cut := _last_tail(head)) is not None:
        head = _undated(head[:cut])
        yield head


def _undated(clause: str) -> str:
    """Return the clause without the date and time at its end."""
    while (found := _WHEN.search(clause)) and _whole(clause[: found.start()]):
        clause = clause[: found.start()]
    return clause


def _last_tail(clause: str) -> int | None:
    """Return where the last part that may be left out begins.

    It holds no comma but those of places and scores, so no main verb comes behind it.
    """
    for found in reversed(list(_TAIL.finditer(clause))):
        head, tail = clause[: found.start()], clause[found.end() :]
        if ", " in _ASIDE.sub("", tail):
            return None
        if _safe(head, found.group()):
            return found.start()
    return None


def _safe(head: str, joint: str) -> bool:
    """Return whether the head is a clause by itself and as true as the whole."""
    if _STUDY.search(joint):
        return _whole(head)
    last_part = head.rsplit(", ", 1)[-1]
    relative = not joint.startswith(",") and _RELATIVE.search(last_part)
    has_verb = _VERB.search(_RELATIVE.split(head)[0])
    return bool(has_verb) and _whole(head) and not relative and not _NEGATION.search(head)


def _whole(head: str) -> bool:
    """Return whether the head has words enough and leaves nothing open."""
    words = head.split()
    if len(words) < _FEWEST_WORDS or words[-1].lower() in _DANGLING or head.count('"') % 2:
        return False
    return all(head.count(left) == head.count(right) for left, right in ("()", "“”", "[]"))
