"""A business that names itself: the office's form without the office's words, and a consent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.forms import BusinessForm

if TYPE_CHECKING:
    from django.forms import BoundField

#: The version of the words below that people agree to; change it when they change.
CONSENT = "2026-11"
BUSINESS = ("name", "legal_form", "nib", "region", "address", "category")
OWNER = ("owner_name", "phone", "email")
NOT_ASKED = ("npwp", "nik", "kbli", "capital", "yearly_sales", "reason")


class SelfReferralForm(BusinessForm):
    """Asks only for what is needed to find out whether the business fits, and to reach it."""

    consent = forms.BooleanField(
        label=_(
            "I own or lead this business, and I agree that the office keeps these answers to see "
            "whether the business fits the programme."
        ),
        error_messages={"required": _("Without your consent nothing is kept or sent.")},
    )
    #: A field that people do not see; machines that fill in everything give themselves away.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NOT_ASKED:
            del self.fields[name]
        self.fields["phone"].required = True
        self.fields["phone"].error_messages["required"] = _("How can we reach you?")
        self.fields["phone"].help_text = _("Your own number: the code to sign in is sent to it.")

    def business(self) -> list[BoundField]:
        """Return the fields about the firm."""
        return [self[key] for key in BUSINESS]

    def owner(self) -> list[BoundField]:
        """Return the fields about the person."""
        return [self[key] for key in (*OWNER, "programme")]

    def is_of_a_machine(self) -> bool:
        """Say whether the field was filled in that nobody sees."""
        return bool(self.data.get("website"))
