from __future__ import annotations

import tomllib
from dataclasses import FrozenInstanceError, asdict
from pathlib import Path

import pytest

from ringkas import RingkasError, Settings, load_settings
from ringkas.errors import SettingsError
from ringkas.settings import CONFIGS

SHIPPED = sorted(CONFIGS.glob("*.toml"))


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def error_of(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(folder, text))
    return str(caught.value)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RINGKAS_CONFIG", "RINGKAS_INDEX"):
        monkeypatch.delenv(name, raising=False)


def test_default_toml_repeats_the_built_in_values() -> None:
    assert load_settings("default") == Settings() == load_settings()


def test_default_toml_shows_every_setting_that_has_a_value() -> None:
    shown = tomllib.loads((CONFIGS / "default.toml").read_text(encoding="utf-8"))
    for section, values in asdict(Settings()).items():
        if isinstance(values, dict) and section != "generator":
            assert shown[section].keys() == {k for k, v in values.items() if v is not None}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_configuration_loads_by_path_and_by_name(path: Path) -> None:
    assert load_settings(path) == load_settings(path.stem)


def test_a_setting_left_out_keeps_its_default(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, "[summary]\nmax_words = 25\n"))
    assert settings.summary.max_words == 25
    assert settings.retrieval == Settings().retrieval


def test_an_unknown_setting_is_named_with_its_likely_meaning(tmp_path: Path) -> None:
    message = error_of(tmp_path, "[embedder]\nmodle = 'builtin'\n")
    assert "unknown setting 'embedder.modle'; did you mean 'model'?" in message
    assert "mine.toml" in message


def test_an_unknown_section_is_named_with_its_likely_meaning(tmp_path: Path) -> None:
    message = error_of(tmp_path, "[retreival]\nread = 3\n")
    assert "unknown setting 'retreival'; did you mean 'retrieval'?" in message


def test_a_setting_like_no_other_lists_the_known_ones(tmp_path: Path) -> None:
    message = error_of(tmp_path, "[summary]\nzzz = 1\n")
    assert "unknown setting 'summary.zzz'; known here: max_words" in message


def test_every_mistake_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    message = error_of(tmp_path, "[embedder]\nmodle = 'a'\n\n[page]\nport = 'high'\n")
    assert "embedder.modle" in message
    assert "'page.port' is 'high'" in message


def test_a_value_outside_its_choices_is_named(tmp_path: Path) -> None:
    assert "'page.language' is 'fr'" in error_of(tmp_path, "[page]\nlanguage = 'fr'\n")


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    assert "mine.toml is not valid TOML" in error_of(tmp_path, "offline = perhaps")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"mine\.toml is not valid TOML"):
        load_settings(tmp_path / "mine.toml")


def test_a_missing_file_is_named_with_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml.*default") as caught:
        load_settings(tmp_path / "gone.toml")
    assert isinstance(caught.value, RingkasError)


def test_the_environment_names_the_file_and_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "[page]\nport = 9000\n")
    monkeypatch.setenv("RINGKAS_CONFIG", str(path))
    monkeypatch.setenv("RINGKAS_INDEX", "elsewhere")
    assert load_settings().page.port == 9000
    assert load_settings().index == "elsewhere"


def test_a_path_that_is_given_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_CONFIG", str(written(tmp_path, "[page]\nport = 9000\n")))
    assert load_settings("default").page.port == 7860


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().offline = False  # type: ignore[misc]


def test_an_unknown_setting_of_a_newsletter_s_section_is_named(tmp_path: Path) -> None:
    table = "[[newsletter.sections]]\nname = 'Daerah'\nkeyword = ['sawah']\n"
    message = error_of(tmp_path, table)
    assert "unknown setting 'newsletter.sections.0.keyword'; did you mean 'keywords'?" in message


def test_a_newsletter_s_sections_and_weights_are_read(tmp_path: Path) -> None:
    settings = load_settings(
        written(
            tmp_path,
            "[newsletter]\nkeywords = ['gabah']\n[newsletter.source_weights]\n'a.example' = 1.0\n"
            "[newsletter.rank]\ncoverage = 1.0\n[[newsletter.sections]]\nname = 'Daerah'\n",
        )
    ).newsletter
    assert settings.keywords == ("gabah",)
    assert settings.source_weights == {"a.example": 1.0}
    assert settings.rank.coverage == 1.0
    assert [section.name for section in settings.sections] == ["Daerah"]


def test_settings_are_what_they_were_when_the_file_changes(tmp_path: Path) -> None:
    """A page that runs is not half of one configuration and half of another."""
    file = tmp_path / "mine.toml"
    file.write_text("[summary]\nmax_words = 40\n")
    settings = load_settings(file)
    file.write_text("[summary]\nmax_words = ")
    assert settings.summary.max_words == 40
    file.unlink()
    assert settings.summary.max_words == 40


@pytest.mark.parametrize("line", ["port = " + "9" * 5000, "a = " + "[" * 5000])
def test_numbers_and_brackets_without_end_are_an_error(tmp_path: Path, line: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(line)
    with pytest.raises(SettingsError, match=r"mine\.toml is not valid TOML"):
        load_settings(file)
