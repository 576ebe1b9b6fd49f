"""Which of several replies is taken: what the source holds is preferred to what is likelier."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ringkas.text.figures import unsupported_numbers
from ringkas.text.lexicon import is_ordinary, to_english, to_indonesian
from ringkas.text.names import held_words, is_held, names_of
from summarizer.tongues import is_foreign
from summarizer.writing import Brief, Part, Reply

# Who says little says little that is wrong: a text must be so long at least, next to the likeliest.
_LEAST_LENGTH = 0.6


def chosen(reply: Reply, brief: Brief) -> str:
    """Return the text of a reply, each part in a line: the likeliest with the fewest faults."""
    return "\n".join(best(part, brief) for part in reply)


def best(part: Part, brief: Brief) -> str:
    """Return of what could be said the likeliest that says least beyond its source."""
    if len(part.texts) == 1:
        return part.texts[0]
    usable = [text for text in part.texts if _is_something(text, part, brief)] or [part.texts[0]]
    least = _LEAST_LENGTH * len(usable[0])
    long = [text for text in usable if len(text) >= least]
    return min(long, key=_faults(part.of, brief))  # of equals, the first


def _is_something(text: str, part: Part, brief: Brief) -> bool:
    """Tell whether a text says something, and is translated where it should be."""
    said = any(char.isalnum() for char in text)
    return said and (part.of is None or not is_foreign(text, brief.language))


def _faults(of: str | None, brief: Brief) -> Callable[[str], int]:
    """Return what counts a text's faults."""

    def count(text: str) -> int:
        lost = 0 if of is None else len(lost_or_added(of, text, english=brief.language == "id"))
        return lost + (brief.faults(text) if brief.faults is not None else 0)

    return count


def lost_or_added(sentence: str, translation: str, *, english: bool) -> Sequence[str]:
    """Return the numbers and names that a translation lost, and the numbers that it added.

    Words that are names by their capital alone ("Dinas Kebersihan") have translations.

    Arguments:
        sentence: what was translated.
        translation: what became of it.
        english: whether ``sentence`` is English.
    """
    here = held_words(translation)
    names = [
        name
        for name in names_of(sentence)
        if not is_held(name, here) and not has_translation(name.casefold(), english=english)
    ]
    lost = unsupported_numbers(sentence, translation)
    return [*names, *lost, *unsupported_numbers(translation, sentence)]


def has_translation(word: str, *, english: bool) -> bool:
    """Tell whether a word, in lower case, is another in the other language, as far as is known."""
    if is_ordinary(word, english=english):
        return True
    others = to_indonesian(word) if english else to_english(word)
    return others[:1] not in ((), (word,))  # the likeliest of "Jakarta" is itself
