"""Complaints and faults in the demonstration: new, late, with an operator, answered, closed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from workflows import actions
from workflows.models import Listing, Platform, Ticket

if TYPE_CHECKING:
    from onboarding.models import User

COMPLAINTS: Final = (
    (
        "fee",
        "Contoh: di loket saya diminta uang fotokopi lima puluh ribu rupiah.",
        "Petugas di loket 2",
    ),
    ("delay", "Contoh: berkas saya sudah tiga minggu diperiksa dan tidak ada kabar.", ""),
    ("conduct", "Contoh: narasumber datang terlambat dua jam dan pulang lebih dulu.", ""),
    ("privacy", "Contoh: nomor telepon saya dibagikan di grup WhatsApp.", ""),
)
FAULTS: Final = (
    ("order", "Contoh: pesanan dari dinas tidak masuk ke aplikasi sejak Senin."),
    ("account", "Contoh: kode masuk tidak terkirim ke nomor saya."),
    ("product", "Contoh: foto produk hilang setelah diperbarui."),
)


def bring_tickets(people: dict[str, User]) -> None:
    """Let people complain and owners report faults, and the office answer some of it."""
    officer, colleague = people["petugas"], people["petugas2"]
    Platform.objects.filter(pk="toko-daring").update(contact_email="operator@contoh.test")
    made = [
        actions.open_complaint(topic=topic, text=text, about_name=who, key=_key(), by=None)[0]
        for topic, text, who in COMPLAINTS
    ]
    actions.take_ticket(made[1], by=officer)
    actions.answer_ticket(made[2], text="Narasumber sudah ditegur. Terima kasih.", by=colleague)
    actions.close_ticket(made[3], reason="Pesan di grup sudah dihapus.", by=colleague)
    Ticket.objects.filter(pk=made[1].pk).update(
        opened_at=timezone.now() - timedelta(days=14),
        due_on=timezone.localdate() - timedelta(days=4),
    )
    listings = Listing.objects.filter(state=Listing.State.ON_SALE).order_by("pk")
    faults = [
        actions.open_support(
            one.vendor, topic=topic, platform=one.platform, text=text, key=_key(), by=officer
        )
        for one, (topic, text) in zip(
            listings.select_related("vendor", "platform"), FAULTS, strict=False
        )
    ]
    for ticket in faults[:2]:
        actions.hand_to_operator(ticket, by=colleague)
    if faults:
        Ticket.objects.filter(pk=faults[0].pk).update(handed_at=timezone.now() - timedelta(days=3))
        answer = "Gangguan pada server sudah diperbaiki. Mohon coba lagi."
        actions.record_operator_answer(faults[0], text=answer, by=colleague)


def _key() -> str:
    return str(uuid.uuid4())
