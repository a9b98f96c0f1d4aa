"""How messages are narrowed, what was really sent, and how an owner wants to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.models import Region
from workflows.actions.outbox import LONGEST
from workflows.messages import KINDS
from workflows.models import Message

if TYPE_CHECKING:
    from django.db.models import QuerySet


#: Whom a message is for, beside its title, when it is not for an owner.
FOR: Final = {"person": _("for a person"), "office": _("for an office")}


class MessageFilter(forms.Form):
    """Narrows the list; nothing personal, so it may stand in the address."""

    kind = forms.ChoiceField(label=_("What it is about"), required=False)
    region = forms.ModelChoiceField(
        label=_("Regency or city"),
        queryset=Region.objects.all(),
        required=False,
        empty_label=_("Every region"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, kind.title) for name, kind in KINDS.items() if kind.to == "owner"]
        others = [
            (name, f"{kind.title} ({FOR[kind.to]})")
            for name, kind in KINDS.items()
            if kind.to != "owner"
        ]
        self.fields["kind"].choices = [("", _("Everything")), *kinds, *others]  # type: ignore[attr-defined]  # a ChoiceField

    def narrow(self, rows: QuerySet[Message]) -> QuerySet[Message]:
        """Keep what was chosen; a value that is not on the list narrows nothing."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        if chosen.get("kind"):
            rows = rows.filter(kind=chosen["kind"])
        if chosen.get("region"):
            rows = rows.filter(vendor__region=chosen["region"])
        return rows

    @property
    def kept(self) -> dict[str, str]:
        """What was chosen, for links and hidden fields that repeat it."""
        chosen = self.cleaned_data if self.is_valid() else {}
        region = chosen.get("region")
        pairs = {"kind": chosen.get("kind", ""), "region": region.pk if region else ""}
        return {key: value for key, value in pairs.items() if value}


class TextForm(forms.Form):
    """The text of one message as an officer changes it before sending."""

    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What you send is kept as it was sent. The link stays as it is."),
    )


class ReachForm(forms.Form):
    """By which channel an owner is told."""

    channel = forms.ChoiceField(
        label=_("How shall we tell you?"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, channels: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = channels  # type: ignore[attr-defined]  # a ChoiceField
