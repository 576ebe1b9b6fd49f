from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ringkas.embedding import Embedder, get_embedder
from ringkas.settings import Settings
from ringkas.types import Article, SummarySentence
from summarizer.support import check

PUBLISHED = datetime(2023, 6, 9, 10, tzinfo=UTC)
INDONESIAN = """
Menteri Keuangan Ratna Wibisono menyatakan anggaran pembangunan Jembatan Talangsari sebesar \
Rp1,5 triliun tidak akan dipotong. Pernyataan itu disampaikan di Kota Banyuwening, Kamis (8/6/2023).

“Kami tidak akan mundur dari rencana ini,” kata Ratna. Menurut dia, 1.523 warga akan menerima \
ganti rugi, dan 12 persen di antaranya sudah dibayar.

Ketua Komisi Pemberantasan Korupsi (KPK) Hasan Priambodo meminta proyek itu diawasi sejak awal. \
Hasan menyebut tiga perusahaan ikut dalam lelang yang dimulai pukul 09.30 WIB. Proyek ditargetkan \
selesai pada Desember 2025.

Bupati Banyuwening Dimas Satrio belum menyetujui relokasi pasar. Ia mengatakan 240 pedagang \
menolak dipindahkan.
""".strip()
ENGLISH = """
Finance Minister Ratna Wibisono said on Thursday, June 8, 2023, that the Rp1.5 trillion budget for \
the Talangsari Bridge would not be cut. "We will not retreat from this plan," she said.

Some 1,523 residents will be compensated, and 12 percent of them have been paid. The chairman of \
the Corruption Eradication Commission, Hasan Priambodo, asked for the project to be supervised.
""".strip()

Checked = Callable[[str], SummarySentence]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return get_embedder(Settings())


@pytest.fixture(scope="session")
def indonesian() -> Article:
    return Article(
        "a-1", "Anggaran Jembatan Talangsari Tetap", INDONESIAN, "id", published=PUBLISHED
    )


@pytest.fixture(scope="session")
def english() -> Article:
    return Article("a-2", "Bridge budget stays", ENGLISH, "en", published=PUBLISHED)


@pytest.fixture(scope="session")
def checked(indonesian: Article, embedder: Embedder) -> Checked:
    """Check one sentence against the Indonesian article."""
    return lambda sentence: check([sentence], indonesian, embedder)[0]


@pytest.fixture(scope="session")
def checked_in_english(english: Article, embedder: Embedder) -> Checked:
    """Check one sentence against the English article."""
    return lambda sentence: check([sentence], english, embedder)[0]
