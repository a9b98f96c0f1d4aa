"""What a guest answers to an invitation, and what the desk fills in about lists and reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from onboarding.models import Vendor
from training.models import SEATED, Session

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from training.models import Seat


class DelegateForm(forms.Form):
    """Who comes instead of the owner."""

    person_name = forms.CharField(
        label=_("Name of who comes"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    person_role = forms.CharField(
        label=_("Position"),
        max_length=80,
        required=False,
        help_text=_("For example: manager, family member, staff."),
    )


class OtherDateForm(forms.Form):
    """Another session that has a free seat, or a wish in words."""

    other = forms.ModelChoiceField(
        label=_("Sessions with a free seat"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=_("None of these"),
        error_messages={"invalid_choice": _("That session is no longer open. Choose again.")},
    )
    wish = forms.CharField(
        label=_("Or write which days suit you"),
        max_length=160,
        required=False,
        help_text=_("The office reads this when it plans the next session."),
    )

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        field.queryset = sessions  # type: ignore[attr-defined]  # of this guest
        field.label_from_instance = _when_and_where  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two has to be said."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("other") and not cleaned.get("wish"):
            self.add_error("wish", _("Choose a session, or write which days suit you."))
        return dict(cleaned)


class LetterChoiceForm(forms.Form):
    """How the official letter is written for those who are invited now."""

    letters = forms.ChoiceField(
        label=_("Letter"),
        choices=(
            ("list", _("One letter with the list attached")),
            ("each", _("One letter for each business")),
        ),
        initial="list",
        widget=forms.RadioSelect,
    )

    @property
    def has_own_letters(self) -> bool:
        """Whether each firm gets a letter of its own."""
        return bool(self.cleaned_data.get("letters") == "each")


class InviteListForm(LetterChoiceForm):
    """How everybody of a list is invited."""

    waiting = forms.IntegerField(
        label=_("How many of the next ones wait for a freed seat"),
        min_value=0,
        max_value=50,
        initial=0,
        help_text=_("They are told. A seat that is freed is held for the first of them."),
    )


class OverrideForm(forms.Form):
    """Why one firm is put in or taken out by hand."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=160,
        help_text=_("Stays on record and is read by auditors."),
    )


class RemindForm(forms.Form):
    """Who is reminded now."""

    whom = forms.ChoiceField(
        label=_("Who is reminded?"),
        choices=(
            ("unanswered", _("Those who have not answered")),
            ("confirmed", _("Those who said that they will come")),
            ("all", _("Everybody who has a seat")),
        ),
        initial="unanswered",
        widget=forms.RadioSelect,
    )


def sessions_to_choose(seat: Seat) -> QuerySet[Session]:
    """Return the coming sessions with a free seat that a guest may choose instead: those held in,
    or serving, the region of the firm (or of the present session), soonest first."""
    region = seat.vendor.region_id if isinstance(seat.vendor, Vendor) else seat.session.region_id
    serving = Session.serves.through.objects.filter(region=region).values("session")
    return (
        Session.objects.filter(
            Q(region=region) | Q(pk__in=serving),
            state=Session.State.PLANNED,
            audience=seat.session.audience,
            starts_at__gt=timezone.now(),
        )
        .exclude(pk=seat.session_id)
        .annotate(guests=Count("seats", filter=Q(seats__state__in=SEATED)))
        .filter(guests__lt=F("capacity"))
        .select_related("region")
        .order_by("starts_at", "pk")
    )


def _when_and_where(session: Session) -> str:
    start = localtime(session.starts_at)
    day = date_format(start, "l, j F Y, H.i")
    return f"{day} WIB · {session.place}, {session.region.display_name}"
