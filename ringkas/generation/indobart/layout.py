"""What every IndoBART checkpoint has in common: its ids, its languages, its files.

The layout is that of the authors' own ``IndoNLGTokenizer`` (indobenchmark-toolkit 0.1.7): the
encoder reads ``<s> X </s> [indonesian]``, the decoder ``[indonesian] <s> Y </s>``. The language
codes and the mask follow the pieces of the SentencePiece model, at 40000 to 40003.
"""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["indonesian", "javanese", "sundanese"]
Version = Literal["v1", "v2", "unknown"]

BOS, PAD, EOS, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
SPECIAL: Final = (BOS, PAD, EOS, UNKNOWN)
"""The first pieces, ids 0 to 3."""
BYTES: Final = tuple(f"<0x{byte:02X}>" for byte in range(256))
"""The pieces after those: what a character outside the vocabulary is spelt with."""
MASK: Final = "<mask>"
CODES: Final[dict[Language, str]] = {
    "javanese": "[javanese]",
    "sundanese": "[sundanese]",
    "indonesian": "[indonesian]",
}
AFTER_PIECES: Final = (*CODES.values(), MASK)
"""The tokens after the last piece, in the order of their ids."""

PIECES: Final = 40_000
VOCABULARY: Final = PIECES + len(AFTER_PIECES)
POSITIONS: Final = 1024

MARKER: Final = "ringkas.json"
"""The file that a converted folder carries: where it came from, and its self-test."""
FORMAT: Final = 1  # raise when what is written into a converted folder changes
SPIECE_NAMES: Final = ("sentencepiece.bpe.model", "spiece.model", "tokenizer.model")

PUBLISHED: Final[dict[str, tuple[int, ...]]] = {
    "hai, bagaimana kabar": (4693, 39956, 1119, 3447),
    "aku pergi ke toko obat membeli": (498, 1707, 303, 1686, 1163, 2010),
    "kuring ka pasar senen meuli daging": (4836, 652, 1726, 23248, 23716, 3103),
}
"""Texts and ids that the authors have printed: the first in the toolkit's README for
``indobart`` and ``indogpt``, the others in its notebook on a v2 checkpoint."""

SAMPLES: Final = (
    "Presiden membuka rapat koordinasi di Denpasar, Kamis (8/6/2023).",
    "Laba bersih naik 12,5 persen menjadi Rp1,5 triliun per 30 September.",
    "“Kami akan terus mengawasi harga beras,” kata Kepala Dinas, dr. I Made Sutama.",
    "PMI-NP adalah pekerja migran yang berangkat tanpa prosedur; jumlahnya ±40 orang.",
    "Pukul 10.30 WITA, gempa bermagnitudo 5,6 mengguncang Kabupaten Tanjungrawa.",
    "Inyong arep lunga menyang pasar karo bapak, nanging udan isih deres.",
    "Abdi badé ka sakola énjing-énjing, tapi jalanna macét pisan.",
    "The central bank kept its rate at 6.25% — “for now”, its governor said.",
    "Kafé Élan, naïve, señor, Straße, İstanbul, 東京, Привет, नमस्ते, 🌋🚒",
    "  Spasi   ganda,\ttab,\u00a0dan baris\nbaru…  ",
    "https://www.contoh.example/berita?id=123&x=a_b#c",
    "[indonesian] <mask> </s> di dalam teks tetap teks.",
)
"""What a tokenizer is tried on: news, the three languages, English, rare letters, spaces, and
words that look like special tokens."""
