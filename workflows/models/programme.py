"""What the Bureau sets and the outside world answers: holidays, service times, platforms,
listings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop

if TYPE_CHECKING:
    from onboarding.models import User


class Holiday(models.Model):
    """A day on which the office is closed, from the yearly joint decree of three ministers."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=120)
    is_leave = models.BooleanField(default=False)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


#: Service times and limits until the Bureau sets its own; none of them is law. Working days where
#: the office must act, calendar days where the business must (proposals in the study of the field).
DEFAULT_SETTINGS: dict[str, tuple[int, str]] = {
    "verify_days": (3, gettext_noop("Working days for an officer to verify a case")),
    "decide_days": (2, gettext_noop("Working days for the approver to decide")),
    "hand_over_days": (
        2,
        gettext_noop("Working days to hand an approved business over to a platform"),
    ),
    "listing_days": (
        10,
        gettext_noop("Working days to wait for the first product before it counts as late"),
    ),
    "correction_days": (7, gettext_noop("Calendar days that a business has to correct its papers")),
    "correction_days_least": (
        3,
        gettext_noop("Calendar days that an officer gives at least for a correction"),
    ),
    "correction_days_most": (
        21,
        gettext_noop("Calendar days that an officer gives at most for a correction"),
    ),
    "sighting_required": (
        0,
        gettext_noop("Whether the original must be seen before a case is verified: 1 yes, 0 no"),
    ),
    "correction_reminder_days": (
        2,
        gettext_noop("Calendar days before a correction is due at which the owner is reminded"),
    ),
    "max_returns": (
        3,
        gettext_noop("Times that a case may be returned before the approver must decide"),
    ),
    "max_no_shows": (3, gettext_noop("Missed sessions after which the referral lapses")),
    "appeal_days": (14, gettext_noop("Calendar days in which a refusal may be appealed")),
    "wait_after_rejection_days": (
        90,
        gettext_noop("Calendar days before a refused business is referred again"),
    ),
    "submit_days": (90, gettext_noop("Calendar days from guidance to complete papers")),
    "idle_days": (
        365,
        gettext_noop("Calendar days after which a referral that never moved lapses"),
    ),
    "reminder_days": (
        14,
        gettext_noop("Calendar days before a lapse at which the business is reminded"),
    ),
    "request_days": (10, gettext_noop("Working days that an office has to answer a request")),
    "request_reminder_days": (
        3,
        gettext_noop("Working days after which a silent office is reminded; 0 means by hand only"),
    ),
    "request_reminders": (
        2,
        gettext_noop("Reminders that are sent by themselves; 0 means by hand only"),
    ),
    "assistance_days": (
        30,
        gettext_noop("Calendar days in which somebody may act for an owner who consented"),
    ),
    "seat_hold_hours": (
        24,
        gettext_noop("Hours for which a freed seat is held for the next one who waits"),
    ),
    "session_reminder_days": (
        2,
        gettext_noop("Calendar days before a session at which guests are reminded; 0 by hand only"),
    ),
    "draft_days": (
        30,
        gettext_noop("Calendar days that photos of a paper are kept which was never sent"),
    ),
    "self_referral": (0, gettext_noop("Whether businesses may name themselves: 1 yes, 0 no")),
    "cadence_days": (90, gettext_noop("Calendar days within which each region has a session")),
    "token_minutes": (90, gettext_noop("Minutes that a session must last to count")),
    "token_present": (5, gettext_noop("People who must be present for a session to count")),
    "check_minutes": (
        45,
        gettext_noop("Minutes of an officer to check the papers of one case (for forecasts)"),
    ),
    "own_device_days": (
        90,
        gettext_noop("Days without a visit for which an owner stays signed in on their own phone"),
    ),
    "hold_days": (
        60,
        gettext_noop("Calendar days for which a case may be on hold before somebody looks again"),
    ),
    "due_notice_days": (
        1,
        gettext_noop("Working days before its date at which who holds a case is told; 0 never"),
    ),
    "late_notice_days": (
        2,
        gettext_noop("Working days late from which the head and approvers are told; 0 never"),
    ),
    "expiry_notice_days": (
        30,
        gettext_noop("Calendar days before a paper expires at which its owner is asked; 0 never"),
    ),
    "complaint_days": (5, gettext_noop("Working days to answer a complaint")),
    "support_days": (3, gettext_noop("Working days to answer a fault on a platform")),
    "reopen_days": (
        14,
        gettext_noop("Calendar days in which a closed complaint or fault may be opened again"),
    ),
    "quiet_until": (8, gettext_noop("Hour (WIB) before which no message leaves to a business")),
    "quiet_from": (
        17,
        gettext_noop("Hour (WIB) from which on no message leaves to a business; 24 for never"),
    ),
    "reminders_on_working_days": (
        0,
        gettext_noop("Whether reminders wait for a working day: 1 yes, 0 no"),
    ),
    "undo_seconds": (
        10,
        gettext_noop("Seconds in which a decision at the desk can be taken back; 0 means at once"),
    ),
    "reveal_minutes": (
        15,
        gettext_noop("Minutes in which numbers of a business stay shown after they were asked for"),
    ),
    "alert_reveals": (
        30,
        gettext_noop("Alert: one person shows so many numbers in full in an hour; 0 means never"),
    ),
    "alert_firms": (
        60,
        gettext_noop("Alert: one person opens so many businesses outside own cases in an hour"),
    ),
    "alert_night_firms": (
        10,
        gettext_noop("Alert: and from 22.00 to 05.00 WIB so many; 0 means never"),
    ),
    "keep_years_left": (
        2,
        gettext_noop("Years that data is kept of who left or lapsed; 0 until somebody asks"),
    ),
    "keep_years_refused": (
        5,
        gettext_noop("Years that data is kept of who was refused; 0 until somebody asks"),
    ),
    "keep_years_approved": (
        10,
        gettext_noop("Years that data is kept of who was approved once; 0 until somebody asks"),
    ),
    "keep_years_rows": (
        2,
        gettext_noop("Years that rows of lists are kept that never became a business; 0 for ever"),
    ),
    "keep_years_lists": (
        2,
        gettext_noop("Years that the files of offices’ lists are kept as they came; 0 for ever"),
    ),
    "keep_years_complaints": (
        5,
        gettext_noop(
            "Years that settled complaints of people without a business are kept; 0 for ever"
        ),
    ),
    "keep_days_messages": (
        90,
        gettext_noop(
            "Days that text and address of mails to offices, colleagues and people who complained "
            "are kept; 0 for ever"
        ),
    ),
    "claim_minutes": (120, gettext_noop("Minutes after which a claimed case returns to the queue")),
    "flag_fast_minutes": (
        3,
        gettext_noop("Red flag: a decision so few minutes after the verification, or fewer"),
    ),
    "flag_pair_cases": (
        10,
        gettext_noop("Red flag: verifier and approver met in so many cases at least"),
    ),
    "flag_pair_percent": (
        150,
        gettext_noop("Red flag: and in so many percent of what chance would give, or more"),
    ),
    "flag_by_hand_percent": (
        30,
        gettext_noop("Red flag: more than this percent of those present were marked by hand"),
    ),
    "flag_after_days": (
        30,
        gettext_noop("Red flag: facts or papers changed within so many days after an approval"),
    ),
    "flag_night_from": (22, gettext_noop("Red flag: hour (WIB) from which an act is at night")),
    "flag_night_until": (5, gettext_noop("Red flag: hour (WIB) until which an act is at night")),
    "flag_correction_days": (
        3,
        gettext_noop("Red flag: attendance corrected so many days after the session, or later"),
    ),
}


class Setting(models.Model):
    """A number that the Bureau may change: a service time, a limit, a window."""

    key = models.SlugField(primary_key=True, max_length=40)
    value = models.PositiveIntegerField()
    explanation = models.CharField(max_length=200)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"

    @classmethod
    def value_of(cls, key: str) -> int:
        """Return the Bureau's number, or the default when it never set one."""
        return cls.values_of(key)[key]

    @classmethod
    def values_of(cls, *keys: str) -> dict[str, int]:
        """Return several of the Bureau's numbers in one question."""
        own = dict(cls.objects.filter(pk__in=keys).values_list("pk", "value"))
        return {key: own.get(key, DEFAULT_SETTINGS[key][0]) for key in keys}


class Platform(models.Model):
    """A marketplace on which firms are put on sale; the list is data, the channel may change."""

    code = models.SlugField(primary_key=True, max_length=24)
    name = models.CharField(max_length=80)
    is_open = models.BooleanField(default=True)
    #: Where faults are reported to the operator.
    contact_email = models.EmailField(_("e-mail of the operator"), blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ListingQuerySet(models.QuerySet["Listing"]):
    """A listing names a firm, so it is seen only by those who see the firm."""

    def visible_to(self, user: User) -> ListingQuerySet:
        """Keep the listings of firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())


class Listing(models.Model):
    """A firm on a platform: account made, on sale, taken down, with the operator's word."""

    class State(models.TextChoices):
        REGISTERED = "REGISTERED", _("Account made")
        ON_SALE = "ON_SALE", _("On sale")
        OFF_SALE = "OFF_SALE", _("Taken down")

    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="listings"
    )
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="listings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    account = models.CharField(_("account or shop name"), max_length=120)
    registered_on = models.DateField()
    on_sale_on = models.DateField(null=True, blank=True)
    off_sale_on = models.DateField(null=True, blank=True)
    operator_reason = models.CharField(max_length=250, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("vendor", "platform"), name="one_listing_per_platform"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor} @ {self.platform_id}"
