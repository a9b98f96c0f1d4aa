"""What the desk fills in about guidance: whom to invite, a seat given back, a guest at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.models import Region, Vendor

if TYPE_CHECKING:
    from django.db.models import QuerySet


class WaitingForm(forms.Form):
    """Narrows the list of eligible firms; everything may stay empty."""

    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.all(),
        required=False,
        empty_label=_("All regions"),
    )
    category = forms.CharField(label=_("Goods or services"), required=False, max_length=60)
    waiting = forms.ChoiceField(
        label=_("Waiting"),
        required=False,
        choices=(
            ("", _("Any time")),
            ("30", _("More than 30 days")),
            ("90", _("More than 90 days")),
            ("180", _("More than 180 days")),
        ),
    )
    missed = forms.ChoiceField(
        label=_("Missed sessions"),
        required=False,
        choices=(("", _("All")), ("no", _("Never missed")), ("yes", _("Missed at least one"))),
    )

    def chosen(self) -> dict[str, str]:
        """Return the filters that are set, for links to the next page."""
        return {name: str(self.data.get(name, "")) for name in self.fields if self.data.get(name)}


class InviteVendorsForm(forms.Form):
    """The ticked firms of one page, by their keys."""

    vendors = forms.ModelMultipleChoiceField(
        queryset=Vendor.objects.none(),
        error_messages={
            "required": _("Tick at least one business."),
            "invalid_choice": _("The list has changed. Look at it again."),
            "invalid_pk_value": _("The list has changed. Look at it again."),
        },
    )

    def __init__(self, *args: Any, in_sight: QuerySet[Vendor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vendors"].queryset = in_sight  # type: ignore[attr-defined]  # of this person


class ReleaseSeatForm(forms.Form):
    """Whether the firm declined or the office takes the seat back."""

    declined = forms.TypedChoiceField(
        label=_("Why is the seat given back?"),
        choices=(
            ("1", _("The business declined: it cannot come")),
            ("0", _("The Bureau takes the invitation back")),
        ),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )


class WalkInForm(forms.Form):
    """The number by which a guest is known, typed in exactly, and why they are let in."""

    number = forms.CharField(
        label=_("NIB, business number or phone number"),
        max_length=40,
        help_text=_("For example the 13 digits of the NIB, VO-2026-000123, or 0812…"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=160,
        help_text=_("For example: came with the head of the market."),
    )
