"""IndoBART on today's transformers: recognised, converted once, tested before it is used.

IndoBART's tokenizer class (``IndoNLGTokenizer``) is not part of transformers, and the library it
comes from no longer imports. A checkpoint is therefore converted into a folder with a fast
tokenizer that gives the same ids, and configurations that say what the model needs; any program
that uses transformers can load it from there.
"""

from __future__ import annotations

from ringkas.generation.indobart.cache import converted
from ringkas.generation.indobart.checking import check_tokenizer
from ringkas.generation.indobart.converting import Conversion, Source, convert
from ringkas.generation.indobart.detecting import is_converted, is_indobart, version_of
from ringkas.generation.indobart.fetching import fetch, is_hub_name
from ringkas.generation.indobart.tokenizer import use_language

__all__ = [
    "Conversion",
    "Source",
    "check_tokenizer",
    "convert",
    "converted",
    "fetch",
    "is_converted",
    "is_hub_name",
    "is_indobart",
    "use_language",
    "version_of",
]
