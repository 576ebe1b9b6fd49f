"""The verbs over HTTP, as a program calls them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

pytestmark = pytest.mark.page

VERBS = ["/ask", "/summarize", "/newsletter", "/search", "/articles", "/add", "/remove"]
BODY = (
    "Perpustakaan Daerah Arga Sewu menambah jam layanan hingga pukul 21.00 WIB mulai Senin "
    "(3/6/2024). Kepala perpustakaan, Nirmala Wibisono, mengatakan perubahan itu diminta para "
    "mahasiswa. Jumlah pengunjung naik dari 200 menjadi 340 orang sehari sejak ruang baca baru "
    "dibuka pada awal tahun."
)


@pytest.fixture(scope="module")
def client(server: str) -> Client:
    return Client(server, verbose=False, analytics_enabled=False)


def test_only_the_verbs_are_offered_each_with_a_description(client: Client) -> None:
    offered = client.view_api(return_format="dict")["named_endpoints"]
    assert list(offered) == VERBS
    assert [name for name, verb in offered.items() if not verb.get("description")] == []


def test_starting_and_asking_contact_nobody(client: Client, contacts: Any) -> None:
    assert contacts.outside == []


def test_an_answer_carries_citations_with_offsets(client: Client) -> None:
    answer = client.predict("Who opened the coordination meeting in Denpasar?", api_name="/ask")
    assert answer["found"]
    [first, *_] = answer["citations"]
    assert "Alit Wiradana" in first["quote"]
    passage = first["passage"]
    start, end = first["start"] - passage["start"], first["end"] - passage["start"]
    assert passage["text"][start:end] == first["quote"]


def converse(server: str, question: str) -> list[dict[str, Any]]:
    """Hold one conversation: a question, then "and when?" with what was said."""
    client = Client(server, verbose=False, analytics_enabled=False)
    first = client.predict(question, api_name="/ask")
    history = [{"question": question, "answer": first["text"]}]
    return [first, client.predict("dan kapan?", None, history, api_name="/ask")]


def test_two_conversations_at_once_do_not_mix(server: str) -> None:
    questions = [
        "Siapa yang membuka rapat koordinasi di Denpasar?",
        "Berapa kedalaman gempa di Tanjungrawa?",
    ]
    with ThreadPoolExecutor(2) as pool:
        denpasar, quake = pool.map(lambda question: converse(server, question), questions)
    assert "Denpasar" in denpasar[1]["asked"]
    assert "Tanjungrawa" in quake[1]["asked"]
    assert "Tanjungrawa" not in denpasar[1]["asked"]
    assert "Denpasar" not in quake[1]["asked"]
    cited = {each["article"]["title"] for each in quake[0]["citations"]}
    assert any("Tanjungrawa" in title for title in cited)


def test_articles_come_and_go(client: Client) -> None:
    text = f"Perpustakaan Arga Sewu Buka Sampai Malam\n\n{BODY}"
    assert client.predict(text, api_name="/add")["added"] == 1
    assert client.predict(text, api_name="/add")["unchanged"] == 1
    listed = client.predict(api_name="/articles")
    [mine] = [each for each in listed if "Arga Sewu" in each["title"]]
    hits = client.predict("Siapa kepala perpustakaan Arga Sewu?", 3, api_name="/search")
    assert hits[0]["article"]["id"] == mine["id"]
    assert client.predict([mine["id"]], api_name="/remove") == 1
    assert client.predict([mine["id"]], api_name="/remove") == 0


def test_a_source_that_cannot_be_read_is_reported_not_raised(client: Client) -> None:
    report = client.predict("http://127.0.0.1:9/", api_name="/add")
    [failure] = report["failures"]
    assert failure["source"] == "http://127.0.0.1:9/"
    assert report["added"] == 0


def test_a_summary_rests_on_spans_of_the_article(client: Client) -> None:
    summary = client.predict(f"Jam Layanan\n\n{BODY}", None, 30, "bullets", api_name="/summarize")
    assert summary["sentences"]
    for sentence in summary["sentences"]:
        assert sentence["spans"]
        assert all(span["end"] <= len(summary["article_text"]) for span in sentence["spans"])


def test_a_newsletter_is_written_from_the_index(client: Client) -> None:
    issue = client.predict(
        since="2023-10-01",
        language="id",
        max_stories=2,
        max_words=40,
        title="Kabar Tanjungrawa",
        format="markdown",
        api_name="/newsletter",
    )
    assert issue["title"] == "Kabar Tanjungrawa"
    assert issue["file"] == "kabar-tanjungrawa.md"
    assert issue["content"].startswith("# Kabar Tanjungrawa")
    assert 1 <= len(issue["stories"]) <= 2
    assert "outside period" not in {one["reason"] for one in issue["left_out"]}
    again = client.predict(
        since="2023-10-01",
        language="id",
        max_stories=2,
        unticked=issue["stories"][:1],
        format="eml",
        api_name="/newsletter",
    )
    assert issue["stories"][0] not in again["stories"]
    assert "unticked" in {one["reason"] for one in again["left_out"]}
    assert "MIME-Version: 1.0" in again["content"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"question": "", "api_name": "/ask"}, "empty"),
        ({"question": "a " * 2500, "api_name": "/ask"}, "characters"),
        ({"question": "Siapa?", "language": "fr", "api_name": "/ask"}, "language is 'fr'"),
        ({"source": "/etc/hostname", "api_name": "/summarize"}, "words"),
        ({"source": BODY, "method": "magic", "api_name": "/summarize"}, "method is 'magic'"),
        ({"source": BODY, "method": "abstractive", "api_name": "/summarize"}, "no model"),
        ({"question": 5, "api_name": "/ask"}, "question is 5: input should be a valid string"),
        ({"question": "Siapa?", "history": [{"answer": "a"}], "api_name": "/ask"}, "no 'question'"),
        ({"question": "Siapa?", "history": "x", "api_name": "/ask"}, "history is 'x'"),
        ({"question": "rapat", "limit": "x", "api_name": "/search"}, "limit is 'x'"),
        ({"question": "rapat", "limit": 10**9, "api_name": "/search"}, "give 0 to 100"),
        ({"since": "besok", "api_name": "/newsletter"}, "'besok' is no date"),
        ({"since": "2031-01-01", "api_name": "/newsletter"}, "no story to write"),
        ({"format": "pdf", "api_name": "/newsletter"}, "format is 'pdf'"),
        ({"source": "http://127.0.0.1:9/", "api_name": "/newsletter"}, "no story to write"),
        ({"unticked": ["x"], "api_name": "/newsletter"}, "unticked names 'x'"),
        ({"limit": 5, "offset": -1, "api_name": "/articles"}, "offset is -1; give 0 or more"),
        ({"ids": "abc", "api_name": "/remove"}, "ids is 'abc': input should be a valid list"),
        ({"ids": ["a", 1], "api_name": "/remove"}, "ids.1 is 1: input should be a valid string"),
    ],
)
def test_errors_arrive_as_messages(client: Client, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(AppError, match=message):
        client.predict(**arguments)
