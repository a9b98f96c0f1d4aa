"""Kinds of paper in words: what one looks like, and as the title of a row."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

LOOKS_LIKE: Final[dict[str, Any]] = {
    "akta_pt": _("a deed of establishment of a PT"),
    "akta_cv": _("a deed of establishment of a CV"),
    "akta_firma": _("a deed of establishment of a Firma"),
    "akta_koperasi": _("a deed of establishment of a cooperative"),
    "akta_yayasan": _("a deed of establishment of a foundation"),
    "akta_perubahan": _("a deed of amendment"),
    "pernyataan_perorangan": _("a statement of establishment of a PT Perorangan"),
    "sk_ahu": _("a decree or certificate of the Ministry of Law"),
    "nib": _("an NIB"),
    "npwp": _("an NPWP"),
    "ktp": _("an identity card (KTP)"),
}
TITLES: Final[dict[str, Any]] = {
    "akta_pt": _("Deed of a PT"),
    "akta_cv": _("Deed of a CV"),
    "akta_firma": _("Deed of a Firma"),
    "akta_koperasi": _("Deed of a cooperative"),
    "akta_yayasan": _("Deed of a foundation"),
    "akta_perubahan": _("Deed of amendment"),
    "pernyataan_perorangan": _("Statement of a PT Perorangan"),
    "sk_ahu": _("Decree of the Ministry of Law"),
    "nib": _("NIB"),
    "npwp": _("NPWP"),
    "ktp": _("KTP"),
    "unknown": _("Not recognised"),
}
