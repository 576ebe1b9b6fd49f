from __future__ import annotations

from ringkas.text.names import names_of


def test_names_are_capitals_that_say_something() -> None:
    sentence = 'Rapat dibuka Jaya Negara dari PDIP, "Kami siap," kata Ketua DPRD.'
    assert names_of(sentence) == ["Jaya", "Negara", "PDIP", "Ketua", "DPRD"]
    assert names_of("Jaya Negara hadir.") == ["Jaya", "Negara"]
    assert names_of("KPK hadir.") == ["KPK"]
