"""The firm, and what the rules said of it. ``Vendor.status`` is written by the desk's lifecycle
only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.identifiers import fold_name
from onboarding.models.people import District, Region
from onboarding.models.sight import OfVendorQuerySet

if TYPE_CHECKING:
    from onboarding.models.people import User


class Status(models.TextChoices):
    """Finishes the sentence "the vendor is …"; codes are stable, labels are translated."""

    REFERRED = "REFERRED", _("Referred")
    INELIGIBLE = "INELIGIBLE", _("Not yet eligible")
    ELIGIBLE = "ELIGIBLE", _("Eligible")
    INVITED = "INVITED", _("Invited")
    GUIDED = "GUIDED", _("Guided")
    SUBMITTED = "SUBMITTED", _("Submitted")
    RETURNED = "RETURNED", _("To be corrected")
    VERIFIED = "VERIFIED", _("Verified")
    APPROVED = "APPROVED", _("Approved")
    REGISTERED = "REGISTERED", _("Registered")
    ACTIVE = "ACTIVE", _("On sale")
    REJECTED = "REJECTED", _("Rejected")
    SUSPENDED = "SUSPENDED", _("Suspended")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    LAPSED = "LAPSED", _("Lapsed")


ENDED = (Status.REJECTED, Status.WITHDRAWN, Status.LAPSED)


class LegalForm(models.TextChoices):
    """The form of business; it decides which papers are asked."""

    SOLE_TRADER = "perorangan", _("Sole trader")
    CV = "cv", _("CV (limited partnership)")
    PT = "pt", _("PT (limited company)")
    ONE_PERSON_PT = "pt_perorangan", _("PT Perorangan (one-person company)")
    COOPERATIVE = "koperasi", _("Cooperative")


class VendorQuerySet(models.QuerySet["Vendor"]):
    """Every list of firms starts here."""

    def standing(self) -> VendorQuerySet:
        """Leave out the firms that were found to be another one and were merged into it."""
        return self.filter(merged_into__isnull=True)

    def visible_to(self, user: User) -> VendorQuerySet:
        """Keep the standing firms that this person may see; a merged one only leads to another."""
        if user.sees_every_vendor():
            return self.standing()
        return self.filter(pk__in=user.vendors_in_sight())


class Vendor(models.Model):
    """A firm on the road. Identifiers are text (zeros in front count) and may be unknown at
    first."""

    name = models.CharField(_("business name"), max_length=160)
    folded_name = models.CharField(max_length=160, db_index=True, editable=False)
    legal_form = models.CharField(_("legal form"), max_length=16, choices=LegalForm.choices)
    nib = models.CharField("NIB", max_length=13, blank=True)
    npwp = models.CharField("NPWP", max_length=16, blank=True)
    owner_name = models.CharField(_("name of owner or director"), max_length=120)
    nik = models.CharField("NIK", max_length=16, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="vendors")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    kbli_version = models.CharField(max_length=4, blank=True)
    kbli = models.CharField("KBLI", max_length=5, blank=True)
    category = models.CharField(_("goods or services"), max_length=160, blank=True)
    capital = models.DecimalField(
        _("business capital (Rp)"), max_digits=16, decimal_places=0, null=True, blank=True
    )
    yearly_sales = models.DecimalField(
        _("sales in a year (Rp)"), max_digits=16, decimal_places=0, null=True, blank=True
    )
    founded_on = models.DateField(null=True, blank=True)
    asn_owner = models.BooleanField(default=False)
    blacklisted_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.REFERRED, editable=False
    )
    status_at = models.DateTimeField(default=timezone.now, editable=False)
    status_before_suspension = models.CharField(max_length=10, blank=True, editable=False)
    suspended_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rejected_on = models.DateField(null=True, blank=True, editable=False)
    no_shows = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="merged_firms",
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = VendorQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("nib",),
                condition=~Q(nib="") & Q(merged_into__isnull=True),
                name="one_firm_per_nib",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="vendor_status_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=("status", "-status_at", "-id"), name="vendor_by_status"),
            models.Index(fields=("region", "status"), name="vendor_by_region"),
            models.Index(fields=("nik",), condition=~Q(nik=""), name="vendor_by_nik"),
            models.Index(
                fields=("merged_into",),
                condition=Q(merged_into__isnull=False),
                name="vendor_by_merged_into",
            ),
            models.Index(fields=("npwp",), condition=~Q(npwp=""), name="vendor_by_npwp"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded name beside the name, so that look-alikes are found by an index."""
        self.folded_name = fold_name(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def refresh(self) -> Vendor:
        """Return this firm as it is in the database now."""
        return type(self).objects.get(pk=self.pk)

    def standing_firm(self) -> Vendor:
        """Return the firm that stands for this one now, however often it was merged on."""
        firm = self
        while firm.merged_into is not None:
            firm = firm.merged_into
        return firm

    @property
    def number(self) -> str:
        """The number that people quote on the phone: ``VO-2026-000123``."""
        return f"VO-{self.created_at:%Y}-{self.pk:06d}"

    @property
    def is_company(self) -> bool:
        """A company's NPWP identifies the firm; a sole trader's identifies the person."""
        return self.legal_form != LegalForm.SOLE_TRADER


class Screening(models.Model):
    """What the rules said of a firm, on which facts, by which version: kept so that it can be
    explained."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="screenings")
    judged_at = models.DateTimeField(default=timezone.now)
    is_eligible = models.BooleanField()
    reasons = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    codes = models.CharField(max_length=200, blank=True)
    notes = models.JSONField(default=list)
    waits = models.JSONField(default=list)
    scale = models.CharField(max_length=10, blank=True)
    rules_version = models.CharField(max_length=40)
    rules_number = models.PositiveIntegerField(null=True, blank=True)

    objects = OfVendorQuerySet.as_manager()

    class Meta:
        ordering = ("-judged_at", "-pk")

    def __str__(self) -> str:
        return f"{self.vendor}: {self.is_eligible}"
