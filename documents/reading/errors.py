"""Names every reason for which a file is turned away, so that the site can explain it.

Each exception carries a stable ``code``; the words for people belong to the caller.
"""


class Refusal(Exception):
    """A file that cannot be read at all, with the code that says why."""

    code = "broken_file"


class EmptyFile(Refusal):
    """The file holds no bytes."""

    code = "empty_file"


class NotAllowedType(Refusal):
    """The first bytes are not those of a type that we read."""

    code = "not_allowed_type"


class LockedPdf(Refusal):
    """The PDF asks for a password before it opens."""

    code = "locked_pdf"


class BrokenFile(Refusal):
    """The bytes stop early or contradict their own format."""

    code = "broken_file"


class TooManyPages(Refusal):
    """More pages than one paper can have."""

    code = "too_many_pages"


class TooManyPixels(Refusal):
    """A picture larger than any scanner or phone in use makes."""

    code = "too_many_pixels"


class PageTooLarge(Refusal):
    """A page larger than any paper: more than two metres."""

    code = "page_too_large"


class TooComplex(Refusal):
    """More objects than a paper can have: made to keep a program busy."""

    code = "too_complex"


class TooLarge(Refusal):
    """More bytes than the upload limit."""

    code = "too_large"


class EngineFailed(Exception):
    """The text engine is missing, broken or too slow on this page: not the file's fault."""

    code = "engine_failed"


class EngineSlow(EngineFailed):
    """The engine did not finish one page in time; the other pages may still be read."""

    code = "engine_slow"
