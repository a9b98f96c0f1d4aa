"""What people fill in to plan a session, to change it, to move it, and to call it off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.gate.shown import FIELD, Shown
from training.forms.fields import LinkField, RupiahField
from training.models import Session, Venue

#: One attendance sheet must stay a page that a phone can hold and a trainer can oversee.
MOST_SEATS = 300
#: What letters and messages, which are in Indonesian, print as the place of an online session.
ONLINE_PLACE = "Daring"
LABELS = {
    "title": _("Title"),
    "audience": _("For whom"),
    "region": _("Region of the place"),
    "place": _("Place"),
    "address": _("Address"),
    "trainer": _("Trainer"),
    "co_trainers": _("Other trainers"),
    "syllabus": _("Syllabus"),
    "way": _("How it is held"),
    "venue": _("Hall"),
    "map_url": _("Link to the map"),
    "online_url": _("Link to the online meeting"),
    "serves": _("Regions served"),
    "category": _("Category of goods"),
    "language": _("Language"),
}
HELP = {
    "venue": _("Choose a hall of the list, or leave it empty and type the place below."),
    "place": _("Empty when a hall is chosen, or when the session is online only."),
    "region": _("Empty when a hall is chosen: then it is the hall’s."),
    "serves": _(
        "Regions whose businesses are meant. Without a tick it is the region of the place."
    ),
    "category": _("As offices write it, for example Makanan. Empty: all."),
}
LINKS = {"map_url": LinkField, "online_url": LinkField}
LINK_IS_MISSING = _("Type the link by which people join the online meeting.")
WHAT = (
    "title", "audience", "syllabus", "trainer", "capacity", "co_trainers", "serves", "category",
    "language", "cost",
)  # fmt: skip
WHERE = ("way", "venue", "region", "place", "address", "map_url", "online_url")


class WhenMixin(forms.Form):
    """Asks for the day once and for two times, in the time of the office."""

    day = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    starts = forms.TimeField(
        label=_("Starts at (WIB)"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("Ends at (WIB)"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def clean(self) -> dict[str, Any]:
        """Say in words what is wrong with the time."""
        cleaned = super().clean() or self.cleaned_data
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be later than the start."))
        if day and day < timezone.localdate():
            self.add_error("day", _("This date has passed."))
        elif day and starts and _moment(day, starts) <= timezone.now():
            self.add_error("starts", _("This time has passed."))
        return dict(cleaned)

    def facts(self) -> dict[str, Any]:
        """Return what was typed as the action needs it, with both moments."""
        cleaned = dict(self.cleaned_data)
        day, starts, ends = (cleaned.pop(name) for name in ("day", "starts", "ends"))
        return {**cleaned, "starts_at": _moment(day, starts), "ends_at": _moment(day, ends)}


class WhereMixin(forms.Form):
    """A hall of the list, or a place that is typed, or a link, or both."""

    #: Which of them the page asks; a row of a series leaves out what the series says once.
    way_of: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.select_related("region")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["venue"].label_from_instance = name_of_hall  # type: ignore[attr-defined]  # the same
        for name in ("place", "region", "way"):
            if name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Say what is missing of the place or the link."""
        cleaned = super().clean() or self.cleaned_data
        if "way" in self.fields:
            cleaned["way"] = cleaned.get("way") or Session.Way.HALL
        way = cleaned.get("way", self.way_of or Session.Way.HALL)
        if way == Session.Way.ONLINE:
            self._ask_link(cleaned)
            cleaned.update(venue=None, place=ONLINE_PLACE, address="", map_url="")
        else:
            if way == Session.Way.BOTH:
                self._ask_link(cleaned)
            self._ask_place(cleaned)
        self._ask_region(cleaned)
        return dict(cleaned)

    def _ask_link(self, cleaned: dict[str, Any]) -> None:
        if "online_url" in self.fields and not cleaned.get("online_url"):
            self._once("online_url", LINK_IS_MISSING)

    def _ask_place(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("venue"):
            cleaned["place"] = cleaned["venue"].name
        elif not cleaned.get("place"):
            self._once("place", _("Choose a hall, or type the place."))

    def _ask_region(self, cleaned: dict[str, Any]) -> None:
        venue, region = cleaned.get("venue"), cleaned.get("region")
        if venue is not None and region is not None and venue.region_id != region.pk:
            self.add_error(
                "region",
                _("This hall is in %(region)s. Choose that region, or another hall.")
                % {"region": venue.region.display_name},
            )
        if venue is None and region is None:
            self._once("region", _("Choose the region of the place."))
        if venue is not None and region is None:
            cleaned["region"] = venue.region

    def _once(self, name: str, sentence: Any) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)


class WhatMixin(forms.ModelForm):
    """What a session is about, for whom, by whom, how many seats, what it costs."""

    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={
            "min_value": _("A session without seats cannot be held. Type at least 1."),
            "max_value": _("At most %(limit_value)s seats. For more people plan several sessions."),
        },
    )
    #: How the page shows the fields: parts with a title, then those that are folded.
    parts: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    folded = ("co_trainers", "serves", "category", "language", "cost")

    cost = RupiahField(
        label=_("Cost (rupiah)"),
        required=False,
        help_text=_("Seen by staff only. Participants never pay."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, shown in (("trainer", "full_name"), ("co_trainers", "full_name")):
            field: Any = self.fields[name]
            field.queryset = field.queryset.order_by(shown)
            field.label_from_instance = _full_name
        serves: Any = self.fields["serves"]
        serves.label_from_instance = _display_name
        self.fields["language"].required = False

    def sections(self) -> list[tuple[Any, list[Any]]]:
        """Return each part's title and fields, in order."""
        return [(title, [self[name] for name in names]) for title, names in self.parts]

    def more(self) -> list[Any]:
        """Return the fields that are folded."""
        return [self[name] for name in self.folded]

    def is_more_open(self) -> bool:
        """What was typed wrongly is not hidden."""
        return any(name in self.errors for name in self.folded)

    def clean_language(self) -> str:
        """Return Indonesian when nothing was chosen."""
        return self.cleaned_data["language"] or Session.Language.INDONESIAN

    def clean(self) -> dict[str, Any]:
        """Nobody helps themselves."""
        cleaned = super().clean() or self.cleaned_data
        trainer, helpers = cleaned.get("trainer"), cleaned.get("co_trainers") or ()
        if trainer is not None and trainer in helpers:
            self.add_error("co_trainers", _("The trainer who leads is not also another trainer."))
        return dict(cleaned)


class PlanSessionForm(WhenMixin, WhereMixin, WhatMixin):
    """Everything of a session; ``facts`` gives what the action needs."""

    keep_hall = forms.BooleanField(
        label=_("Write this place down as a hall, for next time"), required=False
    )
    chairs = forms.IntegerField(
        label=_("Chairs in this hall"),
        required=False,
        min_value=1,
        max_value=10_000,
        error_messages={"min_value": _("A hall has at least 1 chair.")},
    )

    class Meta:
        model = Session
        fields = (*WHAT, *WHERE)
        field_classes = LINKS
        labels = LABELS
        help_texts = HELP
        widgets = {
            "co_trainers": forms.CheckboxSelectMultiple,
            "serves": forms.CheckboxSelectMultiple,
        }

    #: The form in three parts: what must be said first, the rest folded.
    parts = (
        (_("What and who"), ("title", "audience", "syllabus", "trainer", "capacity")),
        (_("When"), ("day", "starts", "ends")),
        (_("Where"), (*WHERE, "keep_hall", "chairs")),
    )


class EditSessionForm(WhatMixin):
    """What can change without anybody having to be told."""

    class Meta:
        model = Session
        fields = WHAT
        labels = LABELS
        help_texts = HELP
        widgets = PlanSessionForm.Meta.widgets

    parts = ((_("What and who"), ("title", "audience", "syllabus", "trainer", "capacity")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = Shown(self.initial, self.data.get(FIELD, ""))

    def facts(self) -> dict[str, Any]:
        """Return what was typed as the action needs it."""
        return dict(self.cleaned_data)


class ReasonForm(forms.Form):
    """A reason that stays on record."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=160,
        help_text=_("Stays on record and is read by auditors."),
    )


class ToldReasonForm(ReasonForm):
    """A reason that everybody who has a seat is told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Everybody who has a seat is told it. It also stays on record."
        )


class MoveSessionForm(WhenMixin, WhereMixin, ToldReasonForm, forms.ModelForm):
    """The new date, time or place, and why."""

    class Meta:
        model = Session
        fields = WHERE
        field_classes = LINKS
        labels = LABELS
        help_texts = HELP

    field_order = ("day", "starts", "ends", *WHERE, "reason")

    @classmethod
    def of(cls, session: Session, typed: Any) -> MoveSessionForm:
        """Return the form as it stands, filled with what holds now."""
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        initial: dict[str, Any] = {"day": starts.date(), "starts": starts.time()}
        initial["ends"] = ends.time()
        if session.venue is not None:  # what the hall says by itself need not be typed
            initial |= {"place": "", "region": None}
            initial |= {name: "" for name in ("address", "map_url") if getattr(session.venue, name)}
        elif not session.is_in_hall:
            initial["place"] = ""
        return cls(typed, instance=session, initial=initial)


def _moment(day: Any, hour: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def name_of_hall(venue: Venue) -> str:
    """Return a hall as it is chosen from a list: its region, its name, its chairs."""
    chairs = _("%(count)d chairs") % {"count": venue.chairs} if venue.chairs else ""
    return " · ".join(filter(None, (venue.region.display_name, venue.name, chairs)))


def _full_name(person: Any) -> str:
    return str(person.full_name)


def _display_name(region: Any) -> str:
    return str(region.display_name)
