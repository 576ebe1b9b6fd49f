"""How English words of names may be rendered in Indonesian, beyond the learned dictionary.

The dictionary was learned from news of 2007; it lacks plurals of its words, words that have several
usual renderings, and acronyms. Each word here lets a sentence keep a name that the article has
under the other word, and helps to align the two.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ringkas.text.lexicon import to_indonesian

_RENDERINGS = """
hungary: hongaria
hungarian: hongaria
brazilian: brasil
welsh: wales
burmese: myanmar birma
singaporean: singapura
islamist: islamis muslim
shi'a: syiah
shi'ite: syiah
shiite: syiah
protestant: protestan
jew: yahudi
buddhist: buddha
ramadan: ramadhan
eid: idul lebaran
uk: inggris
us: as amerika
french: prancis perancis
france: prancis perancis
canal: kanal terusan
department: departemen dinas suku
house: dpr rumah
representatives: dpr
cup: piala
nations: bangsa pbb
united: pbb bersatu
un: pbb
eu: ue eropa
union: persatuan serikat pekerja
league: liga
labour: buruh
games: pesta olimpiade
association: persatuan himpunan ikatan
institute: lembaga institut
corporation: korporasi
corp: korporasi
force: angkatan pasukan
major: mayor
sergeant: sersan
princess: putri
duke: adipati
consultative: permusyawaratan
audit: pemeriksa
bureau: biro
fisheries: perikanan
maritime: maritim
manpower: ketenagakerjaan naker
mines: pertambangan
resources: sumber sda sdm
works: pekerjaan pu
justice: kehakiman keadilan
management: penanggulangan pengelolaan
climatology: klimatologi
geophysics: geofisika
volcano: gunung
strait: selat
ocean: samudera samudra
beach: pantai
cape: tanjung
hill: bukit
temple: candi pura
square: lapangan alun
garden: kebun taman
theater: teater
theatre: teater
hall: balai aula
harbor: pelabuhan
harbour: pelabuhan
sme: ukm umkm
smes: ukm umkm
msme: umkm
msmes: umkm
soe: bumn
soes: bumn
citizen: wni warga
id: ktp identitas
fuel: bbm
election: pemilu pilkada pilpres
elections: pemilu pilkada pilpres
legislative: dpr badan
lawmaker: anggota dewan
president: presiden direktur
chairman: ketua
secretariat: sekretariat sekretaris
secretary: sekretaris
"""
# Of plurals and adverbs: the dictionary has the bare word.
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ly", ""))
_SHORTEST = 3


@lru_cache(100_000)
def renderings(word: str) -> tuple[str, ...]:
    """Return the Indonesian words that an English one, or its singular, may stand for."""
    word = word.replace("’", "'")
    found = dict.fromkeys((*to_indonesian(word), *_listed().get(word, ())))
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            singular = stem + instead
            found |= dict.fromkeys((*to_indonesian(singular), *_listed().get(singular, ())))
    return tuple(found)


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    pairs = re.findall(r"^(\S+): (.+)$", _RENDERINGS, re.MULTILINE)
    return {word: tuple(others.split()) for word, others in pairs}
