"""How the extractive span reader was trained: ``python -m training.reader train``."""
