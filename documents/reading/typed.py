"""Brings what a person types into the form in which the reader gives it, so that both compare."""

import datetime as dt
import re
from collections.abc import Callable

from documents.reading.dates import all_dates
from documents.reading.names import without_form, without_titles
from documents.reading.regions import find_seat

_LENGTHS = {"kbli": (5,), "nib": (13,), "npwp": (15, 16), "person_nik": (16,)}


def as_read(field: str, text: str) -> str:
    """Give the canonical value of a field; raises ``ValueError`` where the text cannot be one.

    ``field`` is a name of the reading, ``person_name``, ``person_nik`` or ``person_role``.
    """
    text = " ".join(text.split())
    value = _FORMS.get(field, str.upper)(text)
    wanted = _LENGTHS.get(field)
    if not value or (wanted and len(value) not in wanted):
        raise ValueError(field)
    return value


def field_of(path: str) -> str:
    """Give the field of a path: ``persons.0.nik`` is a ``person_nik``, ``kbli.2`` is a ``kbli``."""
    first, *rest = path.split(".")
    return f"person_{rest[-1]}" if first == "persons" else first


def _date(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text).isoformat()
    found = all_dates(text)
    return found[0].day.isoformat() if found else ""


def _number(text: str) -> str:
    whole = re.sub(r",(?:\d\d|-)$", "", text)  # Rp 100.000.000,00
    return _digits(whole).lstrip("0")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _seat(text: str) -> str:
    seat = find_seat(text)
    return seat.name if seat else text


_FORMS: dict[str, Callable[[str], str]] = {
    "deed_date": _date,
    "notary_sk_date": _date,
    "sk_ahu_date": _date,
    "nib_date": _date,
    "deed_number": _number,
    "authorized_capital": _number,
    "paid_up_capital": _number,
    "kbli": _digits,
    "nib": _digits,
    "npwp": _digits,
    "person_nik": _digits,
    "notary_name": without_titles,
    "person_name": without_titles,
    "person_role": str.lower,
    "company_name": without_form,
    "company_seat": _seat,
    "notary_seat": _seat,
    "notary_sk_number": str,
    "sk_ahu_number": str,
}
