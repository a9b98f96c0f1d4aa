"""What the rows of a sheet are compared with: the regions, the KBLI list, the firms already
known."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from onboarding import matching
from onboarding.identifiers import fold_name
from onboarding.models import KbliCode, Region, SheetRow, Vendor
from onboarding.rows import CheckedRow, check_row, index_regions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

COMPARED = ("pk", "nib", "npwp", "phone", "nik", "folded_name", "region_id", "legal_form")
REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@cache
def _shipped_codes() -> dict[str, frozenset[str]]:
    with (REFERENCE / "kbli-2020.csv").open(encoding="utf-8") as file:
        return {"2020": frozenset(row["code"] for row in csv.DictReader(file))}


def kbli_codes() -> dict[str, frozenset[str]]:
    """The published codes by version: 2020 is shipped, the Bureau may load 2025 (`load_kbli`).

    Rows of a long list ask one after the other, so what was loaded is looked up once a minute.
    """
    return _known_codes(int(time.monotonic() // 60))


@lru_cache(maxsize=1)
def _known_codes(_minute: int) -> dict[str, frozenset[str]]:
    loaded: dict[str, set[str]] = defaultdict(set)
    for version, code in KbliCode.objects.values_list("version", "code"):
        loaded[version].add(code)
    return {**_shipped_codes(), **{name: frozenset(codes) for name, codes in loaded.items()}}


@cache
def region_codes() -> dict[str, str]:
    """Folded names of the 38 regions to their codes, as ``rows.check_row`` wants them."""
    regions = list(Region.objects.values_list("code", "name", "display_name"))
    return index_regions(
        [(code, text) for code, name, display_name in regions for text in (name, display_name)]
    )


def check_values(
    values: dict[str, Any],
    repairs: Sequence[Sequence[str]] = (),
    overruled: Collection[tuple[str, str]] = (),
) -> CheckedRow:
    """Check one row of typed values, from a sheet or from the form."""
    damage = [(column, code) for column, code in repairs]
    return check_row(values, region_codes(), kbli_codes(), damage, overruled)


def known_firms(rows: Iterable[dict[str, Any]]) -> matching.Known:
    """Look up once, for a whole chunk, every firm that any of its rows could be."""
    rows = list(rows)
    wanted: dict[str, set[str]] = {
        key: {row[key] for row in rows if row.get(key)} for key in ("nib", "npwp", "phone", "nik")
    }
    names = {fold_name(row["name"]) for row in rows if row.get("name")}
    query = Q(folded_name__in=names)
    for key, values in wanted.items():
        query |= Q(**{f"{key}__in": values})
    known = matching.Known(
        by_nib={},
        by_company_npwp={},
        by_phone=defaultdict(list),
        by_nik=defaultdict(list),
        by_name_region=defaultdict(list),
        nib_of={},
        form_of={},
    )
    for firm in Vendor.objects.filter(query).only(*COMPARED, "merged_into").order_by("pk"):
        _know(known, firm) if firm.merged_into_id is None else _know_by_old_numbers(known, firm)
    return known


def _know_by_old_numbers(known: Any, firm: Vendor) -> None:
    """The numbers of a merged firm name the one that took it in, unless another has them."""
    stands = firm.standing_firm()
    if firm.nib and not Vendor.objects.standing().filter(nib=firm.nib).exists():
        known.by_nib[firm.nib] = stands.pk
    known.by_name_region[firm.folded_name, firm.region_id].append(stands.pk)


def _know(known: Any, firm: Vendor) -> None:
    known.nib_of[firm.pk], known.form_of[firm.pk] = firm.nib, firm.legal_form
    if firm.nib:
        known.by_nib[firm.nib] = firm.pk
    npwp = matching.company_npwp({"npwp": firm.npwp, "legal_form": firm.legal_form})
    if npwp:
        known.by_company_npwp.setdefault(npwp, firm.pk)
    if firm.phone:
        known.by_phone[firm.phone].append(firm.pk)
    if firm.nik:
        known.by_nik[firm.nik].append(firm.pk)
    known.by_name_region[firm.folded_name, firm.region_id].append(firm.pk)


def recognise_row(
    clean: dict[str, Any], known: matching.Known, seen: dict[str, str]
) -> tuple[str, int | None, list[str]]:
    """Say what a checked row will become: ``(verdict, known vendor id, reasons)``.

    ``seen`` carries the NIBs of the rows before it, so that a firm named twice in one sheet is
    told.
    """
    match = matching.recognise(clean, known)
    if match.kind == "same":
        return SheetRow.Verdict.LINKED, _pk(match.vendor_id), list(match.reasons)
    nib = clean.get("nib", "")
    if nib and nib in seen:
        return SheetRow.Verdict.LINKED, None, ["same_nib_in_sheet"]
    if nib:
        seen[nib] = nib
    if match.kind == "look":
        return SheetRow.Verdict.REVIEW, _pk(match.vendor_id), list(match.reasons)
    return SheetRow.Verdict.CREATED, None, []


def _pk(vendor_id: Any) -> int | None:
    return None if vendor_id is None else int(vendor_id)
