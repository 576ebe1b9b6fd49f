"""Fine-tuning of seq2seq models on one's own pairs of texts and summaries.

``ringkas train summarizer`` is the way in; docs/training-summarizer.md tells what it does.
"""
