"""How many MSMEs each region has, brought in as a list with its source and year."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from config.gate.keys import read_key
from onboarding.models import Region
from workflows import audit
from workflows.errors import Refused
from workflows.models import RegionBase
from workflows.rights import check_may

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User

COLUMNS: Final = ("region", "year", "msmes", "source")
#: The same columns as an office in Java titles them.
TITLES: Final = {"wilayah": "region", "tahun": "year", "umkm": "msmes", "sumber": "source"}
MOST_ROWS: Final = 1000
MOST_BYTES: Final = 200_000
OLDEST: Final = 2000
#: More MSMEs than people is a slip of the fingers; East Java has about 41 million people.
MOST_MSMES: Final = 20_000_000


@transaction.atomic
def import_bases(content: bytes, *, today: date, by: User) -> int:
    """Take in a CSV of region code, number, year and source; all rows or none. Returns how many.

    An empty region means the whole province. The same region and year again takes the place of
    what was there. Raises ``Refused`` naming the row and what is wrong with it.
    """
    check_may(by, "workflows.write_bases")
    codes = set(Region.objects.values_list("code", flat=True))
    rows = [_row(number, row, codes, today) for number, row in _rows(content)]
    for code, year, msmes, source in rows:
        RegionBase.objects.update_or_create(
            region_id=code or None,
            year=year,
            defaults={"msmes": msmes, "source": source, "written_by": by},
        )
    audit.record("import_bases", by=by, count=len(rows), years=sorted({row[1] for row in rows}))
    return len(rows)


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is too large. It should hold one short row for each region."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused(_("Save the file as CSV in UTF-8, then send it again.")) from fault
    if "\0" in text:
        raise Refused(_("This is not a CSV file. Save the list as CSV, then send it again."))
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    typed = [(title or "").strip().lower() for title in reader.fieldnames or ()]
    titles = [TITLES.get(title, title) for title in typed]
    if not set(COLUMNS) <= set(titles):
        raise Refused(
            _("The first row must name the columns %(columns)s.")
            % {"columns": _("region, year, msmes, source")}
        )
    reader.fieldnames = titles
    found = [
        (number, {key: (row.get(key) or "").strip() for key in COLUMNS})
        for number, row in enumerate(reader, start=2)
    ]
    found = [(number, row) for number, row in found if any(row.values())]
    if not 0 < len(found) <= MOST_ROWS:
        raise Refused(_("The file has no rows, or far too many."))
    return found


def _row(
    number: int, row: dict[str, str], codes: set[str], today: date
) -> tuple[str, int, int, str]:
    code = row["region"]
    if len(code) == 4 and code.isdecimal():
        code = f"{code[:2]}.{code[2:]}"  # as the statistics office writes it
    if code and code not in codes:
        raise Refused(
            _("Row %(row)s: “%(code)s” is not one of the 38 regions. Write a code like 35.78.")
            % {"row": number, "code": code[:20]}
        )
    year = _number(row["year"])
    if not OLDEST <= year <= today.year:
        raise Refused(_("Row %(row)s: the year is missing or lies ahead.") % {"row": number})
    msmes = _number(row["msmes"].replace(".", "").replace(",", "").replace(" ", ""))
    if not 0 < msmes <= MOST_MSMES:
        raise Refused(
            _("Row %(row)s: write the number of MSMEs in whole digits, more than 0.")
            % {"row": number}
        )
    if not row["source"]:
        raise Refused(_("Row %(row)s: write where the number comes from.") % {"row": number})
    return code, year, msmes, row["source"][:200]


def _number(text: str) -> int:
    return read_key(text, longest=9) or 0
