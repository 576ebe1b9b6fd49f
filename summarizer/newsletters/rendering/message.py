"""An issue as a mail that is ready to be sent: an ``.eml`` file.

It has no sender and no receiver: the user's own mailer fills them in. Source: RFC 5322.
"""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from summarizer.newsletters.rendering.cleaning import shortened
from summarizer.newsletters.rendering.view import Issue

_LONGEST_SUBJECT = 150  # characters
_DOMAIN = "newsletter.ringkas.invalid"  # nobody's: the name of this machine is nobody's business


def message(issue: Issue, text: str, page: str) -> bytes:
    """Return a mail with ``text`` and ``page`` as its two forms, the richer one last.

    The same issue gives the same bytes.
    """
    name = hashlib.sha256(f"{issue.made.isoformat()}\x00{page}".encode()).hexdigest()[:32]
    mail = EmailMessage(policy=SMTP)
    # The title is one line without control characters, so no header can be added with it.
    mail["Subject"] = shortened(issue.title, _LONGEST_SUBJECT)
    mail["Date"] = format_datetime(issue.made)
    mail["Message-ID"] = f"<{name}@{_DOMAIN}>"
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = issue.language
    mail.set_boundary(f"ringkas-{name}")
    return mail.as_bytes()
