"""Setting a finished newsletter: HTML for mail, plain text, Markdown."""

from summarizer.newsletters.rendering.mail_page import LargeNewsletterWarning
from summarizer.newsletters.rendering.rendering import FORMATS, Format, render
from summarizer.newsletters.rendering.templates import NewsletterTemplateError

__all__ = ["FORMATS", "Format", "LargeNewsletterWarning", "NewsletterTemplateError", "render"]
