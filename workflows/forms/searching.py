"""What is typed into the box that finds everything."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """Words or a number, sent by POST so that neither stands in an address or a log."""

    wanted = forms.CharField(
        label=_("Name or number"),
        help_text=_(
            "Name of a business or owner, VO number, NIB, NPWP, NIK, phone, letter, deed, "
            "complaint, session, office."
        ),
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Write a name or a number.")},
    )
