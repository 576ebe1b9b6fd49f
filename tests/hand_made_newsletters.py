"""Newsletters made by hand from the sample articles, one in each language, for the tests.

They hold what an issue can hold: a story told by several articles and their copies, figures that
differ and figures that changed, a sentence that a model wrote and the sources do not hold, one
without any source, an article without an address.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from ringkas.sources import samples
from ringkas.text.sentences import split
from ringkas.types import (
    Article,
    Citation,
    Conflict,
    DigestSentence,
    FigureStatement,
    Flag,
    OutputLanguage,
    Passage,
)
from summarizer.newsletters.issue import Item, Newsletter, Rank, Section, Story

WIB = timezone(timedelta(hours=7), "WIB")
MADE = datetime(2023, 12, 10, 5, 30, tzinfo=WIB)
EVIL = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'>"
    "</title></style>{{ 7*7 }}{% raw %}<!--\x00\x1b[31m\u202e &lt;b&gt; ](javascript:alert(1))"
)
ADDRESSES = (
    "javascript:alert(1)",
    'https://sagara.example/"onmouseover="alert(1)',
    "data:text/html,x",
)
SAMPLES = samples()
RANK = Rank(coverage=1, recency=1, diversity=1, keywords=0, editor=0, total=3)


def article(source: str, begins: str) -> Article:
    """Return the sample of an outlet whose title begins so."""
    [found] = [one for one in SAMPLES if one.source == source and one.title.startswith(begins)]
    return found


FIRST = article("kabarlereng.example", "Tanggul")
SECOND = article("sagara.example", "Banjir")
COPY = article("tengarapos.example", "Pengungsi")
ENGLISH = article("theharbourpost.example", "Water")
BUSES = article("kotakita.example", "Bandarjati")
LATER = article("wartabahari.example", "Tiga Bulan Bus")
PROFIT = article("bursaharian.example", "Laba")
PROFIT_EN = article("archipelagoledger.example", "Small")
RICE = replace(article("kabarlereng.example", "Panen"), url=None)
FINAL = article("smashhari.example", "Anindya")
FINAL_EN = article("theharbourpost.example", "Eighth")
QUAKE = article("tengarapos.example", "Gempa")
GARDEN = article("kotakita.example", "Program")
VERDICT = article("theharbourpost.example", "Former")


def cite(where: Article, quote: str) -> Citation:
    """Return where an article says ``quote``, word for word."""
    start = where.text.index(quote)
    paragraph = where.text.rfind("\n\n", 0, start) + 2 if "\n\n" in where.text[:start] else 0
    end = where.text.find("\n\n", start)
    passage = Passage(where.id, paragraph, end if end >= 0 else len(where.text))
    return Citation(where, passage, start, start + len(quote))


def lead(where: Article) -> str:
    """Return an article's first sentence."""
    return split(where.text)[0].of(where.text)


def told(
    text: str, *citations: Citation, flagged: tuple[tuple[str, str], ...] = ()
) -> DigestSentence:
    """Return a sentence; ``flagged`` are the kind and wording of what its sources do not say."""
    flags = tuple(
        Flag(kind, text.index(part), text.index(part) + len(part))  # type: ignore[arg-type]
        for kind, part in flagged
    )
    return DigestSentence(text, citations, flags)


def quoted(where: Article, text: str, *more: Citation) -> DigestSentence:
    """Return a sentence that stands in an article as it is."""
    return told(text, cite(where, text), *more)


def item(headline: DigestSentence, *sentences: DigestSentence, **told_with: object) -> Item:
    """Return a story of all the articles that its sentences cite, unless told otherwise."""
    cited = {one.article.id: one.article for each in sentences for one in each.citations}
    articles = told_with.pop("articles", tuple(cited.values()))
    voices = told_with.pop("voices", tuple((one.id,) for one in articles))  # type: ignore[attr-defined]
    story = Story(articles, voices, RANK)  # type: ignore[arg-type]
    return Item(story, headline, sentences, **{"method": "extractive", **told_with})  # type: ignore[arg-type]


def titled(where: Article) -> DigestSentence:
    """Return an article's title as a headline that rests on the article's beginning."""
    return told(where.title, cite(where, lead(where)))


def _grown(language: OutputLanguage) -> Conflict:
    """Return how the number of displaced people changed."""
    values = (
        ("340 orang", "1.872 orang", "2.140") if language == "id" else ("340", "1,872", "2,140")
    )
    subject = "jumlah pengungsi" if language == "id" else "the number of displaced people"
    shape = "Perkembangan {}: {}." if language == "id" else "How {} changed: {}."
    named = (
        "kabarlereng.example",
        "sagara.example dan tengarapos.example"
        if language == "id"
        else "sagara.example and tengarapos.example",
        "theharbourpost.example",
    )
    month = "Februari" if language == "id" else "February"
    shown = [
        f"{value} ({name}, {day} {month})"
        for value, name, day in zip(values, named, (14, 15, 16), strict=True)
    ]
    statements = (
        FigureStatement("sedikitnya 340 orang", (cite(FIRST, "340 orang"),), FIRST.published),
        FigureStatement(
            "1.872 orang",
            (cite(SECOND, "1.872 orang"), cite(COPY, "1.872 orang")),
            SECOND.published,
        ),
        FigureStatement("2,140", (cite(ENGLISH, "2,140"),), ENGLISH.published),
    )
    text = shape.format(subject, " – ".join(shown))
    return Conflict(subject, text, statements, updated=True)


def _breach() -> Conflict:
    """Return a figure that two articles give differently."""
    statements = (
        FigureStatement("kira-kira 15 meter", (cite(FIRST, "15 meter"),), FIRST.published),
        FigureStatement("27 metres", (cite(ENGLISH, "27 metres"),), ENGLISH.published),
    )
    return Conflict(
        "panjang tanggul yang jebol",
        "Keterangan tentang panjang tanggul yang jebol berbeda-beda: kira-kira 15 meter "
        "(kabarlereng.example, 14 Februari) – 27 meter (theharbourpost.example, 16 Februari).",
        statements,
    )


def _flood_id() -> Item:
    return item(
        titled(SECOND),
        quoted(
            SECOND,
            "Jumlah pengungsi akibat banjir di Kabupaten Tirtaloka, Jawa Tengah, bertambah menjadi "
            "1.872 orang hingga Rabu (15/2/2023) pukul 14.00 WIB.",
            cite(COPY, "bertambah menjadi 1.872 orang hingga Rabu (15/2/2023) pukul 14.00 WIB."),
        ),
        quoted(
            SECOND,
            "Banjir yang semula merendam dua desa kini meluas ke tujuh desa di Kecamatan Randuasri "
            "dan Kecamatan Jatilengkung.",
            cite(COPY, "kini telah meluas ke tujuh desa"),
            cite(ENGLISH, "five of the seven flooded villages"),
        ),
        quoted(
            SECOND,
            "Bupati Tirtaloka Dr. Ir. H. Sudarmaji Prawirasena menetapkan status tanggap darurat "
            "selama 14 hari.",
            cite(COPY, "menetapkan status tanggap darurat selama 14 hari."),
            cite(ENGLISH, "A 14-day state of emergency"),
        ),
        articles=(SECOND, COPY, FIRST, ENGLISH),
        voices=((SECOND.id, COPY.id), (FIRST.id,), (ENGLISH.id,)),
        conflicts=(_grown("id"), _breach()),
    )


def _buses_id() -> Item:
    return item(
        told(
            "Setelah tiga bulan, penumpang bus listrik Bandarjati naik hampir 27 persen",
            cite(LATER, "jumlah penumpang naik hampir 27 persen"),
        ),
        told(
            "Dinas Perhubungan mencatat rata-rata 12.400 penumpang per hari pada November 2023.",
            cite(LATER, "Dinas Perhubungan (Dishub) mencatat rata-rata 11.400 penumpang per hari"),
            flagged=(("number", "12.400"),),
        ),
        told(
            "Meski demikian, penumpang mengeluhkan waktu tunggu.",
            cite(LATER, "Meski demikian, penumpang mengeluhkan waktu tunggu."),
        ),
        told("Wali kota berjanji menambah armada tahun depan."),
        articles=(LATER, BUSES),
        method="abstractive",
        model="Qwen3-4B-Instruct",
    )


def indonesian() -> Newsletter:
    """Return an issue in Indonesian, long enough for a table of contents."""
    news = Section("Nusantara", (_flood_id(), _buses_id(), item(titled(QUAKE), *_quake())))
    economy = Section(
        "Ekonomi",
        (
            item(
                titled(PROFIT),
                quoted(
                    PROFIT,
                    "PT Bank Nirmala Samudra Tbk membukukan laba bersih Rp1,5 triliun pada "
                    "semester I 2023, naik 12,8 persen dibandingkan dengan Rp1,33 triliun pada "
                    "periode yang sama tahun lalu.",
                    cite(PROFIT_EN, "its net profit rose 12.8% to Rp1.5 trillion"),
                ),
                articles=(PROFIT, PROFIT_EN),
            ),
            item(titled(RICE), told(lead(RICE), cite(RICE, lead(RICE)))),
        ),
    )
    others = Section(
        "Olahraga & Pendidikan",
        (
            item(
                titled(FINAL),
                quoted(
                    FINAL,
                    "Pebulu tangkis Indonesia Anindya Paramesti Wulan menjuarai tunggal putri "
                    "Piala Sriwijana 2023 setelah mengalahkan wakil Denmark, Kaja Thornqvist, "
                    "dengan skor 21-18, 19-21, 21-16.",
                    cite(FINAL_EN, "to beat Denmark's Kaja Thornqvist 21-18, 19-21, 21-16"),
                ),
                articles=(FINAL, FINAL_EN),
            ),
            item(titled(GARDEN), told(lead(GARDEN), cite(GARDEN, lead(GARDEN)))),
        ),
    )
    introduction = (
        told(
            "Banjir di Kabupaten Tirtaloka meluas ke tujuh desa, dan 1.872 orang mengungsi.",
            cite(SECOND, "bertambah menjadi 1.872 orang"),
            cite(COPY, "bertambah menjadi 1.872 orang"),
        ),
        told("Edisi ini juga memuat kabar ekonomi, olahraga, dan pendidikan."),
    )
    return Newsletter(
        title="Kabar Sepekan",
        introduction=introduction,
        sections=(news, economy, others),
        language="id",
        made=MADE,
        since=datetime(2023, 2, 14, tzinfo=WIB),
        until=datetime(2023, 12, 9, 23, 59, tzinfo=WIB),
    )


def _quake() -> tuple[DigestSentence, ...]:
    return (
        quoted(QUAKE, lead(QUAKE)),
        quoted(QUAKE, "Gempa tidak berpotensi tsunami dan tidak menimbulkan korban jiwa."),
    )


def english() -> Newsletter:
    """Return a short issue in English, in one section, all of it taken from the articles."""
    flood = item(
        titled(ENGLISH),
        told(
            "The number of people in shelters stood at 2,140 at noon on 16 February, up from 1,872 "
            "a day earlier and 340 in the first hours of the disaster.",
            cite(ENGLISH, "The number of people in shelters stood at 2,140 at noon on 16 February"),
        ),
        quoted(
            ENGLISH,
            "A 14-day state of emergency, declared by regent Sudarmaji Prawirasena, remains in "
            "force.",
            cite(SECOND, "menetapkan status tanggap darurat selama 14 hari."),
        ),
        articles=(ENGLISH, SECOND, COPY, FIRST),
        voices=((ENGLISH.id,), (SECOND.id, COPY.id), (FIRST.id,)),
        conflicts=(_grown("en"),),
    )
    verdict = item(
        titled(VERDICT),
        told(lead(VERDICT), cite(VERDICT, lead(VERDICT))),
        quoted(VERDICT, "Prosecutors had asked for six years."),
    )
    return Newsletter(
        title="The Week in Brief",
        introduction=(
            told("Water recedes in Tirtaloka.", cite(ENGLISH, "Floodwater began to recede")),
        ),
        sections=(Section("News", (flood, verdict)),),
        language="en",
        made=MADE,
        since=datetime(2023, 2, 12, tzinfo=WIB),
        until=datetime(2023, 2, 18, tzinfo=WIB),
    )


def hostile() -> Newsletter:
    """Return an issue in which everything an article brings is an attack."""
    articles = tuple(
        replace(QUAKE, id=f"{number}", title=EVIL, text=f"{EVIL}. Selesai.", source=EVIL, url=url)
        for number, url in enumerate(ADDRESSES)
    )
    citations = tuple(_whole(article) for article in articles)
    sentence = replace(told(EVIL, *citations), flags=(Flag("quote", 0, 20),))
    conflict = Conflict(EVIL, EVIL, (FigureStatement(EVIL, citations),))
    story = Story(articles, tuple((one.id,) for one in articles), RANK)
    made = Item(story, sentence, (sentence,), "abstractive", (conflict,), model=EVIL)
    return Newsletter(EVIL, (sentence,), (Section(EVIL, (made,) * 6),), "id", MADE)


def _whole(article: Article) -> Citation:
    return Citation(article, Passage(article.id, 0, 10), 0, len(EVIL))
