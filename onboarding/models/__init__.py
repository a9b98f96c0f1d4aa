"""WHO: people, offices, regions, firms and the referrals that named them."""

from onboarding.models.people import (
    Agency,
    District,
    Invitation,
    Membership,
    Region,
    User,
)
from onboarding.models.referrals import Referral, ReferralSheet, SheetRow
from onboarding.models.twins import FirmPair
from onboarding.models.vendors import ENDED, LegalForm, Screening, Status, Vendor

__all__ = [
    "ENDED",
    "Agency",
    "District",
    "FirmPair",
    "Invitation",
    "LegalForm",
    "Membership",
    "Referral",
    "ReferralSheet",
    "Region",
    "Screening",
    "SheetRow",
    "Status",
    "User",
    "Vendor",
]
