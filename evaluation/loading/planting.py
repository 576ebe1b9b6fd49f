"""A short article for each simulated reader, with facts that no other article has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from ringkas.types import Article, OutputLanguage

_STARTS = ("Randu", "Cempaka", "Gunung", "Lembah", "Muara", "Sindang", "Tegal", "Wana")
_ENDS = ("wela", "sari", "jati", "agung", "lana", "mukti", "raya", "pura", "dipa", "tirta")
_PEOPLE = ("Sutarman", "Wulandari", "Hadiwijaya", "Kusnadi", "Pramesti", "Simarmata", "Lestari")
_FORENAMES = ("Bagus", "Ratna", "Joko", "Dewi", "Arman", "Intan", "Yusuf", "Maya", "Tono", "Rini",
              "Galih")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """What one reader asks about: a library, its visitors, and who heads it."""

    place: str
    visitors: str
    head: str
    language: OutputLanguage

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Questions, each with what its answer must hold."""
        if self.language == "id":
            return (
                (f"Berapa orang yang mengunjungi Perpustakaan {self.place}?", self.visitors),
                (f"Siapa kepala Perpustakaan {self.place}?", self.head),
            )
        return (
            (f"How many people visited the {self.place} library?", self.visitors),
            (f"Who is the head of the {self.place} library?", self.head),
        )

    @property
    def article(self) -> Article:
        """The only article that knows."""
        return Article(
            f"library-{self.place.lower()}",
            *_ARTICLE[self.language](self),
            language=self.language,
            source="load.example",
        )

    def record(self) -> dict[str, Any]:
        """Return the fact as plain JSON, for the process of the readers."""
        return {"place": self.place, "language": self.language, "questions": self.questions}


def facts(count: int) -> list[Fact]:
    """Return so many facts, in both languages by turns; names and numbers never repeat.

    Raises:
        ValueError: there are not so many names.
    """
    places = [start + end for end, start in product(_ENDS, _STARTS)]
    most = min(len(places), len(_FORENAMES) * len(_PEOPLE))
    if count > most:
        raise ValueError(f"there are names for {most} readers, not {count}")
    return [
        Fact(
            place,
            f"{1_013 + 37 * number}",
            f"{_FORENAMES[number % len(_FORENAMES)]} {_PEOPLE[number % len(_PEOPLE)]}",
            "en" if number % 2 else "id",
        )
        for number, place in enumerate(places[:count])
    ]


def fillers(count: int, start: int = 0) -> Iterator[Article]:
    """Yield articles that an editor adds meanwhile; none answers a question of the readers."""
    for number in range(start, start + count):
        yield Article(
            f"filler-{number}",
            f"Pasar ikan nomor {number} dibuka kembali",
            f"Pasar ikan nomor {number} dibuka kembali pada hari Senin setelah diperbaiki selama "
            f"{number % 9 + 2} bulan. Pedagang menyambut los baru yang lebih bersih dan terang.\n\n"
            f"Biaya perbaikan tercatat {number + 100} juta rupiah dan ditanggung oleh kabupaten. "
            "Pengelola meminta pembeli membawa kantong sendiri dan datang sebelum tengah hari, "
            "karena kapal nelayan biasanya sandar pada pagi hari.",
            "id",
            source="pasar.example",
        )


def _indonesian(fact: Fact) -> tuple[str, str]:
    return (
        f"Perpustakaan {fact.place} makin ramai",
        f"Sebanyak {fact.visitors} orang mengunjungi Perpustakaan {fact.place} sepanjang Maret. "
        f"Kepala Perpustakaan {fact.place}, {fact.head}, mengatakan ruang baca anak paling "
        "diminati. Mulai bulan depan perpustakaan itu buka sampai malam pada akhir pekan.",
    )


def _english(fact: Fact) -> tuple[str, str]:
    return (
        f"{fact.place} library draws a crowd",
        f"In all, {fact.visitors} people visited the {fact.place} library in March. "
        f"{fact.head}, head of the {fact.place} library, said that the reading room for children "
        "was the most popular. From next month the library stays open late at weekends.",
    )


_ARTICLE = {"id": _indonesian, "en": _english}
