"""Every code of the plain rules in words: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy as _

from onboarding import eligibility
from onboarding.eligibility import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onboarding.models import Region, Screening

#: Why a whole sheet was not read.
REFUSALS = {
    "empty_file": _("The file is empty."),
    "not_a_sheet": _(
        "This file is not a spreadsheet. Save it as .xlsx or .csv, then upload it again."
    ),
    "picture": _(
        "This file is a picture. Type the list as a spreadsheet; a photograph of one cannot be read."
    ),
    "pdf": _("This file is a PDF. Ask for the spreadsheet it was printed from and upload that."),
    "web_page": _(
        "This file is a web page under the name of a spreadsheet. Open it in Excel, save it as .xlsx and upload that."
    ),
    "broken_sheet": _(
        "The file cannot be opened. Copy its rows into the template, then upload the template."
    ),
    "no_header": _(
        "No row with column titles was found in the first %(rows)s rows. Use the titles of the template."
    ),
    "wrong_columns": _("These columns are missing: %(missing)s. Found in the file: %(found)s."),
    "no_rows": _("The sheet has titles but no filled rows."),
    "too_many_rows": _("The sheet has more than %(limit)s rows. Split it into several files."),
    "too_large": _(
        "The file is larger than %(limit_mb)s MB. Remove pictures or split it into several files."
    ),
    "macros": _("The file contains macros. Save it as .xlsx without macros, then upload it again."),
    "not_entered": _("The list could not be entered. Nothing of it counts yet; confirm it again."),
    "locked_sheet": _(
        "The file is locked with a password. Remove the password, then upload it again."
    ),
    "infected": _(
        "The antivirus found harmful software in this file. Type the list into a new copy of the "
        "template on a clean computer."
    ),
    "scan_failed": _(
        "The file could not be checked for viruses just now. Nothing was kept; send it again later."
    ),
    "zip_bomb": _(
        "The file unpacks to far more than a sheet needs. Copy its rows into the template, then upload the template."
    ),
}

#: What a list that was taken carries beside its cells.
FLAGS = {
    "book_attachment": _("another file is embedded in it"),
    "book_other_file": _("it draws on other files"),
    "name_differs": _("its name says another kind of file than it is"),
}

#: What is wrong, or worth knowing, in a cell.
PROBLEMS = {
    "required": _("This column must be filled."),
    "too_long": _("This is longer than %(limit)s characters. Shorten it."),
    "email_invalid": _("“%(value)s” is not an e-mail address."),
    "legal_form_unknown": _(
        "“%(value)s” is not a legal form that we know. Choose Perorangan, CV, PT, PT Perorangan or Koperasi."
    ),
    "region_unknown": _("“%(value)s” is not a regency or city of East Java."),
    "region_misspelt": _("“%(value)s” is not known. Did you mean %(suggestion)s?"),
    "region_ambiguous": _("“%(value)s” may be %(first)s or %(second)s. Write which one."),
    "nib_digits": _("An NIB has digits only; “%(value)s” has other characters."),
    "nib_length": _("An NIB has 13 digits; “%(value)s” does not."),
    "npwp_digits": _("An NPWP has digits only; “%(value)s” has other characters."),
    "npwp_length": _("An NPWP has 16 digits, or 15 in the old form; “%(value)s” does not."),
    "nik_digits": _("A NIK has digits only; “%(value)s” has other characters."),
    "nik_length": _("A NIK has 16 digits; “%(value)s” does not."),
    "nik_province": _(
        "“%(value)s” does not begin with the code of a province. Check the NIK on the identity card."
    ),
    "nik_date": _(
        "The date of birth inside “%(value)s” does not exist. Check the NIK on the identity card."
    ),
    "phone_invalid": _("“%(value)s” is not a phone number that can be called."),
    "amount_invalid": _("“%(value)s” is not an amount in rupiah."),
    "kbli_digits": _("A KBLI code has digits only; “%(value)s” was left out."),
    "kbli_length": _("A KBLI code has 5 digits; “%(value)s” was left out."),
    "kbli_unknown": _("KBLI “%(value)s” is not in our list; it was left out."),
    "kbli_old_version": _("KBLI %(value)s is in the 2020 list only. Align the NIB to KBLI 2025."),
    "npwp_check_digit": _(
        "The check digit of NPWP “%(value)s” does not fit. Compare it with the card."
    ),
    "npwp_unknown_pattern": _(
        "NPWP “%(value)s” is neither a NIK nor an old number. Compare it with the card."
    ),
    "npwp_nitku": _(
        "“%(value)s” is the number of a place of business (NITKU); its first 16 digits were taken as NPWP."
    ),
    "npwp_is_personal": _("This NPWP is a person's NIK. A company has an NPWP of its own."),
    "nik_serial": _(
        "The last four digits of “%(value)s” are 0000. Compare it with the identity card."
    ),
    "phone_several": _("Several numbers were typed; the first that can be called was taken."),
    "phone_landline": _("“%(value)s” is a landline; it cannot receive WhatsApp or SMS."),
    "phone_foreign": _("“%(value)s” is a number outside Indonesia."),
    "no_contact": _("No phone and no e-mail: nobody can reach this business."),
    "placeholder": _("“%(value)s” is not a real number; it was left out."),
    "digits_lost": _(
        "The spreadsheet lost the last digits of “%(value)s”, so it was left out. Make the column text and type the number again."
    ),
    "zeros_restored": _(
        "The spreadsheet had lost leading zeros; they were restored: %(value)s. Check the number."
    ),
    "float_number": _("The cell held a number; it was read as text."),
    "date_number": _("The cell showed a date; the number behind it was taken: %(value)s."),
    "mixed_up": _("“%(value)s” stands where another number belongs; it looks like the %(other)s."),
    "cut": _("The text was very long; the rest was left out."),
    "form_differs_from_name": _("The name begins with %(value)s, but another legal form is given."),
}

#: What accepting every repair of a kind does, by the code of the problem.
REPAIRS = {
    "": _("Write the number as it was most likely meant"),
    "region_misspelt": _("Write the name of the region as it is spelt"),
    "required": _("Take the legal form from the name of the business"),
    "legal_form_unknown": _("Write the legal form as we know it"),
    "form_differs_from_name": _("Take the legal form from the name of the business"),
    "mixed_up": _("Exchange numbers that stand in each other’s column"),
    "email_invalid": _("Correct the e-mail address"),
    "npwp_length": _("Put the lost zero back in front"),
    "nib_length": _("Put the lost zeros back in front"),
}

#: Why a row looks like a known firm.
MATCHES = {
    "same_nib": _("The same NIB"),
    "same_company_npwp": _("The same company NPWP"),
    "same_nik": _("The same NIK of the owner"),
    "same_phone": _("The same phone number"),
    "same_name_and_region": _("The same name in the same region"),
    "nib_and_npwp_disagree": _("The NIB names one business, the NPWP another"),
    "nib_differs": _("but the NIB differs"),
    "legal_form_differs": _("but the legal form differs"),
    "npwp_not_of_a_company": _("but this NPWP is not given as a company's"),
    "same_nib_in_sheet": _("The same NIB in a row above"),
}

#: What the screening could not know.
NOTES = {
    "scale_unknown": _("Capital and sales are not known, so the scale is not known."),
    "scale_by_only_figure": _("The scale follows the only figure that is known."),
    "scale_figures_differ": _("Capital and sales point to different scales."),
    "region_not_known": _("The region is not known yet."),
    "kbli_not_known": _("The KBLI is not known yet."),
    "name_on_blacklist": _("A business of this name is on the national blacklist; have a look."),
}

#: What has to be settled first; until then a firm stays where it is.
WAITS = {
    "looks_like_another": _("It looks like another business; an officer compares the two."),
    "not_yet_verified": _("Not yet verified with the register"),
}

#: The size of a firm by PP 7/2021.
SCALES = {
    "micro": _("Micro"),
    "small": _("Small"),
    "medium": _("Medium"),
    "large": _("Large"),
    "unknown": _("Not known yet"),
}

#: Why the rules say no (the official list's words).
REASONS = {
    "OUT_OF_REGION": _("The business is outside East Java"),
    "NOT_UMK": _("The business is not micro or small"),
    "NO_LEGAL_FORM": _("The form of business does not meet the programme rule"),
    "BLACKLISTED": _("Listed on the national blacklist"),
    "ASN_OWNER": _("The owner or manager is a serving civil servant or officer who is not allowed"),
    "NIB_INVALID": _("The NIB is not found or not active in OSS"),
    "KBLI_OLD_VERSION": _("The KBLI is the 2020 version, not yet aligned to 2025"),
    "NPWP_INVALID": _("The NPWP is invalid or not matched to 16 digits"),
    "KBLI_MISMATCH": _("The KBLI on the NIB does not cover the goods or services offered"),
    "NAME_MISMATCH": _("A register holds other facts under this number"),
}

#: What is wrong with rules that somebody wrote.
RULE_PROBLEMS = {
    "rule_unknown": _("There is no such rule."),
    "rule_ends_before_it_begins": _("The last day lies before the first day."),
    "rule_form_unknown": _("A legal form is not known."),
    "rule_bounds_do_not_rise": _("The bounds of micro, small and medium must rise."),
    "rule_admits_nobody": _("Choose at least one scale."),
    "rule_says_nothing": _("Write at least one code that is admitted or not admitted."),
    "rule_twice": _("The same rule counts twice for the same form on the same day."),
}

#: Why a row of the blacklist was handed back.
SANCTIONS = {
    "sanction_without_a_name": _("The name is missing."),
    "sanction_without_a_day": _("The first day of the sanction is missing or cannot be read."),
    "sanction_end_unreadable": _("The last day of the sanction cannot be read."),
    "sanction_ends_before_it_begins": _("The sanction ends before it begins."),
    "sanction_npwp_unreadable": _("The NPWP cannot be read."),
}

#: Each rule in words: what it asks.
RULES = {
    "in_east_java": _("The business is in East Java"),
    "msme_scale": _("How large a business is (micro, small, medium)"),
    "umk_only": _("Which scales may join"),
    "legal_forms": _("Which legal forms may join"),
    "admit_perorangan": _("Sole traders may join"),
    "nib_required": _("An NIB is needed"),
    "not_blacklisted": _("Nobody on the national blacklist"),
    "no_asn_owner": _("No owner who is a serving civil servant, soldier or police officer"),
    "kbli_admitted": _("Which KBLI codes may join"),
    "no_open_twin": _("Wait while a business looks like another one"),
    "in_register": _("A register outside must agree"),
}

WORDS: dict[str, Any] = {
    **REFUSALS, **PROBLEMS, **MATCHES, **NOTES, **WAITS, **SCALES, **REASONS, **RULE_PROBLEMS,
    **SANCTIONS,
}  # fmt: skip


def say(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Say a code in the reader's language; lists among ``params`` are joined, an unknown code is shown."""
    sentence = str(WORDS.get(code, code))
    filled = {k: ", ".join(v) if isinstance(v, list) else v for k, v in (params or {}).items()}
    try:
        return sentence % filled if "%(" in sentence else sentence
    except KeyError:
        return sentence


def rule_title(code: str) -> str:
    """Say what a rule asks."""
    return str(RULES.get(code, code))


def path_steps(codes: Iterable[str], region: Region | None = None) -> list[dict[str, str]]:
    """Say the steps of a path: what to get, who issues it, who helps in this region, the cost."""
    steps = [eligibility.PATHS[code] for code in codes if code in eligibility.PATHS]
    return [
        {
            "what": gettext(step.what),
            "issued_by": _near(step.issued_by, region),
            "helped_by": _near(step.helped_by, region),
            "cost": gettext(paths.COST),
            "link": step.link,
        }
        for step in steps
    ]


def _near(office: str, region: Region | None) -> str:
    """Name the office of the firm's own government where the step says "of your region"."""
    if not office:
        return ""
    if region is None or office not in paths.HELP_IN_REGION:
        return gettext(office)
    return gettext(paths.HELP_IN_REGION[office]) % {"government": region.government_name}


def reasons_in_words(screening: Screening | None, region: Region | None) -> list[dict[str, Any]]:
    """Say why a firm does not meet the rules yet, each reason with its steps."""
    return [
        {"title": say(reason["code"]), "steps": path_steps(reason.get("path", []), region)}
        for reason in (screening.reasons if screening else [])
    ]
