"""A password of twelve letters can still be one that everybody tries first: a known word with a
year behind it, or one row of the keyboard. The list of known ones is Django's, on this machine."""

from __future__ import annotations

import re
from typing import Any, Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What somebody who knows the office tries.
OURS: Final = frozenset({"mitrabejo", "jatimbejo", "bejo", "mitra", "jatim", "surabaya", "biro"})
FEWEST_LETTERS: Final = 6
AROUND: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class KnownCoreValidator(CommonPasswordValidator):
    """Refuses a known password with digits and marks around it, and one of few different
    letters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` for what is guessed first."""
        whole = password.lower().strip()
        core = AROUND.sub("", whole)
        half = whole[: len(whole) // 2]
        known = {whole, core} & (self.passwords | OURS)
        is_doubled = whole == half * 2 and half in self.passwords
        if known or is_doubled or not core or len(set(whole)) < FEWEST_LETTERS:
            raise ValidationError(
                _("This password is one of those that are tried first."),
                code="password_too_common",
            )
