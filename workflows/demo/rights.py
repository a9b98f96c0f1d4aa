"""What owners and officers left on their pages about data: looks, consents, a wish to correct."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from onboarding import roles
from onboarding.models import Membership
from workflows import actions
from workflows.models import Consent, Look

if TYPE_CHECKING:
    from onboarding.models import User

LOOKS = (
    ("petugas", Look.What.CASE, 30),
    ("petugas", Look.What.ORIGINAL, 29),
    ("penyetuju", Look.What.CASE, 6),
)


def bring_rights(people: dict[str, User]) -> None:
    """Give the owners who sign in with a password something to see on the page of their data."""
    proved = Membership.objects.filter(
        user__role=roles.VENDOR, user__email__startswith="usaha", proved_at__isnull=False
    )
    for number, membership in enumerate(proved.select_related("user", "vendor").order_by("pk")):
        owner, firm = membership.user, membership.vendor
        for name, what, hours in LOOKS:
            at = timezone.now() - timedelta(hours=hours)
            hour = at.replace(minute=0, second=0, microsecond=0)
            by = people[name]
            Look.objects.get_or_create(
                vendor=firm, by=by, what=what, hour=hour, defaults={"role": by.role, "at": at}
            )
        actions.give_consent(firm, purpose=Consent.Purpose.PUBLICITY, by=owner)
        if number == 0:
            actions.propose_correction(
                firm,
                fact="address",
                value="Jalan Contoh Nomor 12A",
                reason="Pindah",
                by=owner,
            )
