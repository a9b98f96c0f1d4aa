"""The reader's codes in words that tell an owner what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

REFUSALS = {
    "empty_file": _("The file is empty. Take the photo or choose the file again."),
    "not_allowed_type": _(
        "This kind of file cannot be read. Send a photo (JPG, PNG, HEIC) or a PDF."
    ),
    "locked_pdf": _(
        "This PDF is locked with a password. Open it, print it to a new PDF without a password, "
        "or photograph the paper."
    ),
    "broken_file": _("The file is damaged or was cut off. Send it again, or photograph the paper."),
    "too_many_pages": _("There are too many pages. Send at most 60 pages, or 20 photos."),
    "too_many_pixels": _("The picture is too large to open safely. Take it again with your phone."),
    "page_too_large": _(
        "A page is larger than any paper (two metres). Print it to a new PDF in A4, or photograph it."
    ),
    "too_complex": _(
        "The PDF has far more parts than a paper needs. Print it to a new PDF, or photograph the paper."
    ),
    "took_too_long": _(
        "The file took too long to open. Try again later, or photograph the paper page by page."
    ),
    "infected": _(
        "The antivirus found harmful software in this file. Clean your device, then photograph the "
        "paper and send the photos."
    ),
    "scan_failed": _(
        "The file could not be checked for viruses just now. Nothing was kept; send it again later."
    ),
    "too_large": _("The file is larger than 15 MB. Send photos instead, or a smaller PDF."),
    "no_such_file": _("There is no such file, or it cannot be opened. Check its name."),
    "reading_failed": _("The machine could not read this paper. An officer will look at it."),
}

#: What a file that was taken carries beside its pages; an officer is told.
FLAGS = {
    "pdf_javascript": _("it holds a script"),
    "pdf_launch": _("it would start another program"),
    "pdf_sends": _("it would send or fetch what is filled in"),
    "pdf_other_file": _("it leads into another file"),
    "pdf_media": _("it holds sound, film or a 3D model"),
    "pdf_attachment": _("another file is attached to it"),
    "pdf_xfa": _("it holds a form that changes what is shown (XFA)"),
    "pdf_opens": _("it would do something when it is opened"),
    "two_files_in_one": _("another program would take it for a file of another kind"),
    "name_differs": _("its name says another kind of file than it is"),
}

#: How a photo was taken: told before it is sent, and again when it could not be read.
PHOTO = {
    "dark": _("The photo is too dark. Go near a window or a lamp, then take it again."),
    "blurred": _("The photo is blurred. Hold the phone still, then take it again."),
    "glare": _("Light hides part of the writing. Turn away from the lamp, then take it again."),
    "cut": _(
        "Part of the writing is cut off. Move back until all four corners are in the picture."
    ),
    "small": _("The writing is too small. Come closer until the paper fills the picture."),
    "tilted": _("The paper lies askew. Hold the phone straight above it, then take it again."),
}

WARNINGS = {
    "blank_page": _("A page is blank."),
    "unread_page": _("A page took too long to read. Look at it with your own eyes."),
    "not_a_deed": _("This does not look like a deed of establishment."),
    "wrong_kind": _("This looks like another kind of paper than the one asked for."),
    "layer_lies": _("The text hidden in the file is not what the picture of the page shows."),
    **PHOTO,
}


def refusal_sentence(code: str) -> str:
    """Say what happened and what to do; an unknown code gets the general sentence."""
    return str(REFUSALS.get(code, REFUSALS["broken_file"]))


def flag_words(codes: Iterable[str]) -> list[str]:
    """Say in a few words what a file carries beside its pages."""
    return [str(FLAGS.get(code, code)) for code in codes]


def warning_sentence(code: str) -> str:
    """Say a warning in words; ``blank_page:2`` names its page in the code."""
    return str(WARNINGS.get(code.partition(":")[0], ""))
