from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import gate
from evaluation.gate import GateError, Verdict, compare, lowered, passed, updated

FLOORS = {"facqa": {"f1": 0.80, "em": 0.60}}
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A gate.\n"


def states(measured: dict[str, dict[str, float]]) -> list[str]:
    return [verdict.state for verdict in compare(FLOORS, measured)]


def test_a_figure_at_its_floor_passes_and_under_it_fails() -> None:
    assert states({"facqa": {"f1": 0.80, "em": 0.59}}) == ["ok", "below"]


def test_what_is_not_measured_or_has_no_floor_is_named() -> None:
    assert states({"facqa": {"f1": 0.9}, "new": {"em": 0.1}}) == ["ok", "not measured", "no floor"]


def test_the_gate_passes_only_when_something_held() -> None:
    ok, below = Verdict("c", "f", 0.5, 0.6), Verdict("c", "g", 0.5, 0.4)
    missing = Verdict("c", "h", 0.5, None)
    assert passed([ok, missing])
    assert not passed([ok, below])
    assert not passed([missing])


def test_update_raises_a_floor_to_the_figure_less_the_margin() -> None:
    result = updated(FLOORS, {"facqa": {"f1": 0.90, "em": 0.61}}, lower=False)
    assert result["facqa"]["f1"] == 0.88  # 0.90 - 0.02
    assert result["facqa"]["em"] == 0.60  # 0.61 - 0.02 would be lower


def test_update_adds_a_floor_for_a_new_figure() -> None:
    result = updated(FLOORS, {"new": {"em": 0.5, "zero": 0.01}}, lower=False)
    assert result["new"] == {"em": 0.48, "zero": 0.0}
    assert result["facqa"] == FLOORS["facqa"]


def test_a_floor_never_falls_unless_told_to() -> None:
    measured = {"facqa": {"f1": 0.70}}
    assert updated(FLOORS, measured, lower=False) == FLOORS
    fallen = updated(FLOORS, measured, lower=True)
    assert fallen["facqa"] == {"f1": 0.68, "em": 0.60}
    assert lowered(FLOORS, fallen) == ["facqa.f1 from 0.8 to 0.68"]


def test_lowering_leaves_floors_that_hold() -> None:
    assert updated(FLOORS, {"facqa": {"f1": 0.81}}, lower=True) == FLOORS


def test_a_floor_that_vanishes_counts_as_lowered() -> None:
    assert lowered(FLOORS, {"facqa": {"f1": 0.8}}) == ["facqa.em from 0.6 to 0"]


def test_the_reason_goes_into_the_changelog(tmp_path: Path) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text(CHANGELOG)
    gate.note_lowering(file, ["facqa.f1 from 0.8 to 0.7"], "The set was cleaned of wrong rows.")
    gate.note_lowering(file, ["facqa.em from 0.6 to 0.5"], "The same cleaning, measured later")
    assert file.read_text() == (
        "# Changelog\n\n## [Unreleased]\n\n### Floors lowered\n\n"
        "- facqa.em from 0.6 to 0.5: The same cleaning, measured later.\n"
        "- facqa.f1 from 0.8 to 0.7: The set was cleaned of wrong rows.\n\n"
        "### Added\n\n- A gate.\n"
    )


@pytest.mark.parametrize(("text", "reason"), [(CHANGELOG, "because"), ("# Notes\n", "A good one.")])
def test_no_lowering_without_reason_or_changelog(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text(text)
    with pytest.raises(GateError):
        gate.note_lowering(file, ["facqa.f1 from 0.8 to 0.7"], reason)
    assert file.read_text() == text


def test_floors_survive_writing_and_keep_the_comment(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text("# Why.\n# How.\n\n[old]\nf1 = 1\n")
    gate.write_floors(FLOORS, file)
    assert gate.read_floors(file) == FLOORS
    assert file.read_text().startswith("# Why.\n# How.\n\n[facqa]\n")


@pytest.mark.parametrize("text", ["[facqa]\nf1 = 'high'\n", "f1 = 0.8\n", "[facqa"])
def test_floors_of_another_form_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "floors.toml"
    file.write_text(text)
    with pytest.raises(GateError, match="floors"):
        gate.read_floors(file)


def test_the_shipped_floors_are_readable_shares() -> None:
    floors = gate.read_floors()
    assert all(0.0 <= floor <= 1.0 for table in floors.values() for floor in table.values())
