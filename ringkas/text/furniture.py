"""What news pages leave between the sentences: recognised here, removed by ``clean``.

Every rule asks for the *shape* of page furniture (a label with a colon, an imperative with a
channel's name, a short line without a full stop), never for a word alone, so that "Baca buku
itu, kata dia." or "Editor film itu meninggal." stay. Checked on 8,025 Indonesian and 1,762
English news articles: no whole sentence of theirs is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ALONE = frozenset(
    """
    advertisement|advertisements|advertisment|iklan|scroll to continue with content
    scroll to resume content|scroll to continue|continue reading|continue reading below
    advertisement continue reading below|story continues below advertisement
    article continues below|males baca|bbseparator|halaman selanjutnya|halaman berikutnya
    selanjutnya|next page|selengkapnya|baca selengkapnya|lihat selengkapnya|read more|show more
    tampilkan semua|lihat semua|lihat foto|perbesar|bagikan|bagikan artikel|bagikan artikel ini
    bagikan berita ini|sebarkan|share|share this|share this article|share this story|share page
    salin tautan|salin link|copy link|tautan tersalin|link copied|facebook|twitter|whatsapp
    telegram|linkedin|pinterest|facebook twitter whatsapp|loading|print|cetak|subscribe|sign up
    berlangganan|follow us|ikuti kami|tag|tags|topik|topics|related topics|kembali ke atas
    back to top|skip to content|skip to main content|dengarkan artikel ini
    listen to this article|listen to article|save article|simpan artikel|close|tutup
    """.strip().replace("\n", "|").split("|")
)  # fmt: skip
ALONE = frozenset(phrase.strip() for phrase in _ALONE)
_DECORATION = " \t:;.…,-–—|•*·#_[](){}<>»«›‹▶►→←+?!\"'"

_NETWORKS = (
    r"(?:facebook|twitter|x|whatsapp|wa|telegram|line|email|linkedin|threads|copy link|salin)"
)
_NO_STOP = r"(?<![.!?”\"])"
_SHAPES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\[{(]\s*(?:gambas|embed|bb\w+|img|video|image|foto)\b[^\]})]{0,80}[\]})]",
        r"males baca\s*\?.{0,60}",
        r"(?:halaman|page)\s+\d{1,2}(?:\s*(?:dari|of|/)\s*\d{1,2})?",
        r"1(?:\s+\d){1,8}\s+(?:selanjutnya|next|»|>|last|semua halaman)",
        rf"(?:tags?|topik|topics?|kata kunci|keywords)\s*:.{{0,200}}{_NO_STOP}",
        rf"(?:bagikan|sebarkan|share)\b[^.]{{0,30}}:?(?:[\s,|/]*{_NETWORKS})+",
        r"(?:bagikan|sebarkan|share)(?: (?:artikel|berita|this|story|article|ini))*\s*:",
        r"(?:simak|saksikan|tonton|lihat)(?: juga)? (?:video|foto)\b.{0,140}"
        rf"(?:[:'’”\"]|{_NO_STOP})",
        r"(?:simak|saksikan|tonton|lihat)(?: juga)? ['‘\"“][^.]{3,140}['’\"”]\s*:?",
        r"(?:saksikan|tonton) live\b[^.]{0,60}:?",
        r"(?:simak |baca |lihat |cek )?(?:berita |informasi |artikel |ulasan )?selengkapnya"
        r" (?:di|pada) (?:halaman|laman|sini|tautan|link|bawah)\b.{0,40}",
        r"(?:copyright|hak cipta|©).{0,80}",
        r"dilarang keras (?:mengambil|menyalin|mengutip|memperbanyak) konten\b.{0,300}",
        r"(?:subscribe to|sign up (?:for|to)|berlangganan)\b[^“”\"]{0,80}"
        r"(?:newsletters?|buletin|channel|youtube|e-?mail|inbox)\b[^“”\"]{0,80}",
        r"(?:get|receive) (?:our|the) [^“”\"]{0,60}(?:newsletter|inbox)\b[^“”\"]{0,60}",
        r"(?:unduh|download) (?:aplikasi|the app|our app|apps?)\b[^“”\"]{0,120}",
        r"(?:klik|click|tap) (?:di sini|disini|here|tautan|link)\b[^“”\"]{0,60}",
        rf"(?:foto|photo|ilustrasi|image|sumber foto)\s*:\s*[^.:]{{2,70}}{_NO_STOP}",
    )
)
_CHANNEL = re.compile(
    r"(?:dapatkan|ikuti|gabung|bergabung|mari|yuk|ayo|follow|join|get|jangan|update|klik|temukan"
    r"|(?:cek|simak|baca)(?: juga)? (?:berita|artikel|informasi|kabar|update))\b"
    r".{0,400}\b(?:google news|(?:wa|whatsapp|telegram|line|youtube)\W{1,3}"
    r"(?:channel|group|grup|saluran)|(?:channel|grup|group|saluran|kanal)\W{1,3}"
    r"(?:wa|whatsapp|telegram|line|youtube))\b.{0,300}",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:berita|update|news|kabar|informasi|artikel|konten|kami|us|our|wib)\b", re.IGNORECASE
)
_SPEECH = re.compile(r"\b(?:kata|ujar|ucap|tutur|jelas|said|says|told|menurut)(?:nya)?\b", re.I)

_SYNDICATED = re.compile(
    r"(?:artikel|berita) ini (?:telah|sudah|pernah) (?:tayang|terbit|dimuat)\b.{0,300}"
    r"|this (?:article|story) (?:was|has been)(?: originally| first)? published\b.{0,200}",
    re.IGNORECASE,
)

_SAW = r"(?:baca|simak|lihat|tonton|dengarkan|cek)"
LABEL = (
    rf"(?:{_SAW} (?:juga|pula)|{_SAW} berita (?:terkait|lainnya)|(?:berita|artikel) terkait"
    r"|read also|also read|read more|see also|more on this story"
    r"|related(?: (?:articles?|stor(?:y|ies)|news|coverage))?)"
)
LABELLED = re.compile(rf"[\W_]*{LABEL}\s*[:»>|–—-]+(?!\s*,)\s*(?P<title>.*)", re.IGNORECASE)
BARE_LABEL = re.compile(rf"[\W_]*{_SAW} (?:juga|pula)\s+(?P<title>\w.*)", re.IGNORECASE)
INLINE = re.compile(
    rf"(?:^|(?<=[.!?…\"”’')\]]))\s*(?:{LABEL}\s*:(?P<lost>\s*,)?[,\s]*)+", re.IGNORECASE
)
DEBRIS = re.compile(
    rf"\(\s*{LABEL}\s*:[^()]{{0,200}}\)|"
    r"\[\s*gambas\s*:[^\]]{0,80}\]|\{\s*bb\w+\s*\}|^loading\.\.\.\s*|_x000D_",
    re.IGNORECASE,
)

_RELATED = re.compile(
    r"(?:berita|artikel|video|kabar) (?:lainnya|lain|terkait|terkini|terpopuler|pilihan|populer)"
    r"|baca berita lainnya|terpopuler|terkini|pilihan editor|rekomendasi(?: untuk anda| berita)?"
    r"|(?:related|recommended|popular|more|top|latest) (?:articles|stories|news|videos|reading)"
    r"|most (?:popular|read)|trending(?: now)?|editor[’']?s picks?|you may also like"
    r"|more from .{2,40}|more on this story",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:komentar|comments?)(?: ?\(?\d+\)?)?|tulis komentar.{0,30}|tinggalkan (?:balasan"
    r"|komentar)|leave a (?:comment|reply)|kolom komentar|beri komentar",
    re.IGNORECASE,
)

_ROLES: Mapping[str, str] = {
    "penulis": "writer", "writer": "writer", "oleh": "writer", "by": "writer",
    "reporter": "reporter", "pewarta": "reporter", "jurnalis": "reporter",
    "kontributor": "reporter", "reported by": "reporter", "laporan wartawan": "reporter",
    "editor": "editor", "redaktur": "editor", "penyunting": "editor", "edited by": "editor",
    "uploader": "uploader", "penerjemah": "translator",
}  # fmt: skip
_ROLE = re.compile(rf"\b({'|'.join(_ROLES)})\s*:\s*", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[A-Z*][\w.'’*-]*|(?:bin|binti|al|van|de|dan|and|&|/|\||,))"
    r"(?:[\s,/|&]+(?:[A-Z*][\w.'’*-]*|bin|binti|al|van|de|dan|and))*[\s,./|]*"
)
INITIALS_LINE = re.compile(r"\(\s*((?:[a-z*]{1,4}/){0,3}[a-z]{2,5})\s*\)\.?")
INITIALS_END = re.compile(r"(?<=[.!?\"”’])\s*\(\s*((?:[a-z*]{1,4}/){1,3}[a-z]{2,5})\s*\)\.?$")

_BYLINE = re.compile(r"(?:By|Oleh) ((?:[A-Z][\w.'’-]*)(?: (?:and|dan|&|[A-Z][\w.'’-]*)){1,6})")
_POST = re.compile(
    r"(?:[A-Z&][\w&-]* ?|[a-z]+ ){0,4}(?:reporter|correspondent|editor|wartawan|kontributor)"
    r"(?:,? [A-Z]\w+){0,3}"
)
_LONGEST_POST = 60

_PARTICLES = frozenset(
    """
    di ke dari dan yang untuk pada dengan dalam atau oleh bagi per serta vs tak agar usai hingga
    the of to in on for and a an at by as with from or
    """.split()
)
_STARTERS = frozenset(
    """
    kemudian sementara selain namun menurut adapun sebelumnya selanjutnya lebih dia ia mereka
    hal itu ini dalam pada untuk berdasarkan sejatinya kendati meski meskipun tetapi tapi sebab
    karena dengan sebagai seperti saat ketika setelah sesudah bahkan padahal akibat oleh bukan
    hingga sampai jika bila apabila di dari saya kami kita tak tidak the he she it they but
    meanwhile according however in on at after before when while this that
    """.split()
)
_SHORTEST_HEADLINE = 3
_NAME_WORDS = 4  # how far back from its first lower-case word a sentence may begin


def is_furniture(paragraph: str) -> bool:
    """Tell whether a whole paragraph is an advertisement, share, channel or paging line."""
    bare = paragraph.strip(_DECORATION)
    if not bare:
        return True
    if " ".join(bare.lower().split()) in ALONE:
        return True
    return any(shape.fullmatch(paragraph) for shape in _SHAPES) or _is_channel(paragraph)


def is_related_line(paragraph: str) -> bool:
    """Tell whether a paragraph is "Baca juga: <headline>" and nothing else."""
    labelled = LABELLED.fullmatch(paragraph)
    if labelled:
        return is_headline(labelled["title"], limit=30)
    bare = BARE_LABEL.fullmatch(paragraph)
    return bare is not None and is_headline(bare["title"], 25) and _title_case(bare["title"])


def is_syndication(paragraph: str) -> bool:
    """Tell whether a paragraph says where else the article appeared."""
    return _SYNDICATED.fullmatch(paragraph) is not None


def is_related_heading(paragraph: str) -> bool:
    """Tell whether a paragraph heads a list of other articles ("Berita Lainnya")."""
    bare = paragraph.strip(_DECORATION)
    return _RELATED.fullmatch(bare) is not None or re.fullmatch(LABEL, bare, re.I) is not None


def is_comments_heading(paragraph: str) -> bool:
    """Tell whether a paragraph heads the readers' comments."""
    return _COMMENTS.fullmatch(paragraph.strip(" :#*")) is not None


def is_headline(text: str, limit: int = 25) -> bool:
    """Tell whether ``text`` reads as a headline: at most ``limit`` words and no full stop."""
    text = text.strip()
    words = text.split()
    if len(words) > limit or re.search(r"[.!?][\"”’)]*\s+\S", text):
        return False
    return not re.search(r"[.…][\"”’)]*$", text)


def credits(paragraph: str) -> dict[str, str]:
    """Return the people that a trailer such as "Reporter: A | Editor: B" names, or {}."""
    pieces = _ROLE.split(paragraph)
    if len(pieces) < 3 or pieces[0].strip(_DECORATION):
        return {}
    found: dict[str, str] = {}
    for role, name in zip(pieces[1::2], pieces[2::2], strict=True):
        if len(name.split()) > 8 or not _NAME.fullmatch(name.strip()):
            return {}
        found[_ROLES[role.lower()]] = name.strip(" ,/|")
    return found


def byline(paragraph: str) -> str | None:
    """Return the name in a line "By A. Writer" that stands alone, or None."""
    match = _BYLINE.fullmatch(paragraph)
    return match[1] if match else None


def is_post(paragraph: str) -> bool:
    """Tell whether a line is only a writer's post ("Business reporter")."""
    return len(paragraph) <= _LONGEST_POST and _POST.fullmatch(paragraph) is not None


def without_inline(paragraph: str) -> str:
    """Cut "Baca juga: <headline>" out of a paragraph where it is plain where the headline ends.

    A comma right after the label ("Baca juga:, ") tells that the headline is gone already.
    """
    labels = list(INLINE.finditer(paragraph))
    if not labels:
        return paragraph
    ends = [label.start() for label in labels[1:]] + [len(paragraph)]
    pieces = [paragraph[: labels[0].start()]]
    for label, end in zip(labels, ends, strict=True):
        text = paragraph[label.end() : end]
        rest = text if label["lost"] else _after_headline(text)
        pieces.append(paragraph[label.start() : end] if rest is None else rest)
    return " ".join(piece.strip() for piece in pieces if piece.strip())


def _after_headline(text: str) -> str | None:
    """Return what follows the headline that ``text`` begins with; None when that is unclear.

    Headlines are written in Title Case, so the first lower-case word is the second or third of
    the sentence that follows; that sentence is found again when it begins with a word such as
    "Menurut" or "Sementara".
    """
    if is_headline(text, limit=30):
        return ""
    words = text.split()
    run = next((i for i, word in enumerate(words) if not _titleish(word)), len(words))
    if run < _SHORTEST_HEADLINE or words[0].strip(_DECORATION).lower() in _STARTERS:
        return text
    for start in range(run - 1, max(run - 1 - _NAME_WORDS, _SHORTEST_HEADLINE - 1), -1):
        if re.search(r"\w{3}[?!][\"”’]*$", words[start - 1]) or _is_starter(words[start]):
            return " ".join(words[start:])
    return None


def _is_starter(word: str) -> bool:
    return word[0].isupper() and word.rstrip(",").lower() in _STARTERS


def _titleish(word: str) -> bool:
    bare = word.strip("\"'“”‘’()[],.:;!?")
    return not bare or not bare[0].islower() or bare in _PARTICLES


def _title_case(text: str) -> bool:
    words = text.split()
    return sum(map(_titleish, words)) >= 0.8 * len(words)


def _is_channel(paragraph: str) -> bool:
    if not _CHANNEL.fullmatch(paragraph) or _SPEECH.search(paragraph):
        return False
    return _NEWS.search(paragraph) is not None
