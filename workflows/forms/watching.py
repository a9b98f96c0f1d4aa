"""What the head found out about an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.desk import reason_field


class SettleAlertForm(forms.Form):
    """A note, kept with the alert and in the trail."""

    note = reason_field(_("What you found"))
