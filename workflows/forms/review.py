"""What an officer writes while checking papers: things to correct, and a recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from documents.models import ValueReview
from workflows.advice import APPROVAL, REFUSAL, advice_words
from workflows.forms.desk import ISO, reason_field
from workflows.models import CorrectionItem, RejectionReason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents.models import DocumentType

RETURN_REASONS = ("perbaikan", "jadwalkan", "arahkan")
LONGEST_EXPLANATION = 440  # the sentence of the advice stands before it in the same column


class CorrectionItemForm(forms.ModelForm):
    """One thing that the owner has to correct; ``path`` names the value that it is about."""

    path = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    class Meta:
        model = CorrectionItem
        fields: ClassVar = ["document_type", "reason_code", "text"]
        labels: ClassVar = {
            "document_type": _("Document"),
            "reason_code": _("Reason from the list"),
            "text": _("What has to be corrected, in words for the owner"),
        }
        help_texts: ClassVar = {
            "document_type": _("A new one is asked for. Leave empty if it is about no document."),
            "text": _("Left empty, the words of the list for this reason are taken."),
        }
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, papers: Iterable[DocumentType], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason_code"].queryset = RejectionReason.objects.filter(  # type: ignore[attr-defined]  # a model choice
            action__in=RETURN_REASONS
        )
        self.fields["text"].required = False
        document = self.fields["document_type"]
        self._known = {kind.pk: kind for kind in papers}
        document.choices = [("", _("No document")), *self._known.items()]  # type: ignore[attr-defined]  # a model choice

    def clean_document_type(self) -> DocumentType | None:
        """Only a paper that this firm has handed in can be asked for again."""
        kind: DocumentType | None = self.cleaned_data["document_type"]
        if kind is not None and kind.pk not in self._known:
            raise forms.ValidationError(gettext("This document was not handed in."))
        return kind

    def clean(self) -> dict[str, Any]:
        """Where nothing was written, the reason speaks with its own words."""
        cleaned = super().clean() or {}
        reason = cleaned.get("reason_code")
        cleaned["text"] = cleaned.get("text") or (reason.suggestion if reason else "")
        if not cleaned["text"] and not self.errors:
            self.add_error("text", gettext("Write what has to be corrected."))
        return cleaned


class ItemTextForm(forms.ModelForm):
    """Other words for a thing that stands on the list already."""

    class Meta:
        model = CorrectionItem
        fields: ClassVar = ["text"]
        labels: ClassVar = {"text": _("What has to be corrected, in words for the owner")}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 3})}


class DueForm(forms.Form):
    """Until when the owner corrects; the limits are settings."""

    due_on = forms.DateField(
        label=_("Until when"),
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO),
        input_formats=[ISO, "%d/%m/%Y", "%d-%m-%Y"],
    )


class ResolveForm(forms.Form):
    """Why a point is let go although its answer did not come."""

    reason = reason_field(_("Why this point is settled"), rows=2, max_length=250)


class AnswerForm(forms.Form):
    """What the owner did about a point."""

    answer = reason_field(_("What I did"), rows=2)


class VerifyForm(forms.Form):
    """The recommendation to the approver; a reason is asked where something differs."""

    advice = forms.ChoiceField(
        label=_("Your recommendation"),
        choices=[(APPROVAL, _("Approve")), (REFUSAL, _("Refuse"))],
        initial=APPROVAL,
        widget=forms.RadioSelect,
    )
    explanation = reason_field(_("Explanation"), required=False, max_length=LONGEST_EXPLANATION)

    def __init__(self, *args: Any, differs: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if differs:
            self.fields["explanation"].required = True
            self.fields["explanation"].label = _(
                "Why it can be verified although something differs"
            )

    def clean(self) -> dict[str, Any]:
        """A recommendation to refuse says why."""
        cleaned = super().clean() or {}
        if cleaned.get("advice") == REFUSAL and not cleaned.get("explanation"):
            self.add_error("explanation", gettext("Write why you recommend to refuse."))
        return cleaned

    @property
    def recommendation(self) -> str:
        """The recommendation as it is kept: in the language of the office, whoever wrote it."""
        return advice_words(self.cleaned_data["advice"], self.cleaned_data["explanation"])


class ValueReviewForm(forms.Form):
    """What a person reads where the machine read something; the buttons say with which outcome."""

    value = forms.CharField(
        label=_("What really stands there"),
        help_text=_("As it stands on the paper. Leave empty when nobody can read it."),
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=250)
    outcome = forms.ChoiceField(choices=ValueReview.Outcome.choices, widget=forms.HiddenInput)
    path = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Whoever says that something else is right says what."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == ValueReview.Outcome.WRONG and not cleaned.get("value"):
            self.add_error("value", gettext("Type what stands on the paper."))
        return cleaned
