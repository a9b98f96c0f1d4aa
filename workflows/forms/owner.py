"""What an owner fills in: little, in plain words, never the same thing twice."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext

REASON_LENGTH = 500  # as long as the trail keeps a reason


class DeedForm(forms.Form):
    """What stands on the deed, typed by the owner, so that it can be compared with what is read."""

    deed_number = forms.CharField(
        label=gettext_lazy("Number of the deed"),
        help_text=gettext_lazy("On the first page, under the title. Example: 12"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    deed_date = forms.DateField(
        label=gettext_lazy("Date of the deed"),
        help_text=gettext_lazy("The day on which you signed at the notary. Example: 21/11/2020"),
        widget=forms.DateInput(attrs={"placeholder": "21/11/2020"}),
    )
    notary_name = forms.CharField(
        label=gettext_lazy("Name of the notary"),
        help_text=gettext_lazy("As written on the deed; titles may be left out."),
        max_length=120,
    )

    def clean_deed_number(self) -> str:
        """A deed number has at least one digit."""
        number: str = self.cleaned_data["deed_number"]
        if not any(sign.isdigit() for sign in number):
            raise forms.ValidationError(_("A deed number has digits. Example: 12"))
        return number

    def clean_deed_date(self) -> date:
        """No deed was signed tomorrow."""
        day: date = self.cleaned_data["deed_date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return day

    def declared(self) -> dict[str, str]:
        """The values as the reader compares them: text, the date in ISO form."""
        return {name: str(value) for name, value in self.cleaned_data.items()}

    def typed_well(self) -> dict[str, str]:
        """The values that stand the test so far, for a draft."""
        self.is_valid()
        return self.declared()

    def rows(self) -> list[tuple[str, str]]:
        """The checked values with their labels, for a last look."""
        shown = {
            name: date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)
            for name, value in self.cleaned_data.items()
        }
        return [(str(self.fields[name].label), value) for name, value in shown.items()]


class ObjectionForm(forms.Form):
    """Says what really stands on the paper, where the machine read something else."""

    paper = forms.IntegerField(min_value=1)
    field = forms.CharField(max_length=40)
    note = forms.CharField(label=gettext_lazy("What stands on the paper?"), max_length=250)


class StatementForm(forms.Form):
    """Agrees to a statement whose very text is kept."""

    agree = forms.BooleanField(
        label=gettext_lazy("I have read this statement and I agree to it."),
        error_messages={"required": gettext_lazy("Tick the box if you agree.")},
    )


class AppealForm(forms.Form):
    """Says why a refusal should be looked at again."""

    reason = forms.CharField(
        label=gettext_lazy("Why should it be looked at again?"),
        help_text=gettext_lazy("Write what was overlooked or what has changed."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WithdrawForm(forms.Form):
    """Leaves the programme, knowingly."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you stop?"),
        help_text=gettext_lazy("A few words are enough."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, my business leaves the programme."),
        error_messages={"required": gettext_lazy("Tick the box if you are sure.")},
    )


class ProofForm(forms.Form):
    """Proves that a business is one's own, by a number that its papers bear."""

    number = forms.CharField(
        label=gettext_lazy("NIB, NPWP or NIK"),
        help_text=gettext_lazy(
            "Type one of them: the NIB (13 digits), the NPWP of the business (15 or 16 digits), "
            "or the NIK of the owner (16 digits)."
        ),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def refuse(self, tries_left: int) -> None:
        """Say that the number is another one, and how many tries are left."""
        self.add_error(
            "number",
            ngettext(
                "This number is not known for this business. You have %(count)d try left.",
                "This number is not known for this business. You have %(count)d tries left.",
                tries_left,
            )
            % {"count": tries_left},
        )

    def clean_number(self) -> str:
        """Only digits count; dots and spaces are as people type them."""
        number: str = self.cleaned_data["number"]
        digits = "".join(filter(str.isdigit, number))
        if len(digits) < 13:
            raise forms.ValidationError(_("These numbers have 13 to 16 digits. Count them again."))
        return digits
