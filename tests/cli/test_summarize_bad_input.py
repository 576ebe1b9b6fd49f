"""What nobody can summarize, and models that fail: each is one clear line, or an honest result."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from chat_servers import Act, Script, hangs, sends

from ringkas.sources.reading import SAMPLES

FLOOD = SAMPLES / "05-banjir-tirtaloka-pengungsi-bertambah.md"

COOKIES = (
    "Kami menggunakan cookie untuk memberi Anda pengalaman terbaik di situs ini. Dengan menekan "
    "Setuju, Anda menerima penggunaan cookie sesuai Kebijakan Privasi kami. Pengaturan cookie "
    "dapat diubah setiap saat pada halaman Pengaturan Privasi."
)
LINKS = "\n".join(
    f"- [Harga Cabai Naik Lagi di Pasar {n}](https://a.example/{n})" for n in range(30)
)
FRENCH = (
    "Le conseil municipal de Lyon a adopté mardi soir le budget pour l'année prochaine. Le maire a "
    "déclaré que la ville investira davantage dans les écoles et les transports publics. "
    "L'opposition a critiqué la hausse des impôts locaux, qui touchera surtout les commerçants."
)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("empty.txt", "", "empty.txt"),
        ("blank.txt", " \n\n \t", "blank.txt"),
        ("short.txt", "Banjir surut.", "short.txt"),
        ("cookies.txt", COOKIES, "only 0 words in sentences"),
        ("links.md", LINKS, "only 0 words in sentences"),
    ],
)
def test_what_is_no_article_is_one_line(
    run: Callable, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = run("summarize", name)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("words", ["0", "-3"])
def test_no_words_are_refused(run: Callable, words: str) -> None:
    result = run("summarize", FLOOD, "--max-words", words)
    assert result.exit_code == 2
    assert "--max-words" in result.stderr


def test_a_text_in_another_language_is_quoted_and_no_language_is_promised(run: Callable) -> None:
    result = run("summarize", "-", "--json", input=FRENCH)
    assert result.exit_code == 0, result.stderr
    summary = json.loads(result.stdout)
    assert all(sentence["text"] in FRENCH for sentence in summary["sentences"])
    refused = run("summarize", "-", "--language", "en", input=FRENCH)
    assert refused.exit_code == 1
    assert "language" in refused.stderr


def test_two_hundred_pages_are_read_as_far_as_is_said(run: Callable, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas(str(tmp_path / "laporan.pdf"))
    for number in range(1, 201):
        for line in range(5):  # all different, or they would be taken for heads and feet of pages
            name = "".join("abdegiklmn"[int(digit)] for digit in str(5 * number + line)).title()
            page.drawString(
                72, 720 - 30 * line,
                f"Kelurahan {name} di Kecamatan {name[::-1]} menerima air bersih pada hari Senin.",
            )  # fmt: skip
        page.showPage()
    page.save()
    shares = {"lead": (0.0, 0.05), "extractive": (0.55, 0.65)}  # of a thousand sentences, 600
    for method, (least, most) in shares.items():
        result = run("summarize", "laporan.pdf", "--method", method, "--json")
        assert result.exit_code == 0, result.stderr
        summary = json.loads(result.stdout)
        assert summary["words"] <= 60
        assert least < summary["coverage"] < most


def model(folder: Path, **settings: object) -> Path:
    """Write a configuration whose summaries are written by a model."""
    file = folder / "model.toml"
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    file.write_text("[generator]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["transformers", "seq2seq"])
def test_a_model_that_does_not_exist_is_named(
    run: Callable, tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    config = model(tmp_path, kind=kind, model="no-such/model")
    result = run("summarize", FLOOD, "--config", config, "--method", "abstractive")
    assert result.exit_code == 1
    assert "no-such/model" in result.stderr
    assert "offline" in result.stderr
    stands_in = run("summarize", FLOOD, "--config", config, "--json")
    summary = json.loads(stands_in.stdout)
    assert (summary["method"], summary["fell_back"]) == ("extractive", True)
    assert "no-such/model" in caplog.text


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (hangs(3), "sent nothing for 0.3 s"),
        (sends("<html>502</html>", "\x00\x01"), "not an OpenAI chat stream"),
        (sends(), "broke off before the reply"),
    ],
)
def test_a_server_that_hangs_or_sends_garbage_is_told(
    run: Callable,
    scripted: Script,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    act: Act,
    said: str,
) -> None:
    scripted.will(act)
    settings = {"base_url": scripted.url, "timeout": 0.3, "retries": 0}
    config = model(tmp_path, kind="openai", model="tiny-chat", **settings)
    result = run("summarize", FLOOD, "--config", config, "--method", "abstractive")
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())
    stands_in = run("summarize", FLOOD, "--config", config, "--json")
    summary = json.loads(stands_in.stdout)
    assert (summary["method"], summary["fell_back"]) == ("extractive", True)
    assert said in caplog.text


def test_a_checkpoint_with_another_models_tokenizer_is_refused(
    run: Callable, tmp_path: Path
) -> None:
    from tiny_seq2seq import t5_tokenizer, trained

    folder = Path(shutil.copytree(trained(), tmp_path / "bart"))
    for file in folder.glob("tokenizer*"):
        file.unlink()
    t5_tokenizer().save_pretrained(folder)
    config = model(tmp_path, kind="seq2seq", model=str(folder))
    result = run("summarize", FLOOD, "--config", config, "--method", "abstractive")
    assert result.exit_code == 1
    assert "tokenizer" in result.stderr
    assert "Traceback" not in result.stderr
