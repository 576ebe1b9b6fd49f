"""Text of Indonesian and English news: sentences, cleaning, dates, language."""
