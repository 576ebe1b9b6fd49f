"""What an operator sees of a running Ringkas: one line a request, and the numbers behind it.

A face says where a request begins (:func:`request`, :func:`observed`); what happens on the way is
told by :func:`conclude` and :func:`noted`; whoever wants to know listens (:func:`listen`).
"""

from ringkas.observing.logs import prepare_logs, take_over_loggers
from ringkas.observing.requests import (
    Outcome,
    Request,
    conclude,
    current_id,
    listen,
    noted,
    observed,
    request,
    request_of,
)

__all__ = [
    "Outcome",
    "Request",
    "conclude",
    "current_id",
    "listen",
    "noted",
    "observed",
    "prepare_logs",
    "request",
    "request_of",
    "take_over_loggers",
]
