"""What a form for photos must know, each written once: types, and the coach's limits and words."""

import json

from django import template

from documents.reading.accepted import MEDIA_TYPES
from documents.reading.coach import LIMITS
from documents.sentences import PHOTO, flag_words as words_of

register = template.Library()


@register.simple_tag
def photo_coach() -> str:
    """``{% photo_coach %}`` → JSON for an attribute: ``limits``, and ``words`` for each fault."""
    return json.dumps({"limits": LIMITS, "words": {code: str(PHOTO[code]) for code in PHOTO}})


@register.simple_tag
def accepted_types() -> str:
    """``{% accepted_types %}`` → what the reader takes, for the attribute ``accept``."""
    return ",".join(MEDIA_TYPES.values())


@register.filter
def flag_words(codes: list[str]) -> str:
    """``{{ file.flags|flag_words }}`` → what an original carries beside its pages, in words."""
    return "; ".join(words_of(codes))
