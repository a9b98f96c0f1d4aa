"""What is typed of a campaign: the question, the offices, numbers, contacts, an office's words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.gate.shown import FIELD, Shown
from onboarding.forms import UploadSheetForm
from onboarding.models import Agency, Campaign, ReferralRequest, RequestAnswer
from workflows.forms.desk import ISO, PastDayField, reason_field
from workflows.models import Setting
from workflows.signin import PhoneField

if TYPE_CHECKING:
    from datetime import date

KINDS = (Agency.Kind.PROVINCIAL, Agency.Kind.GOVERNMENT, Agency.Kind.COOPERATIVE)
LONGEST = 120
#: What a draft keeps; ticking all offices of a kind ticks those offices.
KEPT = ("title", "question", "criteria", "dated_on", "days", "agencies")


class DayField(forms.DateField):
    """A day, asked with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format=ISO))
        options.setdefault("input_formats", [ISO, "%d/%m/%Y", "%d-%m-%Y"])
        super().__init__(**options)


class CampaignForm(forms.ModelForm):
    """A draft: what is asked, by which criteria, of whom, until when."""

    kinds = forms.MultipleChoiceField(
        label=_("All offices of a kind"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.ModelMultipleChoiceField(
        label=_("Single offices"),
        queryset=Agency.objects.filter(kind__in=KINDS).order_by("kind", "name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Campaign
        fields = ("title", "question", "criteria", "dated_on", "days")
        widgets = {
            "question": forms.Textarea(attrs={"rows": 4}),
            "criteria": forms.Textarea(attrs={"rows": 6}),
            "dated_on": forms.DateInput(attrs={"type": "date"}, format=ISO),
        }
        labels = {
            "title": _("Title"),
            "question": _("What is asked"),
            "criteria": _("Criteria"),
            "dated_on": _("Date of the letter"),
            "days": _("Working days to answer"),
        }
        help_texts = {
            "title": _("It becomes the subject of the letter."),
            "question": _("One paragraph, as it will stand in the letter, in Indonesian."),
            "criteria": _("One criterion a line. They are numbered in the letter."),
            "days": _("Counted from the letter’s date, without weekends and holidays."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].min_value = 1  # type: ignore[attr-defined]  # of an IntegerField
        if self.instance.pk:
            asked = self.instance.requests.values_list("agency_id", flat=True)
            self.fields["agencies"].initial = list(asked)
        else:
            self.fields["dated_on"].initial = timezone.localdate()
            self.fields["days"].initial = Setting.value_of("request_days")
        known = {name: self.get_initial_for_field(self.fields[name], name) for name in KEPT}
        self.shown = Shown(known, self.data.get(FIELD, ""))

    def clean_days(self) -> int:
        """Keep the time to answer within what a campaign can mean."""
        days: int = self.cleaned_data["days"]
        if not 1 <= days <= LONGEST:
            raise forms.ValidationError(
                _("Choose a number from 1 to %(most)s.") % {"most": LONGEST}
            )
        return days

    def clean(self) -> dict[str, Any]:
        """Ask for at least one office."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("kinds") and not cleaned.get("agencies"):
            self.add_error("agencies", _("Tick at least one office."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return what was typed, for the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def agency_ids(self) -> set[int]:
        """Return the offices that were ticked, one by one or by their kind."""
        kinds = self.cleaned_data["kinds"]
        whole = Agency.objects.filter(kind__in=kinds).values_list("pk", flat=True)
        return {agency.pk for agency in self.cleaned_data["agencies"]} | set(whole if kinds else ())


class NumberRunForm(forms.Form):
    """The numbers of a run: the first one, or a pasted list."""

    first = forms.CharField(
        label=_("First number"),
        help_text=_("The others are counted on. Example: 027/1234/022.1/2026"),
        max_length=80,
        required=False,
    )
    numbers = forms.CharField(
        label=_("Or the list of numbers"),
        help_text=_("One a line, in the order of the letters above."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        required=False,
    )
    dated_on = PastDayField(label=_("Date of the letters"))


class SignRunForm(forms.Form):
    """One signature for every numbered letter of a run."""

    signed_by_name = forms.CharField(
        label=_("Signed by"), help_text=_("Full name with title"), max_length=120
    )
    signed_on = PastDayField(label=_("Signed on"))


class RemindForm(forms.Form):
    """The ticked offices of a campaign."""

    requests = forms.ModelMultipleChoiceField(
        queryset=ReferralRequest.objects.none(),
        error_messages={
            "required": _("Tick at least one office."),
            "invalid_choice": _("The list has changed. Look at it again."),
            "invalid_pk_value": _("The list has changed. Look at it again."),
        },
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requests"].queryset = campaign.requests.all()  # type: ignore[attr-defined]  # of this campaign


class ContactForm(forms.Form):
    """Whom to write to at one office."""

    addressee = forms.CharField(
        label=_("The letter is addressed to"),
        help_text=_("As it shall stand after “Yth.”"),
        max_length=200,
    )
    contact_name = forms.CharField(label=_("Contact"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(
        label=_("WhatsApp number"), help_text=_("The message is then sent by hand."), required=False
    )


class SaidForm(forms.Form):
    """Who says it and why."""

    said_by = forms.CharField(label=_("Your name"), max_length=120)
    note = reason_field(_("Why"))


class MoreTimeForm(SaidForm):
    """Until when an office needs time, and why."""

    wanted_on = DayField(label=_("Until"))

    field_order = ("said_by", "wanted_on", "note")


class ByPhoneForm(forms.Form):
    """What an office said by phone, written down by an officer."""

    kind = forms.ChoiceField(
        label=_("What was said"),
        choices=[
            (kind.value, kind.label)
            for kind in (
                RequestAnswer.Kind.NOTHING,
                RequestAnswer.Kind.MORE_TIME,
                RequestAnswer.Kind.NOTE,
            )
        ],
    )
    said_by = forms.CharField(label=_("Who said it (name and position)"), max_length=120)
    wanted_on = DayField(label=_("Needs time until"), required=False)
    note = reason_field(_("What exactly"))


class GiveTimeForm(forms.Form):
    """The new date of one office."""

    due_on = DayField(label=_("New date"))

    def __init__(self, *args: Any, since: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = since or timezone.localdate() + timedelta(days=7)


class SendListForm(UploadSheetForm):
    """A list sent through the link: the same file, the same first look, and a name."""

    said_by = forms.CharField(label=_("Your name"), max_length=120)

    field_order = ["said_by", "file", "pasted"]  # type: ignore[assignment]  # an order of its own

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"said_by", "file", "pasted"}:
            del self.fields[name]
