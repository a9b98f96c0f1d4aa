"""What no firm's erasure reaches goes when its years are over, and not a day before."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from onboarding import roles
from onboarding.models import Referral, ReferralSheet, SheetRow, User
from tests import factories as make
from workflows import actions
from workflows.models import AuditEvent, Message, Setting, Ticket

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
NIK = "3599010101900088"


def work() -> None:
    actions.list_erasures(1, by=User.objects.system(), beat=lambda: None)


def kept_list(*, days: int, state: str = "ENTERED") -> ReferralSheet:
    """A list of so many days ago: its first row became a firm, its second was refused."""
    office = make.make_user(roles.AGENCY)
    sheet: ReferralSheet = ReferralSheet.objects.create(
        agency=office.agency, received_by=office, state=state, rows_read=2, size=9, sha256="5" * 64,
        original_name="contoh.csv", received_at=timezone.now() - timedelta(days=days),
        stored_as=default_storage.save("sheets/contoh", ContentFile(NIK.encode())),
    )  # fmt: skip
    wrong = {"column": "nik", "code": "nik_birth", "severity": "error", "params": {"value": NIK}}
    for row, verdict in ((2, "created"), (3, "refused")):
        said = {"received": {"name": "Contoh", "nik": NIK}, "problems": [wrong]}
        SheetRow.objects.create(sheet=sheet, row=row, verdict=verdict, **said)
    Referral.objects.filter(vendor=make.refer(by=office)).update(sheet=sheet, row=2)
    return sheet


def test_rows_that_never_became_a_firm_go_with_the_file_and_the_page_says_so(
    client: Client,
) -> None:
    sheet = kept_list(days=735)
    file = sheet.stored_as
    work()
    became, never = sheet.rows.order_by("row")
    assert (became.received["nik"], never.received, never.problems) == (NIK, {}, [])
    assert not default_storage.exists(file)
    event = AuditEvent.objects.get(act="let_go")
    assert event.detail == {"sheet": sheet.pk, "rows": 1, "files": 1}
    client.force_login(make.make_user(roles.OFFICER))
    client.cookies["django_language"] = "en"
    page = client.get(f"/usulan/daftar/{sheet.pk}/").content.decode()
    assert "never became a business were erased on" in page
    assert "5" * 64 in page
    assert client.get(f"/usulan/daftar/{sheet.pk}/ditolak.xlsx").status_code == 404
    assert client.get(f"/usulan/daftar/{sheet.pk}/diperbaiki.xlsx").status_code == 404
    work()
    assert AuditEvent.objects.filter(act="let_go").count() == 1


@pytest.mark.parametrize(("days", "years"), [(720, 2), (9000, 0), (9000, 40_000)])
def test_a_list_stays_while_its_years_run_and_where_the_office_set_none(
    days: int, years: int
) -> None:
    for key in ("keep_years_rows", "keep_years_lists"):
        Setting.objects.update_or_create(key=key, defaults={"value": years, "explanation": key})
    sheet = kept_list(days=days)
    work()
    assert default_storage.exists(sheet.stored_as)
    assert {row.received["nik"] for row in sheet.rows.all()} == {NIK}
    assert not AuditEvent.objects.filter(act="let_go").exists()


def test_a_list_that_nobody_confirmed_in_all_that_time_is_cancelled_first() -> None:
    sheet = kept_list(days=735, state="READ")
    work()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.stored_as) == ("CANCELLED", "")
    assert AuditEvent.objects.filter(act="cancel_sheet", detail__sheet=sheet.pk).exists()


def test_the_file_alone_has_years_of_its_own() -> None:
    Setting.objects.create(key="keep_years_lists", value=1, explanation="x")
    sheet = kept_list(days=400)
    work()
    assert not default_storage.exists(sheet.stored_as)
    assert {row.received["nik"] for row in sheet.rows.all()} == {NIK}


def complaint(*, days: int, state: str = "CLOSED", by: User | None = None, **facts: Any) -> Ticket:
    ticket, _word = actions.open_complaint(
        topic="fee", text="Contoh: Sulastri diminta uang", contact="sulastri@contoh.test",
        about_name="Bambang", key=str(uuid.uuid4()), by=by, **facts,
    )  # fmt: skip
    if state == "CLOSED":
        officer = make.make_user(roles.OFFICER)
        actions.close_ticket(ticket, reason="Sulastri sudah dijawab", by=officer)
    ticket.entries.update(at=timezone.now() - timedelta(days=days))
    Ticket.objects.filter(pk=ticket.pk).update(opened_at=timezone.now() - timedelta(days=days))
    return ticket


def test_a_settled_complaint_of_a_stranger_goes_with_its_messages_and_keeps_its_number() -> None:
    old = complaint(days=1830)
    others = [
        complaint(days=1800),
        complaint(days=1830, state="NEW"),
        complaint(days=1830, by=make.owner_of(make.refer())),
    ]
    work()
    ticket = Ticket.objects.get(pk=old.pk)
    assert (ticket.text, ticket.contact, ticket.about_name, ticket.secret_hash) == ("", "", "", "")
    assert (ticket.topic, ticket.state) == ("fee", "CLOSED")
    assert set(ticket.entries.values_list("text", flat=True)) == {""}
    assert AuditEvent.objects.get(act="let_go").detail == {"ticket": old.pk, "kind": "complaint"}
    sent = Message.objects.filter(key__startswith=f"ticket:{old.pk}:")
    assert sent.count() == 2
    assert {(one.to, one.body, one.state) for one in sent} == {("", "", "FAILED")}
    assert all(Ticket.objects.get(pk=one.pk).text for one in others)
    stays = Message.objects.filter(key__startswith=f"ticket:{others[0].pk}:")
    assert {one.to for one in stays} == {"sulastri@contoh.test"}


def test_a_complaint_that_is_opened_again_while_others_go_keeps_its_words() -> None:
    old = complaint(days=1830)

    def beat() -> None:
        Ticket.objects.filter(pk=old.pk).update(state=Ticket.State.IN_HAND)

    actions.list_erasures(1, by=User.objects.system(), beat=beat)
    assert Ticket.objects.get(pk=old.pk).text == old.text
    assert not AuditEvent.objects.filter(act="let_go").exists()


def test_mails_to_others_than_owners_lose_their_words_and_keep_that_they_left() -> None:
    owner, officer = make.refer(), make.make_user(roles.OFFICER)
    facts = {"to": "siapa@contoh.test", "subject": "Contoh", "body": "Contoh Kopi Ijen terlambat"}
    for days in (91, 89):
        at = {"kind": "late_digest", "channel": "email", "state": "SENT", **facts}
        at["created_at"] = timezone.now() - timedelta(days=days)
        Message.objects.create(key=f"late:{days}:{officer.pk}", **at)
        Message.objects.create(key=f"owner:{days}", vendor=owner, **at)
    work()
    old = Message.objects.get(key=f"late:91:{officer.pk}")
    assert (old.to, old.subject, old.body, old.state) == ("", "", "", "SENT")
    assert Message.objects.filter(**facts).count() == 3
    assert AuditEvent.objects.get(act="let_go").detail == {"messages": 1}
    work()
    assert AuditEvent.objects.filter(act="let_go").count() == 1
