"""Official letters: drafted with the act, DRAF until numbered and signed, rendered once when
signed.

The content of a letter is kept as facts (JSON); the template of its kind under
``templates/letters/`` gives it the form of a *surat dinas* (Pergub Jawa Timur 95/2018; every fixed
word is a setting of the letterhead).
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from onboarding.models import Vendor
from workflows.errors import Refused
from workflows.minutes import pictures_of
from workflows.models import Erasure, Letter
from workflows.printing import print_page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onboarding.models import User
    from training.models import Session
    from workflows.models import Case

# --- settings of the office: every fixed word around a letter stands here, none in a template -----
#: Head of the paper. Empty lines are left out; the street and phone are for the office to fill in.
LETTERHEAD: dict[str, Any] = {
    "emblem": "emblem.svg",
    "lines": (
        "Pemerintah Provinsi Jawa Timur",
        "Sekretariat Daerah",
        "Biro Pengadaan Barang/Jasa",
    ),
    "main_line": "Sekretariat Daerah",
    "address": "",
    "city_line": "SURABAYA 60174",
    "place": "Surabaya",
}
#: Who signs; the name that is typed in when the signature is recorded goes before this one.
SIGNATORY: dict[str, str] = {
    "on_behalf_of": "SEKRETARIS DAERAH",
    "position": "Kepala Biro Pengadaan Barang/Jasa",
    "name": "………………………………………………",
    "rank": "",
    "nip": "",
}
#: F4 is usual in East Java, A4 in newer rules; "Perihal" stands in some offices for "Hal".
PAPER, SUBJECT_WORD = "f4", "Hal"
#: Only for an office whose letters are signed with a BSrE certificate.
SIGNED_ELECTRONICALLY = False
COPIES: dict[str, tuple[str, ...]] = {
    Letter.Kind.INVITATION: (
        "Bapak Sekretaris Daerah Provinsi Jawa Timur (sebagai laporan)",
        "Kepala Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Jawa Timur",
        "Kepala perangkat daerah dan pemerintah kabupaten/kota pengusul",
    ),
    Letter.Kind.DECISION: ("Kepala perangkat daerah atau pemerintah kabupaten/kota pengusul",),
    Letter.Kind.REQUEST: ("Bapak Sekretaris Daerah Provinsi Jawa Timur (sebagai laporan)",),
    Letter.Kind.REMINDER: ("Bapak Sekretaris Daerah Provinsi Jawa Timur (sebagai laporan)",),
}


@dataclass(frozen=True)
class Face:
    """What stands on the paper around the body of a letter."""

    subject: str
    number: str
    dated_on: date | None
    is_draft: bool
    is_cancelled: bool
    addressee: str
    addressee_place: str = "TEMPAT"
    enclosure: str = "-"
    nature: str = "Biasa"
    place: str = LETTERHEAD["place"]
    is_signed_electronically: bool = SIGNED_ELECTRONICALLY


def draft_invitation(session: Session, *, vendor_ids: Iterable[int], by: User) -> Letter:
    """Draft one letter for a batch of invited firms, with the list attached."""
    firms = Vendor.objects.filter(pk__in=list(vendor_ids)).select_related("region")
    guests = []
    for firm in firms.prefetch_related("referrals__agency").order_by("name"):
        offices = {r.agency.short_name for r in firm.referrals.all() if r.agency}
        guests.append(
            {
                "owner": firm.owner_name,
                "name": firm.name,
                "region": firm.region.display_name,
                "agency": ", ".join(sorted(offices)),
            }
        )
    return Letter.objects.create(
        kind=Letter.Kind.INVITATION,
        subject="Undangan Bimbingan Teknis",
        year=timezone.localdate().year,
        session=session,
        content={**words_of_session(session), "guests": guests},
        created_by=by,
    )


def words_of_session(session: Session) -> dict[str, str]:
    """Return what an invitation says of its session, in the words of a letter."""
    with translation.override("id"):
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        return {
            "event": session.title,
            "day": formats.date_format(starts, "l, j F Y"),
            "time": f"{starts:%H.%M} – {ends:%H.%M} WIB",
            "place": session.place,
            "address": session.address,
            "trainer": session.trainer.full_name,
        }


def draft_decision(case: Case, *, by: User) -> Letter:
    """Draft the notice of a decision on one firm."""
    current = case.round
    vendor = case.vendor
    return Letter.objects.create(
        kind=Letter.Kind.DECISION,
        subject="Pemberitahuan Hasil Verifikasi",
        year=timezone.localdate().year,
        vendor=vendor,
        content={
            "name": vendor.name,
            "owner": vendor.owner_name,
            "region": vendor.region.display_name,
            "number": vendor.number,
            "approved": current.decision == current.Decision.APPROVED,
            "reason_text": current.reason_code.text_id if current.reason_code else "",
            "reason": current.reason,
            "round": current.number,
            "decided_on": _long_date(current.decided_at),
            # A decision after an objection is the last word.
            "appeal_until": "" if case.appealed_at else _long_date(case.due_at),
        },
        created_by=by,
    )


def render_pdf(letter: Letter) -> bytes:
    """Return the letter as PDF: the stored one when it was signed, else a fresh one marked DRAF.

    Raises ``Refused`` for one whose content was erased: out of blanks it would say another thing.
    """
    if is_erased(letter):
        raise Refused(erased_words(letter))
    if letter.stored_as:
        with default_storage.open(letter.stored_as) as stored:
            return bytes(stored.read())
    return _render(letter)


def is_erased(letter: Letter) -> bool:
    """Whether its content went with the data of its firm."""
    return not letter.stored_as and (letter.state == Letter.State.SIGNED or not letter.content)


def erased_words(letter: Letter) -> str:
    """Say when the content of a letter was erased and what stays; "" of a letter that is there."""
    if not is_erased(letter):
        return ""
    firms = (letter.vendor_id, letter.vendor.merged_into_id) if letter.vendor else ()
    done = Erasure.objects.filter(vendor__in=firms, done_at__isnull=False).order_by("-done_at")
    erasing = done.first()
    if erasing is None:
        return _("The content of this letter was erased. Its number and dates stay.")
    day = formats.date_format(timezone.localtime(erasing.done_at), "DATE_FORMAT")
    return _(
        "The content of this letter was erased on %(day)s with the data of the business. Its"
        " number and dates stay."
    ) % {"day": day}


def store_signed(letter: Letter) -> None:
    """Render a signed letter for the last time and keep it with its hash."""
    pdf = _render(letter)
    letter.sha256 = hashlib.sha256(pdf).hexdigest()
    letter.stored_as = default_storage.save(f"letters/{uuid.uuid4().hex}.pdf", ContentFile(pdf))


def _render(letter: Letter) -> bytes:
    return print_page(letter.kind, _on_paper(letter))


def _on_paper(letter: Letter) -> dict[str, Any]:
    """Everything that a letter's template fills in."""
    signatory = dict(SIGNATORY)
    if letter.signed_by_name:
        signatory["name"] = letter.signed_by_name
    return {
        **letter.content,
        **pictures_of(letter),
        "letter": _face(letter),
        "letterhead": LETTERHEAD,
        "signatory": signatory,
        "copies": COPIES.get(letter.kind, ()),
        "has_attachment": bool(letter.content.get("guests")),
        "paper": PAPER,
        "subject_word": SUBJECT_WORD,
        "complain_to": f"{settings.SITE_URL}/pengaduan/",
        "office_name": settings.OFFICE_NAME,
        "site_url": settings.SITE_URL,
    }


def _face(letter: Letter) -> Face:
    known: dict[str, Any] = {
        "subject": letter.subject,
        "number": letter.number,
        "dated_on": letter.dated_on,
        "is_draft": letter.is_draft,
        "is_cancelled": letter.state == Letter.State.CANCELLED,
    }
    if letter.kind == Letter.Kind.INVITATION and not letter.vendor_id:
        return Face(
            **known,
            addressee="Bapak/Ibu pelaku usaha\n(daftar terlampir)",
            enclosure="1 (satu) berkas",
            nature="Penting",
        )
    if letter.kind in (Letter.Kind.REQUEST, Letter.Kind.REMINDER):
        return Face(**known, addressee=str(letter.content["addressee"]), nature="Segera")
    return Face(
        **known,
        nature="Penting" if letter.kind == Letter.Kind.INVITATION else "Biasa",
        addressee=f"{letter.content.get('owner', '')}\n{letter.content.get('name', '')}",
        addressee_place=str(letter.content.get("region", "TEMPAT")),
    )


def _long_date(day: date | datetime | None) -> str:
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    with translation.override("id"):
        return str(formats.date_format(day, "j F Y"))
