"""Which region's cases are approved together, and how many they are."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.models import Region


class BatchForm(forms.Form):
    """Narrows the batch to one region."""

    region = forms.ModelChoiceField(
        label=_("Regency or city"),
        queryset=Region.objects.order_by("name"),
        required=False,
        empty_label=_("All"),
    )


class BatchCountForm(forms.Form):
    """The number of cases, typed by hand, so that nobody approves more than they know of."""

    count = forms.IntegerField(
        label=_("Type the number of cases"),
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
