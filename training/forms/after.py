"""What is filled in after a session: three grades and a remark, a short quiz, its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.models import QuizQuestion

GRADES = (
    (1, gettext_lazy("1 – no")),
    (2, "2"),
    (3, gettext_lazy("3 – somewhat")),
    (4, "4"),
    (5, gettext_lazy("5 – yes")),
)


def _grade(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=GRADES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the five.")},
    )


class FeedbackForm(forms.Form):
    """Three questions and a remark; nobody is named beside what they wrote."""

    useful = _grade(gettext_lazy("Was the session useful for your work?"))
    clear = _grade(gettext_lazy("Was it clear?"))
    ready = _grade(gettext_lazy("Are you ready to begin now?"))
    remark = forms.CharField(
        label=gettext_lazy("What should be better?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuizForm(forms.Form):
    """One group of choices for each question of the quiz."""

    def __init__(self, *args: Any, questions: Sequence[QuizQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q{question.number}"] = forms.TypedChoiceField(
                label=question.text,
                choices=list(enumerate(question.answers)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose one answer.")},
            )

    def answers(self) -> dict[int, int]:
        """Return the choices by the number of their question."""
        return {int(name[1:]): choice for name, choice in self.cleaned_data.items()}


class QuestionForm(forms.Form):
    """A question, its possible answers (one a line), and which of them is right."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    answers = forms.CharField(
        label=gettext_lazy("Possible answers"),
        help_text=gettext_lazy("Two to five, each on its own line."),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    right = forms.IntegerField(
        label=gettext_lazy("Which line is right?"),
        help_text=gettext_lazy("1 for the first line."),
        min_value=1,
        max_value=5,
    )

    def clean_answers(self) -> list[str]:
        """Two to five different lines."""
        lines = [line.strip() for line in self.cleaned_data["answers"].splitlines()]
        lines = [line for line in lines if line]
        if not 2 <= len(lines) <= 5 or len(set(lines)) < len(lines):
            raise forms.ValidationError(_("Write two to five different answers, one a line."))
        return lines

    def clean(self) -> dict[str, Any]:
        """The right line is one of those written."""
        said: dict[str, Any] = self.cleaned_data
        if said.get("right", 0) > len(said.get("answers", [])) > 0:
            self.add_error("right", _("There is no such line."))
        return said

    def facts(self) -> dict[str, Any]:
        """The question as the action takes it; answers are counted from 0 there."""
        return {**self.cleaned_data, "right": self.cleaned_data["right"] - 1}
