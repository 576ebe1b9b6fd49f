"""The recipe behind the extractive summarizer's weights."""
