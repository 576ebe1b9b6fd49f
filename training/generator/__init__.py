"""Ringkas's own writer: a small bilingual BART, made from the embedder's encoder.

``python -m training.generator`` is the way in; docs/models/generator.md is its card.
"""
