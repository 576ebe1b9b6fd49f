from __future__ import annotations

import pytest

from ringkas.errors import LanguageError, SummaryError
from ringkas.types import Article, Summary
from summarizer import summarize


def flat(text: str) -> str:
    return " ".join(text.split())


def assert_exact(summary: Summary) -> None:
    """Every sentence stands in the article, in the article's order."""
    starts = [part.spans[0].start for part in summary.sentences]
    assert starts == sorted(set(starts))
    for part in summary.sentences:
        assert part.text == " ".join(flat(span.of(summary.article.text)) for span in part.spans)


@pytest.mark.parametrize("max_words", [1, 20, 40, 60, 150])
def test_sentences_are_exact_in_order_and_within_the_words(
    articles: dict[str, Article], max_words: int
) -> None:
    for article in articles.values():
        summary = summarize(article, max_words=max_words)
        assert_exact(summary)
        assert summary.words <= max_words or len(summary.sentences) == 1
        assert summary.words == len(summary.text.split())
        assert summary.coverage == 1.0
        assert summary.method == "extractive"


def test_the_main_event_comes_first(articles: dict[str, Article]) -> None:
    text = summarize(articles["Sekda"]).text
    assert text.startswith("Sekretaris Daerah (Sekda) Kota Denpasar, IB Alit Wiradana, menghadiri")


def test_a_query_brings_its_sentence_forward(articles: dict[str, Article]) -> None:
    article = articles["Jebol"]
    query = "perahu karet dan dapur umum"
    assert "perahu karet" not in summarize(article, max_words=40).text
    focused = summarize(article, max_words=40, query=query)
    assert_exact(focused)
    assert "perahu karet" in focused.text
    assert summarize(article, query="  ").text == summarize(article).text


def test_bullets_are_one_sentence_a_line(articles: dict[str, Article]) -> None:
    summary = summarize(articles["Jebol"], style="bullets")
    assert summary.text.split("\n") == [f"• {part.text}" for part in summary.sentences]
    assert len(summary.sentences) > 1
    assert summary.words <= 60
    assert_exact(summary)


def test_a_headline_is_a_clause_of_the_first_sentence(articles: dict[str, Article]) -> None:
    headline = summarize(articles["Semester I 2023"], style="headline")
    assert headline.text == (
        "PT Bank Nirmala Samudra Tbk membukukan laba bersih Rp1,5 triliun pada semester I 2023"
    )
    assert_exact(headline)
    assert summarize(articles["gurita"], style="headline").text == (
        "Nelayan di Pulau Rarau, Sulawesi Tenggara, kembali menangkap gurita"
    )


def test_a_headline_keeps_to_the_words_where_a_sentence_does(articles: dict[str, Article]) -> None:
    assert summarize(articles["polio"], style="headline", max_words=14).words <= 14


def test_one_long_sentence_is_its_own_summary() -> None:
    text = "Bupati mengatakan " + "bahwa warga desa sudah pulang dan " * 20 + "semua selamat"
    summary = summarize(text, max_words=30)
    assert flat(summary.text) == flat(text)
    assert len(summary.sentences) == 1


def test_a_dateline_is_left_out() -> None:
    body = "Banjir merendam dua desa di Kecamatan Randuasri setelah tanggul jebol pada Selasa."
    more = "Sebanyak 340 orang mengungsi ke balai desa dan masjid, kata petugas di lapangan."
    assert summarize(f"JAKARTA, KOMPAS.com - {body} {more} {more}").text.startswith("Banjir")


@pytest.mark.parametrize("max_words", [0, -5])
def test_no_words_are_refused(articles: dict[str, Article], max_words: int) -> None:
    with pytest.raises(SummaryError, match=f"max_words is {max_words}"):
        summarize(articles["Jebol"], max_words=max_words)


def test_an_unknown_style_is_named(articles: dict[str, Article]) -> None:
    with pytest.raises(SummaryError, match=r"'poem'.*'bullets'"):
        summarize(articles["Jebol"], style="poem")  # type: ignore[arg-type]


COOKIES = (
    "We use cookies to give you the best experience on our site. By clicking Accept you agree to "
    "our use of cookies and to our Privacy Policy. You can change your cookie settings at any time."
)
LINKS = "\n\n".join(
    ["Beranda", "Berita Terkini", "Gubernur Resmikan Jembatan Baru di Denpasar", "Olahraga"]
    + [f"Harga Cabai Naik Lagi di Pasar Nomor {number}" for number in range(10)]
)


KUKI = (
    "Kami dan 134 mitra kami memakai kuki di situs ini supaya isinya cocok bagi Anda. Pilihan itu "
    "dapat Anda ubah kapan saja di setelan kuki. Anda dapat berlangganan untuk membaca tanpa kuki."
)
HEADLINES = "\n\n".join(
    f"Harga cabai di pasar nomor {number} naik lagi menjelang hari raya, pedagang dan pembeli sama "
    "sama mengeluh kepada wali kota"
    for number in range(6)
)


@pytest.mark.parametrize("text", ["", "  \n ", "Silakan masuk.", COOKIES, KUKI, LINKS, HEADLINES])
def test_what_is_no_article_is_refused(text: str) -> None:
    with pytest.raises(SummaryError):
        summarize(text)


def test_another_language_is_refused_with_a_way_out(articles: dict[str, Article]) -> None:
    with pytest.raises(LanguageError, match=r"in Indonesian.*language='id'"):
        summarize(articles["Jebol"], language="en")
    with pytest.raises(LanguageError, match=r"in English.*language='en'"):
        summarize(articles["embezzlement"], language="id")
    assert summarize(articles["embezzlement"], language="en").language == "en"


FRENCH = (
    "Le maire de Lyon a ouvert jeudi la réunion du conseil municipal sur les transports. "
    "Il a annoncé que la ville achèterait cent vingt autobus électriques avant la fin de "
    "l'année. Les associations ont demandé que les lignes de nuit soient prolongées."
)
JAVANESE = (
    "Bupati Tirtaloka mbukak rapat iki ing dina Kemis lan ngajak kabeh warga supaya melu mbantu. "
    "Ora ana sing lara amarga banjir iku, nanging akeh omah sing isih kudu diresiki dening warga. "
    "Wong-wong kang omahe rusak bakal oleh bantuan saka pamarentah sajrone rong minggu."
)


def test_no_language_is_promised_for_a_text_in_an_unknown_one() -> None:
    with pytest.raises(LanguageError, match="cannot be told"):
        summarize(Article("x", "", FRENCH), language="en")


def test_an_article_that_does_not_say_its_language_is_asked(articles: dict[str, Article]) -> None:
    text = articles["embezzlement"].text
    assert summarize(Article("x", "", text), language="en").language == "en"


def test_javanese_is_quoted_but_not_promised_as_indonesian() -> None:
    article = Article("x", "", JAVANESE)
    assert summarize(article).language == "id"
    with pytest.raises(LanguageError, match=r"in Javanese.*cannot turn it into Indonesian"):
        summarize(article, language="id")


def test_no_sentence_in_the_other_language_is_quoted(articles: dict[str, Article]) -> None:
    english = "The governor said on Monday that the new bridge would be opened before the holidays."
    article = articles["Jebol"]
    both = Article("x", "", f"{english}\n\n{article.text}", "id")
    for method in ("lead", "extractive"):
        summary = summarize(both, language="id", method=method)
        assert "governor" not in summary.text
        assert all(part.spans[0].of(both.text) for part in summary.sentences)
    assert "governor" in summarize(both, method="lead").text


def test_a_summary_says_how_much_was_read(
    articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    article = articles["Jebol"]
    monkeypatch.setattr("summarizer.summarizing.MOST_SENTENCES", 5)
    summary = summarize(article)
    assert 0.2 < summary.coverage < 0.8
    assert all(part.spans[0].end < len(article.text) * 0.8 for part in summary.sentences)


def test_lead_is_the_first_sentences(articles: dict[str, Article]) -> None:
    article = articles["Jebol"]
    summary = summarize(article, max_words=40, method="lead")
    assert_exact(summary)
    assert summary.method == "lead"
    assert summary.text == flat(article.text[: summary.sentences[-1].spans[0].end])
    assert summary.words <= 40
    assert summary.coverage < 0.5
    assert len(summarize(article, max_words=3, method="lead").sentences) == 1
    assert summarize(article, style="headline", method="lead").text.startswith("Banjir merendam")


def test_a_text_in_an_unknown_language_is_quoted_and_called_so() -> None:
    summary = summarize(FRENCH)
    assert summary.language == "unknown"
    assert summary.sentences[0].spans[0].of(summary.article.text) == summary.sentences[0].text


def test_an_unknown_method_is_named(articles: dict[str, Article]) -> None:
    with pytest.raises(SummaryError, match=r"method is 'magic'.*'abstractive'"):
        summarize(articles["Jebol"], method="magic")  # type: ignore[arg-type]
