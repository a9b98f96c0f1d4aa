"""What changed at an approved business, and until when a paper is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from workflows.forms.desk import ISO
from workflows.models import CaseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.models import Paper

LABELS = {
    CaseKind.NEW_DEED: _("There is a new deed, or a newer version of it"),
    CaseKind.KBLI_2025: _("The KBLI code changed (KBLI 2025)"),
}


class ChangeForm(forms.Form):
    """Opens a case on a change; ``kinds`` are those that fit the legal form."""

    kind = forms.ChoiceField(label=_("What changed?"), widget=forms.RadioSelect)
    kbli = forms.CharField(
        label=_("New KBLI code"),
        help_text=_("Five digits, as on the NIB. Only for a change of the KBLI code."),
        max_length=5,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Remark"),
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, LABELS[CaseKind(kind)]) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
        if kinds == [CaseKind.KBLI_2025]:
            self.fields["kbli"].required = True
            self.fields["kbli"].help_text = _("Five digits, as on the NIB.")

    def clean(self) -> dict[str, Any]:
        """The code belongs to one kind of change."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") != CaseKind.KBLI_2025:
            cleaned["kbli"] = ""
        elif not cleaned.get("kbli"):
            self.add_error("kbli", gettext("Write the new code."))
        return cleaned


class ValidityForm(forms.Form):
    """The last day on which a paper is valid; empty where it says none."""

    paper = forms.TypedChoiceField(label=_("Paper"), coerce=int)
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO),
        input_formats=[ISO, "%d/%m/%Y", "%d-%m-%Y"],
    )

    def __init__(self, *args: Any, papers: Sequence[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {paper.pk: paper for paper in papers}
        choices = [(paper.pk, str(paper.document_type)) for paper in papers]
        self.fields["paper"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_paper(self) -> Paper:
        """Give the paper itself."""
        return self.papers[self.cleaned_data["paper"]]
