"""Every kind of message as it looks, with an invented firm, so that people can proof-read them and
a test can render them all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace as Some
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from documents.models import DocumentType
from workflows.messages.kinds import KINDS
from workflows.messages.words import LINK_MARK, words_of
from workflows.models import Message

REASON = "Aula dipakai untuk kegiatan lain (contoh)."


@dataclass(frozen=True)
class Sample:
    """One kind: its name in the code and in words, who gets it, and its three forms."""

    kind: str
    title: Any
    to: str
    subject: str
    email: str
    phone: str
    sms: str


def samples() -> list[Sample]:
    """Return every kind, rendered; what only offices get has no form for the phone."""
    with translation.override("id"):
        return [sample(kind) for kind in KINDS]


def sample(kind: str) -> Sample:
    """Return one kind as an invented receiver would get it."""
    about, facts = KINDS[kind], _facts()
    subject, email = words_of(kind, facts)
    goes_to_phone = about.to != "person"
    phone = words_of(kind, facts, channel=Message.Channel.WHATSAPP)[1] if goes_to_phone else ""
    is_owners = about.to == "owner"
    sms = words_of(kind, facts, channel=Message.Channel.SMS)[1] if is_owners else ""
    return Sample(kind, about.title, about.to, subject, email, phone, sms)


def _facts() -> dict[str, Any]:
    now = timezone.now()
    day = timezone.localdate()
    session = Some(
        title="Bimbingan teknis JATIM BEJO (Contoh)",
        starts_at=now + timedelta(days=7),
        ends_at=now + timedelta(days=7, hours=3),
        place="Aula Contoh",
        address="Jalan Contoh 1, Surabaya",
        map_url="",
        online_url="",
        cancel_reason=REASON,
    )
    agency = Some(name="Dinas Contoh", short_name="Dinas Contoh")
    person = Some(full_name="Contoh Petugas", get_role_display="petugas", agency=agency)
    items = [
        Some(number=number, document_type=Some(name_id=name), text=text)
        for number, (name, text) in enumerate(
            [
                ("Akta pendirian", "Halaman 2 tidak terbaca. Foto ulang di tempat yang terang."),
                ("NIB", "Nama usaha berbeda dengan akta. Perbaiki di OSS, lalu kirim yang baru."),
            ],
            start=1,
        )
    ]
    request = Some(
        due_on=day + timedelta(days=7),
        items=Some(all=items),
        campaign=Some(title="Daftar usaha langganan (Contoh)"),
        agency=agency,
        contact_name="Contoh Penerima",
        addressee="Kepala Dinas Contoh",
    )
    # A place that no sample fills is a template that grew: it shows as nothing.
    return defaultdict(
        str,
        vendor=Some(name="CV Contoh Makmur", owner_name="Contoh Pemilik"),
        session=session,
        was=Some(starts_at=now + timedelta(days=5), place="Balai Contoh"),
        seat=Some(
            state="CONFIRMED", person_name="Contoh Peserta", hold_until=now + timedelta(days=1)
        ),
        papers=[DocumentType(name_id="Akta pendirian"), DocumentType(name_id="NIB")],
        reason=REASON,
        link=LINK_MARK,
        request=request,
        nth=1,
        person=person,
        case=Some(due_at=now + timedelta(days=5), stage="APPEAL"),
        round=Some(reason_code=Some(text_id="Nama pada dokumen berbeda"), reason="Contoh alasan."),
        listing=Some(platform=Some(name="Toko Contoh"), account="contoh-makmur"),
        certificate=Some(number="SERT/2026/00001"),
        check_url=f"{settings.SITE_URL}/sertifikat/CONT-OHXX/",
        assistance=Some(consent_of="Contoh Pemilik", helper=person, ends_at=now),
        invitation=Some(
            full_name="Contoh Petugas",
            get_role_display="petugas",
            expires_at=now + timedelta(days=3),
        ),
        url="https://contoh.example/undangan/contoh",
        office=agency,
        about=person,
        words="Banyak usaha dibuka di luar kasus sendiri",
        count=61,
        page=f"{settings.SITE_URL}/peringatan/",
        month=day.replace(day=1),
        **dict.fromkeys(("new", "named", "guided", "approved", "on_sale", "waiting"), 3),
        breach=Some(
            number="PD-2026-0001",
            known_at=now,
            which="Nama, nomor telepon (contoh)",
            done="Akses ditutup (contoh).",
            advice="Waspadai pesan yang meminta uang (contoh).",
            firms=[1, 2],
        ),
        head=Some(day=day, hash="0" * 64, last_event=120, events=120),
        check=Some(first_bad=17, events=16),
        ticket=Some(
            number="ADU-2026-00001",
            due_on=day + timedelta(days=5),
            platform=Some(name="Toko Contoh"),
            answer="Contoh jawaban.",
        ),
    )
