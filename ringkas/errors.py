"""Every error Ringkas raises on purpose: one tree, so one ``except RingkasError`` is enough.

Messages follow one shape: what was given, what was expected, what to do next.
"""


class RingkasError(Exception):
    """The root of all errors that Ringkas raises on purpose."""


class SettingsError(RingkasError):
    """A configuration file or environment variable cannot be used."""


class SourceError(RingkasError):
    """An article could not be read from what was given."""


class FetchError(SourceError):
    """A URL could not be fetched: unreachable, refused, too large, or not allowed.

    ``status`` is the HTTP status where the site has answered.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class BlockedAddressError(FetchError):
    """A URL leads to an address that the configuration does not allow (loopback, private)."""


class UnreachableError(FetchError):
    """A site does not answer, answers too slowly, or breaks off."""


class BusySiteError(FetchError):
    """A site asks to come back later, and for longer than the configuration waits."""

    def __init__(self, message: str, seconds: float, status: int | None = None) -> None:
        super().__init__(message, status)
        self.seconds = seconds


class RobotsError(FetchError):
    """A site's robots.txt asks programs to leave this address alone."""


class UnsupportedSourceError(SourceError):
    """The kind of file or source is not one that Ringkas reads."""


class EmptyArticleError(SourceError):
    """The source was read, but holds no article text (a login wall, a scan, a link list)."""


class StubError(EmptyArticleError):
    """Only the beginning of the article is shown, before a login or subscription."""


class DuplicateArticleError(SourceError):
    """The article was read already, from another address or feed."""


class BrokenFileError(SourceError):
    """The file is damaged, encrypted, or not what its name says."""


class TooLargeError(SourceError):
    """The source is larger than the configuration allows."""


class ModelError(RingkasError):
    """A model or its weights are missing, damaged, or do not fit."""


class MissingExtraError(RingkasError, ImportError):
    """An optional package is needed; the message names the extra to install."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package '{package}', which is not installed. "
            f"Install it with: pip install 'ringkas[{extra}]'"
        )


class StoreError(RingkasError):
    """The index cannot be opened, read or written."""


class FingerprintError(StoreError):
    """The index was made by another embedder, cleaner or passage size than the one in use."""


class QuestionError(RingkasError):
    """A question cannot be answered as it stands: empty, or far too long."""


class SummaryError(RingkasError):
    """A text cannot be summarized as asked."""


class LanguageError(RingkasError):
    """The asked-for output language cannot be given with the models in use."""
