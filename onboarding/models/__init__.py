"""WHO: people, offices, regions, firms and the referrals that named them."""

from onboarding.models.blacklist import BlacklistEntry, BlacklistImport, BlacklistVerdict
from onboarding.models.campaigns import (
    Campaign,
    ReferralRequest,
    RequestAnswer,
    Standing,
)
from onboarding.models.columns import ColumnMap
from onboarding.models.people import (
    Agency,
    District,
    Invitation,
    JoiningStep,
    Membership,
    Region,
    User,
)
from onboarding.models.referrals import Referral, ReferralSheet, SheetRow
from onboarding.models.registers import RegisterAnswer
from onboarding.models.rules import KbliCode, RuleFlip, RulePreview, RuleVersion
from onboarding.models.signin import SignInMessage, SignOn
from onboarding.models.twins import FirmPair
from onboarding.models.vendors import ENDED, LegalForm, Screening, Status, Vendor
from onboarding.models.words import FirmWord, WordsLearnt

__all__ = [
    "ENDED",
    "Agency",
    "BlacklistEntry",
    "BlacklistImport",
    "BlacklistVerdict",
    "Campaign",
    "ColumnMap",
    "District",
    "FirmPair",
    "FirmWord",
    "Invitation",
    "JoiningStep",
    "KbliCode",
    "LegalForm",
    "Membership",
    "Referral",
    "ReferralRequest",
    "ReferralSheet",
    "Region",
    "RegisterAnswer",
    "RequestAnswer",
    "RuleFlip",
    "RulePreview",
    "RuleVersion",
    "Screening",
    "SheetRow",
    "SignInMessage",
    "SignOn",
    "Standing",
    "Status",
    "User",
    "Vendor",
    "WordsLearnt",
]
