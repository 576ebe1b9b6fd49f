"""The five languages, and what is none of them. Sentences written for this test."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ringkas.text.language import detect_language
from ringkas.types import Language

SENTENCES: dict[Language, list[str]] = {
    "id": [
        "Wali kota membuka rapat koordinasi itu pada Kamis pagi.",
        "Harga beras naik karena panen terlambat, kata pedagang di pasar.",
        "Siapa yang membuka rapat?",
        "Kapan rapat diadakan?",
        "dan kapan?",
        "Polisi tangkap dua pencuri motor di Bekasi",
        "Gubernur Bali resmikan pasar baru",
        "Gempa guncang Sukabumi, warga berhamburan keluar rumah",
        "Perdana Menteri Malaysia akan tiba di Jakarta pada hari Rabu, ujar juru bicara itu.",
    ],
    "en": [
        "The mayor opened the coordination meeting on Thursday morning.",
        "Rice prices rose because the harvest came late, traders said.",
        "Who opened the meeting?",
        "and when?",
        "Police arrest two thieves in Bekasi",
        "Wali Kota Denpasar opened the Rapat Koordinasi at Kantor Wali Kota, officials said.",
    ],
    "ms": [
        "Kerajaan akan memperkenalkan cukai baharu kerana perbelanjaan negara meningkat.",
        "Polis menahan dua lelaki yang disyaki mencuri wang di sebuah kedai semalam.",
        "Perdana Menteri berkata mesyuarat itu akan diadakan pada hari Khamis.",
        "Beliau turut menyatakan bahawa projek itu bernilai 20 juta ringgit.",
        "Mangsa banjir dipindahkan ke pusat sementara, kata jabatan kebajikan.",
    ],
    "jv": [
        "Pamarentah kutha ngadani rapat kanggo ngrembug regane beras sing mundhak.",
        "Bocah-bocah padha dolanan ing lapangan nalika udan deres tumiba wingi sore.",
        "Wong tani ing desa iku ora bisa tandur amarga banyune kurang.",
        "Para warga dipun aturi rawuh ing bale desa kangge kerja bakti.",
        "Sapa sing mbukak rapat kuwi?",
    ],
    "su": [
        "Pamarentah kota ngayakeun rapat pikeun nyawalakeun harga béas anu naék.",
        "Barudak keur arulin di lapangan nalika hujan gedé turun kamari soré.",
        "Patani di éta désa teu bisa melak paré ku sabab caina kurang.",
        "Harga cabé di pasar naék nepi ka dua kali lipet ti minggu kamari.",
        "Saha anu muka rapat éta?",
    ],
    "unknown": [
        "Die Regierung hat am Donnerstag eine Sitzung abgehalten, um über die Preise zu beraten.",
        "De regering hield donderdag een vergadering over de prijzen van rijst in de stad.",
        "Le gouvernement a tenu une réunion jeudi pour discuter du prix du riz dans la ville.",
        "El gobierno celebró el jueves una reunión para hablar del precio del arroz.",
        "Nagpulong ang pamahalaan noong Huwebes upang talakayin ang presyo ng bigas sa lungsod.",
        "東京都は木曜日に会議を開き、米の価格について話し合った。",
        "市政府周四召开会议讨论大米价格。",
        "عقدت الحكومة اجتماعا يوم الخميس لمناقشة أسعار الأرز.",
        "Правительство провело заседание в четверг.",
        "Denpasar",
        "12345 67890",
        "",
        "?!",
    ],
}


@pytest.mark.parametrize(
    ("sentence", "language"),
    [(sentence, language) for language, group in SENTENCES.items() for sentence in group],
)
def test_the_language_of_a_sentence(sentence: str, language: Language) -> None:
    assert detect_language(sentence) == language


def test_one_foreign_quote_does_not_change_the_language_of_an_article() -> None:
    article = " ".join(SENTENCES["id"]) + ' "The meeting was held by the city," kata dia.'
    assert detect_language(article) == "id"


def test_common_text_needs_no_model() -> None:
    code = (
        "import sys; from ringkas.text.language import detect_language;"
        f"assert detect_language({SENTENCES['id'][1]!r}) == 'id';"
        "assert 'py3langid' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
