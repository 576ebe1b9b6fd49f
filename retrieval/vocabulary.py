"""Words of both languages that a check must know: negations, months, names that translate."""

from __future__ import annotations

NEGATIONS = frozenset("no not never none nor without tidak tak bukan belum tanpa jangan".split())

MONTHS = tuple(
    "januari februari maret april mei juni juli agustus september oktober november desember".split()
)

# English words of news, and short forms of months, that have one usual Indonesian counterpart:
# enough to compare dates, places and offices across the two languages.
_PAIRS = """
january januari february februari march maret may mei june juni july juli august agustus
october oktober december desember
jan januari feb februari mar maret apr april jun juni jul juli aug agustus agu agustus
sep september sept september oct oktober okt oktober nov november nop november
dec desember des desember us as
monday senin tuesday selasa wednesday rabu thursday kamis friday jumat saturday sabtu sunday minggu
ministry kementerian minister menteri president presiden governor gubernur mayor wali regent bupati
secretary sekretaris chairman ketua chair ketua head kepala director direktur deputy wakil
spokesperson juru police polisi court pengadilan prosecutor jaksa attorney jaksa
university universitas school sekolah hospital rumah council dewan agency badan
commission komisi party partai village desa district kecamatan regency kabupaten city kota
province provinsi island pulau mount gunung river sungai sea laut lake danau street jalan
health kesehatan education pendidikan finance keuangan defense pertahanan home dalam foreign luar
affairs negeri trade perdagangan agriculture pertanian transportation perhubungan
law hukum religion agama energy energi social sosial regional daerah national nasional
central pusat east timur west barat north utara south selatan java jawa
sumatra sumatera borneo kalimantan singapore singapura japan jepang china tiongkok
netherlands belanda germany jerman france prancis england inggris philippines filipina
egypt mesir europe eropa states serikat united amerika
""".split()
_SAME = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def same_word(word: str) -> str:
    """Return the Indonesian counterpart of a common English name, or the word itself."""
    return _SAME.get(word, word)
