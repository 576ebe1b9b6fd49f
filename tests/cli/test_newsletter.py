"""``ringkas newsletter``: what goes in, what is shown, and which files come out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from batch_articles import CountingEmbedder, article

from ringkas.embedding import lend_embedder

DAYS = ("2024-03-04", "2024-03-05", "2024-03-06")
OUTLETS = ("sagara.example", "kotakita.example", "sagara.example")
# Reports that the embedder of these tests, which counts letters, keeps apart.
SUBJECTS = {
    "Pasar Pagi Karangasih Dibuka Kembali": "Pasar Pagi Karangasih dibuka kembali pada Senin "
    "setelah perbaikan selama enam bulan. Lurah Karangasih, Dewi Maharani, memotong pita di depan "
    "sekitar 200 pedagang. Perbaikan itu menelan biaya Rp4,2 miliar dari anggaran kota.",
    "Kapal Riset Bahtera Samudra Tiba di Telukmanis": "Kapal riset Bahtera Samudra tiba di "
    "Pelabuhan Telukmanis pada Selasa dengan 31 peneliti. Mereka memetakan terumbu karang sedalam "
    "70 meter. Kepala ekspedisi, Yohanis Lamatenggo, menyebut pelayaran itu berlangsung 45 hari.",
    "Persada Tirtaloka Menang 3-1 di Kandang": "Persada Tirtaloka menang 3-1 atas Laskar Kencana "
    "di Stadion Waringin, Rabu malam. Gol dicetak Bagus Prayoga dua kali dan Rifki Aditama sekali. "
    "Pelatih Hendra Wijaya memuji pertahanan timnya yang hanya kebobolan dari titik penalti.",
}


@pytest.fixture
def embedder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingEmbedder]:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    counting = CountingEmbedder()
    with lend_embedder(counting):
        yield counting


@pytest.fixture
def reports(tmp_path: Path, embedder: CountingEmbedder) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, (title, text) in enumerate(SUBJECTS.items()):
        head = f"title: {title}\nsource: {OUTLETS[number]}\ndate: {DAYS[number]}\nlanguage: id\n"
        path = folder / f"{number}.md"
        path.write_text(f"---\n{head}---\n\n{text}\n", encoding="utf-8")
    return folder


def titles(record: dict) -> set[str]:
    return {story["title"] for section in record["sections"] for story in section["stories"]}


def test_a_folder_becomes_a_text_on_standard_output(run: Callable, reports: Path) -> None:
    result = run("newsletter", reports, "--until", "2024-03-06", "--days", "7")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Kabar Sepekan, 29 Februari – 6 Maret 2024\n")
    assert "Edisi ini memuat tiga berita dari dua media." in result.stdout
    for title in SUBJECTS:
        assert title in result.stdout
    flat = " ".join(result.stderr.split())
    assert "stories 3 articles 3 outlets 2" in flat
    assert "failed 0" in flat


def test_all_formats_go_into_a_folder_named_by_the_day(run: Callable, reports: Path) -> None:
    asked = ("newsletter", reports, "--until", "2024-03-06", "--out", "issue/new")
    result = run(*asked)
    assert result.exit_code == 0, result.output
    found = {path.name: path for path in Path("issue/new").iterdir()}
    ends = ("html", "txt", "md", "rss.xml", "atom.xml", "json", "eml")
    assert set(found) == {f"newsletter-2024-03-06.{end}" for end in ends}
    mail = message_from_bytes(found["newsletter-2024-03-06.eml"].read_bytes())
    assert mail.is_multipart()
    assert "Persada" in found["newsletter-2024-03-06.html"].read_text(encoding="utf-8")
    assert all(name in " ".join(result.stderr.split()) for name in found)


def test_files_are_replaced_only_when_that_is_asked_for(
    run: Callable, reports: Path, embedder: CountingEmbedder
) -> None:
    asked = ("newsletter", reports, "--until", "2024-03-06", "-o", "issue", "--format", "text")
    assert run(*asked, "--title", "Satu").exit_code == 0
    refused = run(*asked, "--title", "Dua")
    assert refused.exit_code == 1
    assert "--overwrite" in refused.stderr
    path = Path("issue/newsletter-2024-03-06.txt")
    assert path.read_text(encoding="utf-8").startswith("Satu\n")
    assert run(*asked, "--title", "Dua", "--overwrite").exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("Dua\n")
    assert [one.name for one in Path("issue").iterdir()] == [path.name]


def test_a_folder_that_cannot_be_made_is_told(run: Callable, reports: Path) -> None:
    Path("a-file").write_text("x")
    result = run("newsletter", reports, "-o", "a-file/issue")
    assert result.exit_code == 1
    assert "cannot write into 'a-file/issue'" in result.stderr
    assert "no story is written anew" in result.stderr


def test_a_disk_that_fills_up_leaves_no_part_behind(
    run: Callable, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("newsletter", reports, "-o", "issue")
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert list(Path("issue").iterdir()) == []


def test_dry_run_shows_the_choice_and_writes_nothing(run: Callable, reports: Path) -> None:
    asked = ("newsletter", reports, "--since", "2024-03-05", "--until", "2024-03-06")
    result = run(*asked, "--dry-run", "-o", "issue")
    assert result.exit_code == 0, result.output
    flat = " ".join(result.stdout.split())
    assert "Persada Tirtaloka Menang 3-1" in flat
    assert "recency" in flat
    assert "Left out, outside period: 1" in flat
    assert "Pasar Pagi Karangasih" in flat
    assert not Path("issue").exists()


def test_stories_are_skipped_and_pinned_by_id(run: Callable, reports: Path) -> None:
    shown = json.loads(run("newsletter", reports, "--dry-run", "--json").stdout)
    assert titles(shown) == set(SUBJECTS)
    ids = {
        story["title"]: story["id"] for section in shown["sections"] for story in section["stories"]
    }
    market, ship, match = SUBJECTS
    options = ("--skip", ids[ship], "--pin", ids[match], "--stories", "1")
    changed = json.loads(run("newsletter", reports, "--dry-run", "--json", *options).stdout)
    assert titles(changed) == {match}
    reasons = {story["title"]: story["reason"] for story in changed["left_out"]}
    assert reasons == {ship: "unticked", market: "too many"}
    assert changed["left_out"][0]["rank"]["total"] > 0
    wrong = run("newsletter", reports, "--skip", "nobody")
    assert wrong.exit_code == 1
    assert "'nobody'" in wrong.stderr


def test_a_second_run_writes_nothing_anew(
    run: Callable, reports: Path, embedder: CountingEmbedder
) -> None:
    run("newsletter", reports)
    whole = len(embedder.calls)
    embedder.calls.clear()
    shown = json.loads(run("newsletter", reports, "--dry-run", "--json").stdout)
    choosing = len(embedder.calls)
    embedder.calls.clear()
    unticked = shown["sections"][0]["stories"][0]["id"]
    assert run("newsletter", reports, "--skip", unticked).exit_code == 0
    assert len(embedder.calls) == choosing < whole


def test_failures_are_named_and_end_with_1(run: Callable, reports: Path) -> None:
    (reports / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    result = run("newsletter", reports, "gone.html", "--json")
    assert result.exit_code == 1
    made = json.loads(result.stdout)
    assert len(made["articles"]) == 3
    assert len(made["failures"]) == 2
    assert "gone.html" in made["failures"][1]["source"]
    assert made["files"] == []


def test_the_index_gives_articles_of_the_period_and_outlet(
    run: Callable, sample_index: Path, embedder: CountingEmbedder
) -> None:
    result = run(
        "newsletter", "--library", "--since", "2023-06-01", "--until", "2023-06-30",
        "--source", "smashhari.example", "--dry-run", "--json", "--index", sample_index,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert titles(json.loads(result.stdout)) == {
        "Anindya Rebut Gelar Tunggal Putri Piala Sriwijana Lewat Tiga Gim"
    }


def test_the_editor_s_wishes_reach_the_plan(run: Callable, reports: Path) -> None:
    result = run(
        "newsletter", reports, "--section", "Laut: kapal dan riset", "--section", "Kota",
        "--words", "20", "--json", "--source", "kotakita.example",
    )  # fmt: skip
    made = json.loads(result.stdout)
    [section] = made["sections"]
    assert section["name"] in ("Laut", "Kota", "Lainnya")
    [story] = section["stories"]
    assert len(" ".join(one["text"] for one in story["sentences"]).split()) <= 20


def test_readers_are_spoken_to_in_the_tone_asked_for(run: Callable, reports: Path) -> None:
    warm = run("newsletter", reports, "--tone", "warm").stdout
    assert "Selamat membaca! Ada tiga berita dari dua media" in " ".join(warm.split())
    Path("lugas.toml").write_text('[newsletter]\ntone = "brisk"\n', encoding="utf-8")
    brisk = run("newsletter", reports, "--config", "lugas.toml").stdout
    assert "Isi edisi ini: tiga berita" in brisk
    assert run("newsletter", reports, "--tone", "loud").exit_code == 2


def test_keywords_raise_a_story_s_rank(run: Callable, reports: Path) -> None:
    asked = ("newsletter", reports, "--keyword", "terumbu karang", "--dry-run", "--json")
    shown = json.loads(run(*asked).stdout)
    ranks = {
        story["title"]: story["rank"]["keywords"]
        for section in shown["sections"]
        for story in section["stories"]
    }
    assert ranks == {title: float("Kapal Riset" in title) for title in SUBJECTS}


def test_days_end_today_without_a_last_day(run: Callable, reports: Path) -> None:
    today = datetime.now().astimezone().date()
    fresh = (reports / "0.md").read_text(encoding="utf-8")
    yesterday = today - timedelta(1)
    (reports / "0.md").write_text(fresh.replace(DAYS[0], str(yesterday)), encoding="utf-8")
    shown = json.loads(run("newsletter", reports, "--days", "7", "--dry-run", "--json").stdout)
    assert titles(shown) == {next(iter(SUBJECTS))}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "docx"], "with commas between"),
        (["--format", "html,text"], "--out FOLDER"),
        (["--days", "3", "--since", "2024-03-01"], "both since and days"),
        (["--since", "2024-03-09", "--until", "2024-03-01"], "before"),
        (["--out", "a-file"], "is a file"),
        (["--out", "reports/issue"], "Put it elsewhere"),
        (["--templates", "nowhere"], "nowhere"),
        (["--until", "2020-01-01"], "outside period"),
        (["--language", "en"], "llm-server"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Callable, reports: Path, options: list[str], message: str
) -> None:
    Path("a-file").write_text("x")
    result = run("newsletter", "reports", *options)
    assert result.exit_code != 0
    assert message in " ".join(result.output.split())


def test_it_must_be_told_what_to_read(run: Callable) -> None:
    result = run("newsletter", "--days", "7")
    assert result.exit_code == 2
    assert "--library" in result.output


def test_an_interrupted_command_says_how_to_go_on(tmp_path: Path) -> None:
    """Ctrl-C once the first stories are written; the next run ends the issue."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(40):
        one = article(number, title=f"Panen di Kebun Warga Nomor {number}")
        (folder / f"{number}.md").write_text(f"---\ntitle: {one.title}\n---\n\n{one.text}\n")
    program = (
        "import sys; from plain_articles import LetterEmbedder; "
        "from ringkas.embedding import lend_embedder; from ringkas.cli.app import app\n"
        "with lend_embedder(LetterEmbedder()): app(sys.argv[1:])"
    )
    config = tmp_path / "undated.toml"
    config.write_text("[newsletter]\nundated = true\nstories = 40\nstories_per_section = 40\n")
    command = [sys.executable, "-c", program, "newsletter", str(folder), "--config", str(config)]
    places = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parents[2])])
    known = {**os.environ, "PYTHONPATH": places, "RINGKAS_CACHE": str(tmp_path / "cache")}
    running = subprocess.Popen(command, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    stories = tmp_path / "cache" / "newsletters.sqlite3"
    while running.poll() is None and not stories.exists():
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130, told.decode()
    assert b"run the same command again" in told
    again = subprocess.run(command, env=known, capture_output=True, timeout=120, check=False)
    assert again.returncode == 0, again.stderr.decode()
