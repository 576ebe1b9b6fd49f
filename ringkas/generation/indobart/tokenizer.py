"""Turns IndoBART's SentencePiece model into a fast tokenizer that gives the same ids.

Equal to sentencepiece on every single character of Unicode and on all news text tried. What
differs is exotic: a combining mark after a character that the map itself rewrites ("Ａ" + U+0301),
Korean in decomposed letters, and a capital sigma at a word's end, which Python lowers otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ringkas.generation.indobart.layout import (
    AFTER_PIECES,
    BOS,
    CODES,
    EOS,
    MASK,
    PAD,
    POSITIONS,
    UNKNOWN,
    Language,
)
from ringkas.generation.indobart.spiece import Spiece

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def build_tokenizer(spiece: Spiece) -> Any:
    """Return a ``PreTrainedTokenizerFast`` in IndoBART's layout, for Indonesian.

    Special tokens that stand in a text are taken for text unless a call says
    ``split_special_tokens=False``: an article may hold "</s>".
    """
    from transformers import PreTrainedTokenizerFast

    tokenizer = cast(Any, PreTrainedTokenizerFast)(
        tokenizer_object=_backend(spiece),
        bos_token=BOS,
        eos_token=EOS,
        unk_token=UNKNOWN,
        sep_token=EOS,
        pad_token=PAD,
        cls_token=BOS,
        mask_token=MASK,
        extra_special_tokens=list(CODES.values()),
        model_max_length=POSITIONS,
        padding_side="right",
        truncation_side="right",
        clean_up_tokenization_spaces=False,
        split_special_tokens=True,
    )
    use_language(tokenizer, "indonesian")
    return tokenizer


def use_language(tokenizer: Any, language: Language) -> None:
    """Let what ``tokenizer`` encodes from now on end in the code of ``language``.

    A text and its summary have the same layout: ``<s> X </s> [indonesian]``. MBart moves the last
    token of labels to the front, which makes the decoder's ``[indonesian] <s> X </s>`` of it. To
    generate in Javanese or Sundanese, pass ``decoder_start_token_id`` as well.
    """
    from tokenizers.processors import TemplateProcessing

    code, backend = CODES[language], tokenizer.backend_tokenizer
    backend.post_processor = TemplateProcessing(
        single=f"{BOS} $A {EOS} {code}",
        pair=f"{BOS} $A {EOS} $B {EOS} {code}",
        special_tokens=[(token, backend.token_to_id(token)) for token in (BOS, EOS, code)],
    )


def _backend(spiece: Spiece) -> Tokenizer:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
    from tokenizers.pre_tokenizers import Metaspace

    vocabulary = {piece: index for index, piece in enumerate(spiece.pieces)}
    backend = Tokenizer(
        models.BPE(vocabulary, _merges(spiece), unk_token=UNKNOWN, byte_fallback=True)
    )
    backend.normalizer = normalizers.Sequence(
        [
            normalizers.Lowercase(),
            normalizers.Precompiled(spiece.characters),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Replace(Regex("^ | $"), ""),
        ]
    )
    backend.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always", split=False)
    backend.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    special = (*spiece.pieces[:4], *AFTER_PIECES)
    backend.add_special_tokens([AddedToken(token, normalized=False) for token in special])
    return backend


def _merges(spiece: Spiece) -> list[tuple[str, str]]:
    """Return every way to join two pieces into a third, best score first.

    SentencePiece joins whichever neighbours make the best-scoring piece. Control and byte pieces
    are never joined, whatever their spelling.
    """
    scores = {spiece.pieces[index]: spiece.scores[index] for index in spiece.plain}
    found = [
        (-score, -cut, piece[:cut], piece[cut:])
        for piece, score in scores.items()
        for cut in range(1, len(piece))
        if piece[:cut] in scores and piece[cut:] in scores
    ]
    return [(left, right) for _, _, left, right in sorted(found)]
