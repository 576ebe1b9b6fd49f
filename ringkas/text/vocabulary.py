"""Words of both languages that a check must know: negations, months, names that translate."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

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
algeria aljazair iceland islandia romania rumania guinea nugini chile cile ethiopia etiopia
ethiopian etiopia palestine palestina morocco maroko moroccan maroko finnish finlandia
filipino filipina cambodian kamboja cuban kuba brazilians brasil americans amerika europeans eropa
malaysians malaysia australians australia atlantic atlantik mediterranean mediterania
mecca makkah jerusalem yerusalem baghdad bagdad lisbon lisboa hague haag venice venesia
copenhagen kopenhagen prague praha warsaw warsawa kyiv kiev nile nil equator khatulistiwa
christian kristen shia syiah bible alkitab quran alquran
""".split()
_SAME = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def same_word(word: str) -> str:
    """Return the Indonesian counterpart of a common English name, or the word itself."""
    return _SAME.get(word, word)


def translated_words() -> Iterable[str]:
    """Return the English words that :func:`same_word` knows."""
    return _SAME.keys()


@cache
def stop_words() -> frozenset[str]:
    """Return words that carry no subject, in both languages, question words among them."""
    from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

    return frozenset(StopWordRemoverFactory().get_stop_words()) | _ENGLISH | _QUESTION_WORDS


_ENGLISH = frozenset(
    """
    a about after all also an and any are as at be been before being between both but by can could
    did do does doing for from had has have having he her hers him his i if in into is it its me
    more most my no nor not of on once only or other our out over own same she should so some such
    than that the their them then there these they this those through to too under until up very
    was we were while will with would you your s t mr mrs ms
    """.split()
)
_QUESTION_WORDS = frozenset(
    """
    siapa siapakah apa apakah kapan kapankah mana dimana dimanakah berapa berapakah mengapa kenapa
    bagaimana bagaimanakah saja sajakah who whom whose what which when where why how many much
    """.split()
)
