"""Where and when the original of a paper was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.desk import PastDayField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents.models import Paper


class SightingForm(forms.Form):
    """One original that was seen."""

    paper = forms.TypedChoiceField(label=_("Document"), coerce=int)
    place = forms.CharField(
        label=_("Where"), help_text=_("For example: counter of the Bureau."), max_length=120
    )
    sighted_on = PastDayField(label=_("Seen on"))
    note = forms.CharField(label=_("Note"), required=False, max_length=250)

    def __init__(self, *args: Any, papers: Iterable[Paper], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].choices = [(one.pk, str(one.document_type)) for one in papers]  # type: ignore[attr-defined]  # a choice
