"""Sentences that lean on an earlier one: "Ia …", "Hal itu …", "They …", "Dua singkatan itu …".

Shown without what they refer to, such sentences read badly or mislead.
"""

from __future__ import annotations

import re

_OPENERS = "\"'“”‘’«»([–—-• "
# Pronouns and connectives that point to the sentence before. Indonesian and English share no
# word here, so one list serves both.
_POINTING = re.compile(
    r"""(?:
    ia|dia|beliau|mereka|keduanya|ketiganya|dirinya|pihaknya|menurutnya|katanya|baginya|
    ini|itu|begitu|demikian|hal\ (?:ini|itu|tersebut|serupa|senada|yang\ sama)|
    selain\ (?:itu|dia)|sementara\ itu|di\ sisi\ lain|sebaliknya|(?:oleh\ )?karena(?:nya|\ itu)|
    (?:oleh\ )?sebab(?:nya|\ itu)?|pasalnya|akibatnya|alhasil|maka|
    (?:meski|walau)(?:pun)?\ (?:begitu|demikian)|namun|tetapi|tapi|
    akan\ tetapi|padahal|bahkan|apalagi|
    dengan\ (?:begitu|demikian)|kemudian|lalu(?-i:(?!\ [A-Z]))|lantas|setelah\ itu|sebelum\ itu|
    selanjutnya|untuk\ itu|di\ antaranya|sedangkan|dan|atau|jadi|
    (?:tak|tidak)\ hanya\ itu|
    he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|such|both|
    the\ (?:two|three|four|five|pair|duo|latter)|another|others?|either|neither|
    but|and|or|so|yet|nor|however|meanwhile|instead|therefore|thus|hence|moreover|furthermore|
    besides|nevertheless|nonetheless|otherwise|similarly|likewise|consequently|also|then|
    afterwards?|still|in\ addition|as\ a\ result|for\ (?:example|instance)|by\ contrast|
    in\ contrast|on\ the\ other\ hand|at\ the\ same\ time
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
# "Ia lalu merebut", "The panel also ordered": something went before.
_CONTINUING = re.compile(
    r"(?:[\w-]+ ){1,5}?(?:kemudian|lalu|lantas|juga|pun|also|then)\b", re.IGNORECASE
)
# "Rapat tersebut", "Menurut laporan itu", "Striker Sevilla itu": a noun that an earlier
# sentence has introduced.
_NOUN = re.compile(
    r"""(?:[\w-]+\ ){0,2}?(?!(?:di|ke|dari|pada|dalam|menurut|bagi|untuk|dengan|oleh|kata)\ )
    ([\w-]+)(?:nya)?(?:\ (?-i:[A-Z])[\w-]+){0,3}\ (?:itu|tersebut|ini|tadi)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"(?:Menurut |According to |For |Bagi )?([A-Z][\w'-]{2,}),? (?=[a-z])")
# "Lima program unggulan dalam pelayanan itu": the same further on, within the first clause.
_NOUN_WITHIN = re.compile(
    r"(?:[\w-]+ ){2,8}?([\w-]+) (?:itu|tersebut|tadi)\b(?! adalah| ialah)", re.IGNORECASE
)
_NO_NOUNS = frozenset(
    "bahwa yang dan adalah seperti dari oleh dengan dia ia mereka kami kita".split()
)
# "The news came as ...", "One of those arrested ...": an event told before; "Khususnya untuk ..."
# is the rest of a sentence.
_EVENT = re.compile(
    r"""(?:the\ (?:news|move|announcement|comments?|remarks|decision|statement|incident|arrests?)
    \ (?:comes?|came|follow(?:s|ed))|(?:one|two|three|some|many|most|none|all)\ of\ th[eo](?:m|se)|
    like\ [^,]{2,40},\ those|khususnya|terutama|termasuk|especially|particularly|including
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
# "... resigned days later.": than what, an earlier sentence tells.
_LATER = re.compile(
    r"\b(?:(?:minutes|hours|days|weeks|months|years) (?:later|earlier|afterwards?)"
    r"|(?:menit|jam|hari|pekan|minggu|bulan|tahun) (?:kemudian|sebelumnya|setelahnya))\W*$",
    re.IGNORECASE,
)
# '"...," ujarnya.', '"...," he said.': whose words they are, an earlier sentence tells.
_UNNAMED = re.compile(
    r"""["”»’],?\ (?:(?:kata|ujar|ucap|tutur|jelas|ungkap|imbuh|tambah|sebut|tegas|tukas|pungkas|
    papar|terang|lanjut|tutup|kenang|tandas|cetus|beber|sambung|keluh|harap|tulis)nya|
    (?:kata|ujar|ucap|tutur|jelas|ungkap|imbuh|tambah|sebut)\ (?:dia|ia|beliau|mereka)|
    (?:he|she|they)\ (?:said|says|added|told|wrote|explained|continued|recalled)|
    (?:said|says|added)\ (?:he|she|they))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORTS = re.compile(
    r"""\b(?:kata|ujar|ucap|tutur|jelas|ungkap|imbuh|tambah|sebut|tegas|papar|terang|menurut|
    (?:meng|men|mem|meny)(?:atakan|ungkapkan|egaskan|jelaskan|uturkan|yebut|yebutkan|yampaikan|
    ambahkan|yatakan|aku|gaku|erangkan|aparkan|gimbau|inta|ilai|gingatkan)|
    said|says|told|added|according|wrote|explained)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "Tahun ini", "saat itu" tell the time and stand on their own.
_TIMES = frozenset(
    "hari saat kali tahun bulan pekan minggu malam pagi siang sore selama sejauh kini dewasa "
    "waktu kesempatan musim semester negeri negara indonesia "
    "karena sebab setelah sebelum selain sementara untuk sesudah sejak".split()
)


def points_back(sentence: str) -> bool:
    """Return whether the sentence opens with a pronoun or connective that points back."""
    opening = sentence.lstrip(_OPENERS)
    return bool(_POINTING.match(opening) or _CONTINUING.match(opening))


def follows_on(sentence: str) -> bool:
    """Return whether the sentence takes an event as told: "The news came ...", "... days later"."""
    opening = sentence.lstrip(_OPENERS)
    return bool(_EVENT.match(opening) or _LATER.search(opening))


def speaks_unnamed(sentence: str) -> bool:
    """Return whether the sentence quotes somebody whom it does not name: '"...," ujarnya.'."""
    return _UNNAMED.search(sentence) is not None


def reports(sentence: str) -> bool:
    """Return whether the sentence says who said something."""
    return not speaks_unnamed(sentence) and _REPORTS.search(sentence) is not None


def name_meant(sentence: str) -> str | None:
    """Return the one-word name that opens the sentence ("Retno" in "Menurut Retno, hujan …").

    It may be any word with a capital; whether it is part of a name, an earlier sentence tells.
    """
    found = _NAME.match(sentence.lstrip(_OPENERS))
    return found[1] if found else None


def introduces(text: str, name: str) -> bool:
    """Return whether ``text`` gives more of the name: "Retno Kusumandari", "Dr. Retno"."""
    word = re.escape(name)
    return re.search(rf"\b{word} [A-Z][a-z]|\b[A-Z][a-z]*\.? {word}\b", text) is not None


def noun_meant(sentence: str) -> str | None:
    """Return the noun that the sentence's opening takes as known ("rapat" in "Rapat tersebut")."""
    found = _NOUN.match(sentence.lstrip(_OPENERS))
    if found is None:
        return None
    noun = found[1].lower()
    return None if noun in _TIMES else noun


def noun_within(sentence: str) -> str | None:
    """Return a noun that the first clause takes as known and the sentence has not introduced."""
    found = _NOUN_WITHIN.match(sentence.lstrip(_OPENERS))
    if found is None:
        return None
    noun = found[1].lower()
    introduced = noun in found[0][: found.start(1) - found.start()].lower()
    return None if noun in _TIMES | _NO_NOUNS or introduced else noun
