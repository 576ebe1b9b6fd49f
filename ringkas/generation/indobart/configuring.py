"""IndoBART's configuration, with what its checkpoints leave out or state wrongly put right."""

from __future__ import annotations

from typing import Any, cast

from ringkas.errors import ModelError
from ringkas.generation.indobart.layout import AFTER_PIECES, CODES, POSITIONS, SPECIAL

_KEPT = (
    "d_model encoder_layers encoder_attention_heads encoder_ffn_dim encoder_layerdrop "
    "decoder_layers decoder_attention_heads decoder_ffn_dim decoder_layerdrop "
    "activation_function activation_dropout attention_dropout dropout init_std scale_embedding "
    "max_position_embeddings"
).split()
_SEARCH = ("num_beams", "early_stopping", "no_repeat_ngram_size", "length_penalty")
_LONGEST_OUTPUT = 256  # in tokens: about 150 words; without it transformers stops at 20


def model_config(original: dict[str, Any], pieces: int) -> Any:
    """Return the ``MBartConfig`` of a checkpoint.

    The configurations on the Hub were copied from bart-base: they start the decoder with ``</s>``
    and say ``normalize_before: false``, which transformers never reads but CTranslate2 believes.

    Arguments:
        original: the checkpoint's own configuration.
        pieces: the number of pieces of its SentencePiece model.

    Raises:
        ModelError: the vocabulary does not fit the embedding matrix, or a size makes no sense.
    """
    from huggingface_hub.errors import StrictDataclassError
    from transformers import MBartConfig

    rows = original.get("vocab_size")
    if rows != pieces + len(AFTER_PIECES):
        raise ModelError(_misfit(rows, pieces))
    kept = {name: original[name] for name in _KEPT if name in original}
    try:
        return cast(Any, MBartConfig)(
            **{"max_position_embeddings": POSITIONS, **kept},
            **_ids(pieces),
            vocab_size=rows,
            normalize_before=True,
            normalize_embedding=True,
            add_final_layer_norm=True,
            tie_word_embeddings=True,
            architectures=["MBartForConditionalGeneration"],
        )
    except (StrictDataclassError, TypeError, ValueError) as error:
        said = " ".join(str(error).split())
        raise ModelError(f"the checkpoint's config.json makes no sense: {said}") from error


def generation_config(original: dict[str, Any], pieces: int) -> Any:
    """Return the ``GenerationConfig``: its own way of searching, and IndoBART's ids.

    The decoder starts with ``[indonesian]`` and must then write ``<s>``, as in training.
    """
    from transformers import GenerationConfig

    search = {name: original[name] for name in _SEARCH if original.get(name) is not None}
    ids = _ids(pieces)
    return cast(Any, GenerationConfig)(
        **search, **ids, forced_bos_token_id=ids["bos_token_id"], max_new_tokens=_LONGEST_OUTPUT
    )


def _ids(pieces: int) -> dict[str, int]:
    bos, pad, eos, _ = range(len(SPECIAL))
    start = pieces + AFTER_PIECES.index(CODES["indonesian"])
    return {
        "bos_token_id": bos,
        "pad_token_id": pad,
        "eos_token_id": eos,
        "forced_eos_token_id": eos,
        "decoder_start_token_id": start,
    }


def _misfit(rows: object, pieces: int) -> str:
    return (
        f"the vocabulary does not fit the weights: the SentencePiece model has {pieces} pieces, "
        f"which with 3 languages and the mask makes {pieces + len(AFTER_PIECES)} tokens, but the "
        f"model's embedding matrix has {rows} rows (vocab_size). Take the SentencePiece model "
        "that the checkpoint was trained with; a checkpoint whose matrix was enlarged (for "
        "transformers' MBartTokenizer, say) was trained on wrong ids and must be trained anew"
    )
