"""How a queue is narrowed, ordered and laid out, under what name it is kept, who gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from onboarding import roles
from onboarding.models import LegalForm, Region, User
from workflows.forms.desk import ISO, reason_field

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from onboarding.signed_in import SignedIn

DUE, AGE = "due", "age"
MOST_SUGGESTED: Final = 50
COLUMNS: Final = {
    "region": _("Regency or city"),
    "form": _("Legal form"),
    "round": _("Round"),
    "age": _("Age"),
    "due": _("Due"),
    "owner": _("In whose hands"),
}


class QueueForm(forms.Form):
    """Narrows, orders and lays out the list; nothing personal, so it may stand in the address."""

    region = forms.ModelChoiceField(
        label=_("Regency or city"),
        queryset=Region.objects.all(),
        required=False,
        empty_label=_("Every region"),
    )
    form = forms.ChoiceField(
        label=_("Legal form"), choices=[("", _("Every form")), *LegalForm.choices], required=False
    )
    again = forms.ChoiceField(
        label=_("Round"),
        choices=[
            ("", _("Every round")),
            ("first", _("First round")),
            ("again", _("Sent in again")),
        ],
        required=False,
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[(DUE, _("Due first")), (AGE, _("Longest here first"))],
        required=False,
    )
    column = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=list(COLUMNS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, given: QueryDict) -> None:
        shown = given.copy()
        if "column" not in shown:
            shown.setlist("column", list(COLUMNS))
        super().__init__(shown)

    def chosen(self) -> dict[str, Any]:
        """What was chosen and makes sense; what does not, or is the rule anyway, is left out."""
        self.is_valid()
        found = {key: value for key, value in self.cleaned_data.items() if value}
        if found.get("column") == list(COLUMNS):
            del found["column"]
        return {**found, "region": found["region"].pk} if "region" in found else found


class KeepQueueForm(forms.Form):
    """A name for what is shown now."""

    name = forms.CharField(label=_("Name"), max_length=40)
    is_shared = forms.BooleanField(label=_("Colleagues may use it"), required=False)


class ColleagueForm(forms.Form):
    """Which colleague goes on, by name or e-mail."""

    to = forms.CharField(
        label=_("Colleague"),
        help_text=_("Type the name or the e-mail of your colleague."),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, request: SignedIn, **options: Any) -> None:
        super().__init__(*args, **options)
        doing = [role for role in roles.ROLES if roles.may(role, "workflows.work_queue")]
        colleagues = User.objects.filter(role__in=doing, is_active=True)
        self.colleagues = colleagues.exclude(pk=request.user.pk)

    def suggestions(self) -> QuerySet[User]:
        """Colleagues to choose from; in a large office the rest is typed."""
        return self.colleagues[:MOST_SUGGESTED]

    def clean_to(self) -> User:
        """Find just one colleague."""
        typed = self.cleaned_data["to"].strip()
        found = list(
            self.colleagues.filter(Q(email__iexact=typed) | Q(full_name__iexact=typed))[:2]
        )
        if not found:
            raise forms.ValidationError(gettext("No colleague at the queue is called so."))
        if len(found) > 1:
            raise forms.ValidationError(gettext("Several are called so. Type the e-mail instead."))
        return found[0]


class HandOnForm(ColleagueForm):
    """Who goes on with a case, and why."""

    reason = reason_field(rows=2)


class LeaveForm(ColleagueForm):
    """Who covers, and from which day to which; the days have their place before the name."""

    from_on = forms.DateField(
        label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"}, format=ISO)
    )
    until_on = forms.DateField(
        label=_("Last day away"), widget=forms.DateInput(attrs={"type": "date"}, format=ISO)
    )
    field_order = ("from_on", "until_on", "to")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", gettext("The last day lies before the first."))
        return cleaned
