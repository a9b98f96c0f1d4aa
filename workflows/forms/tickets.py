"""What people write when they complain or report a fault, and what the desk does with it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from onboarding import roles
from onboarding.models import User
from workflows.forms.desk import reason_field
from workflows.forms.queueing import HandOnForm
from workflows.models import Platform, Ticket

Topic = Ticket.Topic
LENGTH: Final = 2000  # as long as a ticket keeps its text
COMPLAINED_OF: Final = (
    Topic.FEE, Topic.CONDUCT, Topic.DELAY, Topic.DECISION, Topic.PRIVACY, Topic.OTHER,
)  # fmt: skip
FAULTS: Final = (Topic.ACCOUNT, Topic.PRODUCT, Topic.ORDER, Topic.PAYMENT, Topic.OTHER)


def _topics(some: tuple[Topic, ...]) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in some]


def text_field(label: Any, *, rows: int = 5, **options: Any) -> forms.CharField:
    """What somebody says in their own words, as long as a ticket keeps it."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LENGTH, widget=widget, **options)


class ComplainForm(forms.Form):
    """A complaint; only what happened is asked for, not who tells it."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=_topics(COMPLAINED_OF),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes closest.")},
    )
    text = text_field(
        _("What happened, when and where?"),
        help_text=_("Do not write your NIK, a password or a one-time code."),
        error_messages={"required": _("Write what happened, in your own words.")},
    )
    about_name = forms.CharField(
        label=_("Who was it?"),
        help_text=_("The person never sees your complaint and does not handle it."),
        max_length=120,
        required=False,
    )
    firm_number = forms.CharField(
        label=_("Number of your business"),
        help_text=_("As on your page, for example VO-2026-000123."),
        max_length=40,
        required=False,
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_("E-mail or phone number, if you wish to be told of the answer."),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    without_name = forms.BooleanField(
        label=_("Send it without my name."),
        required=False,
    )
    #: A field that people do not see; machines that fill in everything give themselves away.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not user.is_authenticated:
            del self.fields["without_name"]

    def must(self) -> list[forms.BoundField]:
        """Return what is needed."""
        return [self["topic"], self["text"]]

    def may(self) -> list[forms.BoundField]:
        """Return what may stay empty."""
        names = ("about_name", "firm_number", "contact", "without_name")
        return [self[name] for name in names if name in self.fields]

    def is_of_a_machine(self) -> bool:
        """Say whether the field was filled in that nobody sees."""
        return bool(self.data.get("website"))


class StatusForm(forms.Form):
    """Asks how a complaint stands, without an account."""

    number = forms.CharField(
        label=_("Number of the complaint"),
        help_text=_("For example PG-2026-000123."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    word = forms.CharField(
        label=_("Secret word"),
        help_text=_("The word that was shown when you sent the complaint."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def refuse(self) -> None:
        """Say that the two do not belong together, never which of them is wrong."""
        self.add_error(
            None, gettext("The number and the word do not belong together. Look at both again.")
        )


class ReopenForm(forms.Form):
    """Says why it is not settled."""

    text = text_field(_("What is not settled?"), rows=3)


class SupportForm(forms.Form):
    """A fault on a platform."""

    platform = forms.ModelChoiceField(label=_("Platform"), queryset=Platform.objects.none())
    topic = forms.ChoiceField(
        label=_("What does not work?"), choices=_topics(FAULTS), widget=forms.RadioSelect
    )
    text = text_field(
        _("What do you see, and since when?"),
        help_text=_("Write the message on the screen if there is one. No password."),
    )

    def __init__(self, *args: Any, vendor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["platform"]
        found = Platform.objects.filter(listings__vendor=vendor).distinct()
        field.queryset = found  # type: ignore[attr-defined]  # a ModelChoiceField
        field.empty_label = None  # type: ignore[attr-defined]  # a ModelChoiceField


class AnswerForm(forms.Form):
    """An answer that the one whose ticket it is reads."""

    text = text_field(_("Answer"), rows=4, help_text=_("The one who wrote reads this."))


class NoteForm(forms.Form):
    """A note of the office."""

    text = text_field(_("Note"), rows=3, help_text=_("Only the office reads this."))


class OperatorForm(forms.Form):
    """What the operator of the platform said."""

    text = text_field(
        _("Answer of the operator"), rows=4, help_text=_("The owner reads this as it stands.")
    )


class CloseForm(forms.Form):
    """Why it is settled."""

    reason = reason_field(
        _("What came of it?"), rows=3, help_text=_("The one who wrote reads this.")
    )


class TakeOverForm(forms.Form):
    """Why somebody goes on with what a colleague has in hand."""

    reason = reason_field(rows=2, help_text=_("For example: away, ill. Your colleague reads it."))


class TicketHandOnForm(HandOnForm):
    """Which colleague who answers tickets goes on, and why."""

    def __init__(self, *args: Any, request: Any, **options: Any) -> None:
        super().__init__(*args, request=request, **options)
        doing = [role for role in roles.ROLES if roles.may(role, "workflows.answer_tickets")]
        colleagues = User.objects.filter(role__in=doing, is_active=True)
        self.colleagues = colleagues.exclude(pk=request.user.pk)
        self.fields["to"].widget.attrs["list"] = "those-who-answer"


class PersonForm(forms.Form):
    """Which colleague a complaint is about, by name or e-mail."""

    about = forms.CharField(
        label=_("Person it is about"),
        help_text=_("Type the name or the e-mail. From then on they no longer see it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_about(self) -> User:
        """Find just one person who works with this system."""
        typed = self.cleaned_data["about"].strip()
        people = User.objects.filter(is_active=True).exclude(role__in=(roles.VENDOR, roles.SYSTEM))
        found = list(people.filter(Q(email__iexact=typed) | Q(full_name__iexact=typed))[:2])
        if not found:
            raise forms.ValidationError(gettext("Nobody with an account is called so."))
        if len(found) > 1:
            raise forms.ValidationError(gettext("Several are called so. Type the e-mail instead."))
        return found[0]


class TicketFilterForm(forms.Form):
    """Narrows the list; nothing personal, so it may stand in the address."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Every kind")), *Ticket.Kind.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Every state")), *Ticket.State.choices], required=False
    )

    def chosen(self) -> dict[str, str]:
        """What was chosen and makes sense."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}
