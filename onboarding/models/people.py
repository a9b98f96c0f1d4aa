"""People and offices: who signs in, for which office, and which firms they may see."""

from __future__ import annotations

from functools import cached_property, reduce
from operator import or_
from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import roles
from onboarding.models.sight import OfActQuerySet, OfVendorQuerySet


class Region(models.Model):
    """One of the 38 regencies and cities of East Java; ``code`` is the Kemendagri code
    ``35.78``."""

    class Kind(models.TextChoices):
        REGENCY = "kabupaten", _("Regency")
        CITY = "kota", _("City")

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=60)
    display_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    government_name = models.CharField(max_length=100)
    population = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.display_name


class District(models.Model):
    """A *kecamatan*; ``code`` like ``35.78.01``."""

    code = models.CharField(primary_key=True, max_length=8)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="districts")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An office that names MSMEs or buys from them: a provincial office, a government, the
    cooperative office."""

    class Kind(models.TextChoices):
        PROVINCIAL = "opd", _("Provincial office")
        GOVERNMENT = "government", _("Regency or city government")
        COOPERATIVE = "cooperative", _("Cooperative and SME Office")
        BUREAU = "bureau", _("Procurement Bureau")

    code = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="agencies"
    )

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.short_name


class UserQuerySet(models.QuerySet["User"]):
    """People in number, of whom none is ever deleted."""

    def visible_to(self, user: User) -> UserQuerySet:
        """Keep all but the machine for who manages people, oneself for everybody else."""
        if user.may("onboarding.manage_people"):
            return self.exclude(role=roles.SYSTEM)
        return self.filter(pk=user.pk)

    def delete(self) -> NoReturn:
        """Refuse: work and decisions point to people; an account is switched off."""
        raise ProtectedError("people are switched off, never deleted", set())


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    """Makes people; an e-mail or a phone number is enough, an owner often has only one of them."""

    def create_user(
        self,
        email: str | None = None,
        password: str | None = None,
        *,
        phone: str | None = None,
        role: str,
        **fields: Any,
    ) -> User:
        """Create a person who can sign in; without a password only codes and links open the
        door."""
        if not email and not phone:
            raise ValueError("a person needs an e-mail or a phone number to sign in")
        user = self.model(
            email=self.normalize_email(email).lower() if email else None,
            phone=phone or None,
            role=role,
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create the technical keeper (role ``admin``), for Django's own command."""
        fields.setdefault("role", roles.ADMIN)
        return self.create_user(email, password, is_staff=True, is_superuser=False, **fields)

    def system(self) -> User:
        """Return the seeded person in whose name the machine acts."""
        return self.get(role=roles.SYSTEM)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with one role; never deleted, only deactivated (work and decisions point here)."""

    ROLE_NAMES: ClassVar = {
        roles.OFFICER: _("Onboarding officer"),
        roles.APPROVER: _("Approver"),
        roles.AGENCY: _("Agency staff"),
        roles.COOPERATIVE: _("Cooperative office staff"),
        roles.VENDOR: _("Business owner"),
        roles.TRAINER: _("Trainer"),
        roles.AUDITOR: _("Auditor"),
        roles.MANAGER: _("Manager"),
        roles.ADMIN: _("Administrator"),
        roles.SYSTEM: _("System"),
    }

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=16, unique=True, null=True, blank=True)
    phone_verified = models.BooleanField(default=False)
    full_name = models.CharField(_("full name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=list(ROLE_NAMES.items()))
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        ordering = ("full_name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False),
                name="user_can_be_reached",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=(roles.AGENCY, roles.COOPERATIVE)) | Q(agency__isnull=False),
                name="referrer_has_an_agency",
            ),
            models.UniqueConstraint(
                fields=("role",), condition=Q(role=roles.SYSTEM), name="one_system_user"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or self.phone or ""

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse: work and decisions point to people; an account is switched off."""
        raise ProtectedError("people are switched off, never deleted", {self})

    def get_full_name(self) -> str:
        """Return the name as one string; many people have one name only."""
        return self.full_name

    def may(self, act: str) -> bool:
        """Answer for the role alone: ``user.may("workflows.verify_case")``; an auditor's acts end
        with the assignment."""
        if not self.is_active or not roles.may(self.role, act):
            return False
        if self.role != roles.AUDITOR or act in roles.WITHOUT_ASSIGNMENT:
            return True
        return bool(self.running_audits)

    @cached_property
    def running_audits(self) -> list[Any]:
        """The assignments by which this auditor may read today; none for any other role."""
        if self.role != roles.AUDITOR or not self.pk:
            return []
        assignments = apps.get_model("workflows", "AuditAssignment").objects
        return list(assignments.running(timezone.localdate()).filter(auditors=self))

    def sees_every_vendor(self) -> bool:
        """Say whether the role's work spans the whole programme."""
        if not self.is_active or self.role not in roles.SEES_EVERY_VENDOR:
            return False
        return self.role != roles.AUDITOR or any(a.covers_everything for a in self.running_audits)

    def sees_every_part(self) -> bool:
        """Say whether no part of the province bounds what this person sees; a period may."""
        return self.sees_every_vendor() or any(audit.is_whole for audit in self.running_audits)

    def vendors_in_sight(self) -> QuerySet[Any, Any]:
        """Return the ids of the firms this person may see, as a subquery.

        Offices see the firms they nominated, owners the firms proved to be theirs, trainers the
        firms with a seat in their sessions, auditors what their assignments cover.
        """
        vendors: QuerySet[Any] = apps.get_model("onboarding", "Vendor").objects.standing()
        if self.sees_every_vendor():
            return vendors.values("pk")
        if not self.is_active:
            return vendors.none().values("pk")
        if self.role in (roles.AGENCY, roles.COOPERATIVE):
            named = {"referrals__agency": self.agency_id or 0}
            return vendors.filter(**named, referrals__withdrawn_at__isnull=True).values("pk")
        if self.role == roles.VENDOR:
            return vendors.filter(
                memberships__user=self, memberships__proved_at__isnull=False
            ).values("pk")
        if self.role == roles.TRAINER:
            own = Q(seats__session__trainer=self) | Q(seats__session__co_trainers=self)
            return vendors.filter(own).values("pk")
        return vendors.filter(self.audited("firms")).values("pk")

    def audited(self, rows: str) -> Q:
        """The condition on "firms", "sessions", "requests", "tickets" or "alerts" that an
        auditor's assignments set; one that all rows meet for everybody else."""
        is_unbounded = self.sees_every_vendor() and rows != "alerts"  # these have a beginning too
        if self.role != roles.AUDITOR or is_unbounded:
            return Q()
        covered = [getattr(audit, rows)() for audit in self.running_audits]
        return reduce(or_, covered, Q(pk__in=()))


class MembershipQuerySet(OfVendorQuerySet):
    """Who owns a firm is seen by those who see it, and by the owner who has not proved it yet."""

    own = "user"


class Membership(models.Model):
    """Ties an owner to a firm; shows nothing private until it is proved (``proved_at``)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="memberships"
    )
    created_at = models.DateTimeField(default=timezone.now)
    proved_at = models.DateTimeField(null=True, blank=True)
    proved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    failed_proofs = models.PositiveSmallIntegerField(default=0)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("user", "vendor"), name="one_membership_per_person"),
            models.CheckConstraint(
                condition=Q(proved_at__isnull=True, proved_by__isnull=True)
                | Q(proved_at__isnull=False, proved_by__isnull=False),
                name="membership_proved_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.vendor}"


class InvitationQuerySet(OfActQuerySet):
    """Invitations are for who invites."""

    needs = ("onboarding.manage_people",)

    def standing(self) -> InvitationQuerySet:
        """Keep what opens an account: neither used nor over, nor of somebody switched off."""
        return self.filter(
            used_at__isnull=True, expires_at__gt=timezone.now(), created_by__is_active=True
        )


class Invitation(models.Model):
    """The only way into an account of staff or of an office; the token is kept as a hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("full name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=list(User.ROLE_NAMES.items()))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
                name="invitation_used_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"


class JoiningStepQuerySet(models.QuerySet["JoiningStep"]):
    """The road of offices is the programme's own account of itself; an office reads its own."""

    def standing(self) -> JoiningStepQuerySet:
        """Keep what counts: neither a proposal nor taken back as a mistake."""
        return self.filter(is_proposed=False, withdrawn_at__isnull=True)

    def visible_to(self, user: User) -> JoiningStepQuerySet:
        """Keep the steps of all offices for those who see the programme, else of one's own."""
        if user.sees_every_vendor():
            return self
        return self.filter(agency__isnull=False, agency=user.agency_id)


class JoiningStep(models.Model):
    """An office took a step on its own road: committed, trained, buying; with its evidence."""

    class Step(models.TextChoices):
        NOT_JOINED = "not_joined", _("Not joined")
        COMMITTED = "committed", _("Committed")
        TRAINED = "trained", _("Trained")
        BUYING = "buying", _("Buying")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="joining_steps")
    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    taken_on = models.DateField(_("date"))
    evidence = models.CharField(_("evidence"), max_length=250)
    #: What is known only as of a date is shown with that date, never as today's fact.
    as_of = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Found by the machine; counts once a person has confirmed it.
    is_proposed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdraw_reason = models.CharField(max_length=160, blank=True)

    objects = JoiningStepQuerySet.as_manager()

    class Meta:
        ordering = ("agency", "-taken_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("agency", "step", "taken_on"),
                condition=Q(withdrawn_at__isnull=True),
                name="one_step_of_an_office_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="joining_step_withdrawn_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.step} {self.taken_on}"
