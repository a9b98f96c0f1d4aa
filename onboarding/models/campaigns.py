"""The letter that begins the programme: which office was asked what, until when, and what it said.

An answer is a list or a referral that names its request, or an office's word that it has nothing;
where a request stands is reckoned from these each time, so it cannot disagree with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.people import Agency, User
from onboarding.models.referrals import Referral, ReferralSheet

if TYPE_CHECKING:
    from datetime import date, datetime

#: Lists that say nothing: nobody could read them, or they were taken back.
NO_ANSWER = (
    ReferralSheet.State.UNREADABLE,
    ReferralSheet.State.CANCELLED,
    ReferralSheet.State.UNDONE,
)


class Campaign(models.Model):
    """One question to many offices, with the criteria in the version that was sent."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        SENT = "SENT", _("Sent")
        CLOSED = "CLOSED", _("Closed")

    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("what is asked"), max_length=2000)
    criteria = models.TextField(_("criteria"), max_length=4000, blank=True)
    criteria_version = models.PositiveSmallIntegerField(default=1)
    dated_on = models.DateField(_("date of the letter"))
    days = models.PositiveSmallIntegerField(_("working days to answer"))
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    replays = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replayed_by"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="campaign_sent_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="campaign_closed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def criteria_lines(self) -> list[str]:
        """The criteria as a list: one line each, as they were typed."""
        return [line.strip() for line in self.criteria.splitlines() if line.strip()]


class Standing(models.TextChoices):
    """Finishes the sentence "the office …"."""

    DRAFT = "draft", _("Not asked yet")
    WAITING = "waiting", _("Asked, still in time")
    SILENT = "silent", _("Silent past the date")
    ANSWERED = "answered", _("Sent a list")
    NOTHING = "nothing", _("Has nothing to report")


class ReferralRequestQuerySet(models.QuerySet["ReferralRequest"]):
    """What each office was asked."""

    def visible_to(self, user: User) -> ReferralRequestQuerySet:
        """Keep everything for those who see every firm, an office's own once it was asked."""
        if user.may("onboarding.view_campaigns"):
            return self.filter(user.audited("requests"))
        if user.agency_id and user.may("onboarding.answer_requests"):
            asked = self.exclude(campaign__state=Campaign.State.DRAFT)
            return asked.filter(agency_id=user.agency_id)
        return self.none()

    def is_open(self) -> ReferralRequestQuerySet:
        """Keep the requests that can be answered now."""
        return self.filter(campaign__state=Campaign.State.SENT)

    def with_answers(self) -> ReferralRequestQuerySet:
        """Lay beside each request when it got its first list, its first referral, its "nothing"."""
        lists = ReferralSheet.objects.filter(request=OuterRef("pk")).exclude(state__in=NO_ANSWER)
        named = Referral.objects.standing().filter(request=OuterRef("pk"))
        said = RequestAnswer.objects.filter(request=OuterRef("pk"), kind=RequestAnswer.Kind.NOTHING)
        return self.annotate(
            listed_at=Subquery(lists.order_by("pk").values("received_at")[:1]),
            named_at=Subquery(named.order_by("pk").values("created_at")[:1]),
            nothing_at=Subquery(said.order_by("pk").values("at")[:1]),
        )

    def unlisted(self) -> ReferralRequestQuerySet:
        """Keep the requests for which nobody was named yet."""
        lists = ReferralSheet.objects.filter(request=OuterRef("pk")).exclude(state__in=NO_ANSWER)
        named = Referral.objects.standing().filter(request=OuterRef("pk"))
        return self.exclude(Exists(lists)).exclude(Exists(named))

    def unanswered(self) -> ReferralRequestQuerySet:
        """Keep the requests to which no answer came at all."""
        said = RequestAnswer.objects.filter(request=OuterRef("pk"), kind=RequestAnswer.Kind.NOTHING)
        return self.unlisted().exclude(Exists(said))


class ReferralRequest(models.Model):
    """One office asked in one campaign: whom we wrote to, until when, by which link it answers.

    The link's token is kept as a hash; ``link_seed`` alone makes no token without the key of the
    installation (``onboarding.actions.link_token``).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="requests")
    addressee = models.CharField(_("addressed to"), max_length=200)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("WhatsApp number"), max_length=16, blank=True)
    due_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    link_seed = models.CharField(max_length=32, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)

    objects = ReferralRequestQuerySet.as_manager()

    # laid beside by ``with_answers``
    listed_at: datetime | None
    named_at: datetime | None
    nothing_at: datetime | None

    class Meta:
        ordering = ("agency__kind", "agency__name")
        constraints = [
            models.UniqueConstraint(
                fields=("campaign", "agency"), name="an_office_is_asked_once_in_a_campaign"
            ),
            models.UniqueConstraint(
                fields=("token_hash",), condition=~Q(token_hash=""), name="one_link_per_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} → {self.agency}"

    @property
    def answered_at(self) -> datetime | None:
        """When the office first said anything that counts; needs ``with_answers``."""
        moments = (self.listed_at, self.named_at, self.nothing_at)
        return min((moment for moment in moments if moment), default=None)

    def standing(self, today: date) -> Standing:
        """Where this request stands; a list outweighs "nothing". Needs ``with_answers``."""
        if self.listed_at or self.named_at:
            return Standing.ANSWERED
        if self.nothing_at:
            return Standing.NOTHING
        if self.asked_at is None or self.due_on is None:
            return Standing.DRAFT
        return Standing.SILENT if self.due_on < today else Standing.WAITING

    @property
    def is_late(self) -> bool:
        """Whether the first answer came after its date; needs ``with_answers``."""
        first = self.answered_at
        return bool(first and self.due_on and timezone.localdate(first) > self.due_on)


class RequestAnswerQuerySet(models.QuerySet["RequestAnswer"]):
    """An answer is seen by those who see the request."""

    def visible_to(self, user: User) -> RequestAnswerQuerySet:
        """Keep the answers to requests in this person's sight."""
        return self.filter(request__in=ReferralRequest.objects.visible_to(user))


class RequestAnswer(models.Model):
    """What an office said to a request, who said it, and how it reached us; never changed."""

    class Kind(models.TextChoices):
        LIST = "list", _("Sent a list")
        NOTHING = "nothing", _("Has nothing to report")
        MORE_TIME = "more_time", _("Asked for more time")
        NOTE = "note", _("Said something else")

    class Via(models.TextChoices):
        LINK = "link", _("through the link")
        ACCOUNT = "account", _("signed in")
        PHONE = "phone", _("by phone, written down by an officer")

    request = models.ForeignKey(ReferralRequest, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    via = models.CharField(max_length=8, choices=Via.choices)
    said_by = models.CharField(_("name"), max_length=120)
    note = models.CharField(max_length=500, blank=True)
    wanted_on = models.DateField(null=True, blank=True)
    sheet = models.ForeignKey(
        ReferralSheet, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = RequestAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.request}: {self.kind}"
