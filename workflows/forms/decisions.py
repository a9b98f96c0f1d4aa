"""What an approver decides, and what an officer records at the hand-over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from workflows.forms.desk import PastDayField, reason_field
from workflows.models import Platform, RejectionReason


class ApproveForm(forms.Form):
    """Approves; a remark is welcome, and asked for where something differs."""

    reason = reason_field(_("Remark"), required=False, rows=2)

    def __init__(self, *args: Any, differs: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if differs:
            self.fields["reason"].required = True
            self.fields["reason"].label = _("Why it can be approved although something differs")


class RejectForm(forms.Form):
    """Refuses: a reason from the list and an explanation, both."""

    reason_code = forms.ModelChoiceField(
        label=_("Reason from the list"),
        queryset=RejectionReason.objects.exclude(action="jadwalkan"),
        empty_label=_("Choose a reason"),
    )
    reason = reason_field(_("Explanation for the owner"))


class SendBackForm(forms.Form):
    """Asks for another check."""

    reason = reason_field(_("What has to be checked again?"))


class HandOverForm(forms.Form):
    """The account that the platform's operator made."""

    platform = forms.ModelChoiceField(
        label=_("Platform"), queryset=Platform.objects.filter(is_open=True), empty_label=None
    )
    account = forms.CharField(
        label=_("Account or shop name"),
        help_text=_("As the operator of the platform wrote it. No password."),
        max_length=120,
    )
    registered_on = PastDayField(label=_("Account made on"))

    def clean_account(self) -> str:
        """Spaces are not a name."""
        account = " ".join(str(self.cleaned_data["account"]).split())
        if not account:
            raise forms.ValidationError(gettext("Write the account or shop name."))
        return account


class ConfirmListingForm(forms.Form):
    """The day on which the first product could be bought."""

    on_sale_on = PastDayField(label=_("First product on sale on"))


def decision_form(choice: str, posted: Any = None, *, differs: bool = False) -> forms.Form:
    """Return the form that belongs to a decision; raises KeyError for anything else."""
    if choice == "approve":
        return ApproveForm(posted, prefix=choice, differs=differs)
    return {"reject": RejectForm}[choice](posted, prefix=choice)
