"""The way on for a firm that fails: what to get, who issues it, who helps near it, at what cost."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PathStep:
    """One step of a path as English msgids; `link` is where it begins, when it begins on line."""

    what: str
    issued_by: str
    helped_by: str
    link: str = ""


def _(text: str) -> str:
    """Mark an English msgid for the translators; this module itself knows no language."""
    return text


#: Nothing on any path costs money; it is said with every step, because people are asked for it.
COST = _("Free of charge")

OSS = _("OSS (Ministry of Investment)")
TAX_OFFICE = _("Tax office (DJP)")
LAW = _("Ministry of Law (Directorate General AHU)")
BUREAU = _("Procurement Bureau of East Java")
ANY_OFFICE = _(
    "Cooperative and SME Office or the licensing office (DPMPTSP) of your regency or city"
)
COOPERATIVE = _("Cooperative and SME Office of your regency or city")
LICENSING = _("Licensing office (DPMPTSP) of your regency or city")

#: The same help where the region is known: the office of that government, by its name.
HELP_IN_REGION: Mapping[str, str] = {
    ANY_OFFICE: _("Cooperative and SME Office or licensing office (DPMPTSP) of %(government)s"),
    COOPERATIVE: _("Cooperative and SME Office of %(government)s"),
    LICENSING: _("Licensing office (DPMPTSP) of %(government)s"),
}

OSS_LINK = "https://oss.go.id"
AHU_LINK = "https://ahu.go.id"
TAX_LINK = "https://pajak.go.id"
INAPROC_LINK = "https://inaproc.id"

PATHS: dict[str, PathStep] = {
    "get_nib": PathStep(
        _("Get a business identification number (NIB) at oss.go.id; it is free of charge."),
        OSS,
        ANY_OFFICE,
        OSS_LINK,
    ),
    "pt_perorangan": PathStep(
        _("Register a one-person company (PT Perorangan) online; it needs no notary."),
        LAW,
        COOPERATIVE,
        AHU_LINK,
    ),
    "cooperative_clinic": PathStep(
        _("Visit the business clinic to choose the form of business that suits you."),
        COOPERATIVE,
        COOPERATIVE,
    ),
    "correct_figures": PathStep(
        _("If the capital or sales figures are wrong, correct them on your NIB at oss.go.id."),
        OSS,
        LICENSING,
        OSS_LINK,
    ),
    "other_channels": PathStep(
        _("Offer your goods through the national electronic catalogue or a tender."),
        _("INAPROC (LKPP)"),
        BUREAU,
        INAPROC_LINK,
    ),
    "own_province": PathStep(
        _("Ask the procurement bureau of the province where your business is."),
        _("Procurement bureau of your province"),
        BUREAU,
    ),
    "east_java_branch": PathStep(
        _("If you also do business in East Java, add that place to your NIB at oss.go.id."),
        OSS,
        LICENSING,
        OSS_LINK,
    ),
    "blacklist_end": PathStep(
        _("Wait until the sanction ends, or show the decision that lifts it."),
        _("The office that imposed the sanction"),
        BUREAU,
    ),
    "non_asn_owner": PathStep(
        _(
            "Show that nobody who owns or manages the business is a serving civil servant, soldier "
            "or police officer."
        ),
        _("Notary or OSS, depending on the form of business"),
        BUREAU,
    ),
    "fitting_kbli": PathStep(
        _("Add the KBLI code of what you sell to your NIB at oss.go.id."),
        OSS,
        LICENSING,
        OSS_LINK,
    ),
    "new_kbli": PathStep(
        _("Align the KBLI codes of your NIB with KBLI 2025 at oss.go.id."),
        OSS,
        LICENSING,
        OSS_LINK,
    ),
    "valid_npwp": PathStep(
        _("Match your tax number (NPWP) with its 16 digits, and bring your tax status up to date."),
        TAX_OFFICE,
        _("Tax office of your place"),
        TAX_LINK,
    ),
    "same_names": PathStep(
        _("Make the name and address the same on your NIB, NPWP, deed and identity card."),
        _("The office that issued the paper that is wrong"),
        ANY_OFFICE,
    ),
    "same_account": PathStep(
        _("Use a bank account in the name of the business or of its owner."),
        _("Your bank"),
        BUREAU,
    ),
    "new_photo": PathStep(
        _("Take a new photograph: the whole page, by daylight, without a shadow; then send it."),
        _("Yourself, with your own phone"),
        COOPERATIVE,
    ),
    "right_paper": PathStep(
        _("Look at the list of papers on your page and send the paper that is asked for."),
        _("The office named beside the paper"),
        COOPERATIVE,
    ),
    "latest_deed": PathStep(
        _("Send the newest deed of amendment, with all its pages."),
        _("Notary who made the deed"),
        COOPERATIVE,
    ),
    "authority": PathStep(
        _("Let a person named in the deed act, or send a power of attorney that they signed."),
        _("The person named in the deed"),
        BUREAU,
    ),
    "known_firm": PathStep(
        _("Sign in with the contact that you used before, or ask us to join the two entries."),
        BUREAU,
        BUREAU,
    ),
    "next_session": PathStep(
        _("Come to the next technical guidance session; it is free of charge."), BUREAU, BUREAU
    ),
    "better_photos": PathStep(
        _("Photograph your product from the front on a plain background, by daylight."),
        _("Yourself, with your own phone"),
        COOPERATIVE,
    ),
    "fair_price": PathStep(
        _("Compare your price with the market and show how it is made up."),
        _("Yourself, with your own figures"),
        COOPERATIVE,
    ),
    "own_capacity": PathStep(
        _("State what you can make and deliver in a week, and offer that much."),
        _("Yourself, with your own figures"),
        COOPERATIVE,
    ),
    "be_named_again": PathStep(
        _("Ask an office that buys from you, or the Cooperative Office, to name you again."),
        _("The office that names you"),
        COOPERATIVE,
    ),
}

#: For every code of `rejection-reasons.csv` the steps that lead on from it.
REASON_PATHS: Mapping[str, tuple[str, ...]] = {
    "DOC_EXPIRED": ("right_paper",),
    "DOC_MISSING": ("right_paper",),
    "DOC_UNREADABLE": ("new_photo",),
    "DOC_WRONG_TYPE": ("right_paper",),
    "DOC_INCOMPLETE_PAGES": ("new_photo",),
    "DOC_NOT_LATEST": ("latest_deed",),
    "NAME_MISMATCH": ("same_names",),
    "ADDRESS_MISMATCH": ("same_names",),
    "NIB_INVALID": ("get_nib",),
    "NIB_DUPLICATE": ("known_firm",),
    "KBLI_MISMATCH": ("fitting_kbli",),
    "KBLI_OLD_VERSION": ("new_kbli",),
    "NPWP_INVALID": ("valid_npwp",),
    "KSWP_INVALID": ("valid_npwp",),
    "BANK_MISMATCH": ("same_account",),
    "NOT_REPRESENTED": ("authority",),
    "ASN_OWNER": ("non_asn_owner",),
    "BLACKLISTED": ("blacklist_end",),
    "NOT_UMK": ("correct_figures", "other_channels"),
    "NO_LEGAL_FORM": ("cooperative_clinic",),
    "OUT_OF_REGION": ("own_province", "east_java_branch"),
    "BIMTEK_NOT_ATTENDED": ("next_session",),
    "PRODUCT_PHOTO": ("better_photos",),
    "PRICE_UNREASONABLE": ("fair_price",),
    "CAPACITY": ("own_capacity",),
    "NO_RESPONSE": ("be_named_again",),
    "WITHDRAWN": ("be_named_again",),
}
