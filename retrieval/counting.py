"""What a question counts, and what an amount counts: "how many years" is not "25 orang"."""

from __future__ import annotations

import re

# Words for what is counted, in both languages, by sort.
_SORTS = {
    "people": "orang|jiwa|warga|korban|penumpang|peserta|siswa|siswi|pelajar|mahasiswa|pengungsi"
    "|pasien|pekerja|karyawan|pegawai|nelayan|petani|penonton|tersangka|terdakwa|personel|petugas"
    "|people|persons?|passengers?|participants?|students?|pupils?|evacuees|patients?|workers"
    "|employees|fishermen|farmers|spectators|suspects?|officers?|residents?|victims?"
    "|tewas|meninggal|terluka|luka|died|dead|killed|injured",
    "households": "kepala keluarga|keluarga|kk|famil(?:y|ies)|households?",
    "time": "detik|menit|jam|hari|pekan|minggu|bulan|tahun|seconds?|minutes?|hours?|days?|weeks?"
    "|months?|years?",
    "times": "kali|times|shots?|tembakan",
    "length": "meter|sentimeter|kilometer|km|cm|metres?|meters?|centimetres?|kilometres?|miles?",
    "area": "hektare?|ha|hectares?|acres?",
    "weight": "ton|kilogram|kg|gram|tonnes?|tons?|kilograms?|grams?",
    "homes": "rumah|houses?|homes?|bangunan|buildings?",
    "vehicles": "mobil|kendaraan|sepeda motor|cars?|vehicles?|motorcycles?|bus(?:es)?",
    "schools": "sekolah|schools?",
    "villages": "desa|kelurahan|kecamatan|villages?|districts?",
    "goals": "gol|goals?",
    "points": "poin|points?",
    "percent": "persen|percent",
    "units": "units?",
}
_NEVER_UNITS = frozenset({"people", "households", "time", "times", "goals", "points"})
_SORT = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _SORTS.items()), re.IGNORECASE
)
_ASKED = re.compile(
    r"\b(?P<how>berapa(?:kah)?|how many)\b\s+(?P<what>(?:[\w'’-]+\s*){1,3})", re.IGNORECASE
)
_HOW_LONG = re.compile(r"\bberapa lama\b|\bhow (?:long|old)\b|\b(?:usia|umur)nya berapa\b", re.I)
# What follows a figure, "117 kepala keluarga", or a number in words, "ratusan rumah".
_COUNTED = re.compile(r"\d[\d.,]*\s+((?:[^\W\d][\w'’-]*\s*){1,2})")
_SPELLED = re.compile(
    r"\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belasan|puluhan|ratusan"
    r"|ribuan|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands)\b(?:\s+of)?"
    r"\s+((?:[^\W\d][\w'’-]*\s*){1,2})",
    re.IGNORECASE,
)

_ASKS_FOR_DEAD = re.compile(
    r"\b(?:berapa|how many)\b[^?]*"
    r"\b(?:tewas|meninggal|wafat|korban jiwa|died|dead|killed|deaths)\b",
    re.IGNORECASE,
)
_DEATH = re.compile(
    r"tewas|meninggal|menewaskan|wafat|\b(?:gugur|mati|kematian|korban jiwa|nyawa|jenazah|jasad)|"
    r"\b(?:die[ds]?|dead|deaths?|dying|kill\w*|fatal\w*|lives|perished|bodies|toll|lost their)\b",
    re.IGNORECASE,
)
_LIVING = re.compile(
    r"mengungsi|diungsikan|\b(?:pengungsi|terluka|luka|selamat|sembuh|hilang)"
    r"|\b(?:evacu\w+|displaced|shelters?|injured|wounded|missing|rescued|survived|recovered)\b",
    re.IGNORECASE,
)


_ASKS_FOR_PRICE = re.compile(
    r"\b(?:berapa(?:kah)?|how much|what)\b[^?]*"
    r"\b(?:harga|tarif|ongkos|tiket|cost|price|fare|ticket)",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:harga|tarif|ongkos|biaya|tiket|jual|beli|cost|price|fare|fee|ticket|sold|sells?|buy|paid)",
    re.IGNORECASE,
)
_OTHER_SUM = re.compile(r"\b(?:hadiah|denda|prizes?|fined?|fines)\b", re.IGNORECASE)


def tells_another_fate(question: str, sentence: str) -> bool:
    """Tell whether the dead are asked for in a sentence that tells of the living alone."""
    if not _ASKS_FOR_DEAD.search(question) or _DEATH.search(sentence):
        return False
    return _LIVING.search(sentence) is not None


def names_another_sum(question: str, sentence: str) -> bool:
    """Tell whether a price is asked for in a sentence that tells of a prize or a fine alone."""
    if not _ASKS_FOR_PRICE.search(question) or _OTHER_SUM.search(question):
        return False
    return _OTHER_SUM.search(sentence) is not None and not _PRICE.search(sentence)


def counts_another(question: str, amount: str) -> bool:
    """Tell whether an amount counts something else than the question asks for.

    In doubt it does not: both must name what they count, in words of one sort each.
    """
    asked = _asked(question)
    if asked is None:
        return False
    counted = _COUNTED.search(amount) or _SPELLED.search(amount)
    found = _SORT.match(counted[1]) if counted else None
    if found is None or found.lastgroup == asked:
        return False
    return found.lastgroup != "units" or asked in _NEVER_UNITS


def _asked(question: str) -> str | None:
    if _HOW_LONG.search(question):
        return "time"
    words = _ASKED.search(question)
    if words is None:
        return None
    found = list(_SORT.finditer(words["what"]))
    # "How many bus passengers" and "berapa penumpang bus" both count passengers.
    beside = len(found) > 1 and found[1].start() == found[0].end() + 1
    named = found[1:2] if beside and words["how"].casefold() == "how many" else found[:1]
    return named[0].lastgroup if named else None
