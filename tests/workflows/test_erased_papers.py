"""What an erasure leaves of letters, certificates, bundles, packs and previews says so in words,
and keeps nobody."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from onboarding import actions as rooms, roles
from onboarding.models import RuleFlip, RulePreview, User, Vendor
from tests import factories as make
from tests.workflows.test_erasing import a_firm, erase
from training.actions import (
    keep_certificate,
    order_certificates,
    reissue_certificate,
    revoke_certificate,
)
from training.errors import Refused as RefusedAtDoor
from training.models import Certificate, Seat, Session
from workflows import actions, erasure, watching
from workflows.models import AuditPack, Letter, LetterRun

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def firm() -> Vendor:
    """A firm whose owner left three years ago."""
    return a_firm()


def enter(client: Client, role: str) -> User:
    user = make.make_user(role)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def stored(folder: str) -> str:
    return default_storage.save(f"{folder}/contoh.pdf", ContentFile(b"%PDF-1.7 contoh"))


def letter_of(firm: Vendor, **facts: object) -> Letter:
    number = f"027/{firm.pk}/2026"
    content = {"name": firm.name, "owner": firm.owner_name, "approved": True}
    letter: Letter = Letter.objects.create(
        kind=facts.pop("kind", Letter.Kind.DECISION), vendor=firm, subject="Contoh",
        year=facts.pop("year", 2026), number=number, state=facts.pop("state", "SIGNED"),
        content=content, dated_on="2026-01-05", created_by=make.make_user(roles.OFFICER), **facts,
    )  # fmt: skip
    return letter


def erase_once(firm: Vendor) -> Callable[[], None]:
    """A beat in which the firm is erased while the worker writes."""
    waits = [firm.pk]

    def beat() -> None:
        if waits:
            firms = [waits.pop()]
            erasure.erase(firms, erasure.bound_with(firms))

    return beat


def with_guests(*firms: Vendor) -> Session:
    """A session that is over, at which these firms sat."""
    session = make.make_session()
    for one in firms:
        Seat.objects.create(
            session=session, vendor=one, given_by=session.trainer, state=Seat.State.CONFIRMED,
            arrived_at=timezone.now(), marked_by=session.trainer,
        )  # fmt: skip
    return session


# --- letters --------------------------------------------------------------------------------------
def test_a_signed_approval_is_never_printed_as_a_refusal_after_an_erasure(
    client: Client, firm: Vendor
) -> None:
    letter = letter_of(firm, stored_as=stored("letters"))
    numbered = letter_of(firm, state="NUMBERED", year=2025)
    erase(firm)
    enter(client, roles.OFFICER)
    answer = client.get(f"/surat/{letter.pk}/pdf/")
    assert (answer.status_code, b"%PDF" in answer.content) == (409, False)
    assert "The content of this letter was erased on" in answer.content.decode()
    page = client.get(f"/surat/{letter.pk}/").content.decode()
    assert f"/surat/{letter.pk}/pdf/" not in page
    assert "erased on" in page
    assert letter.number in page
    numbered.refresh_from_db()
    assert numbered.state == Letter.State.CANCELLED, "blanks are neither signed nor sent"


# --- bundles --------------------------------------------------------------------------------------
def test_the_bound_letters_of_a_session_go_and_are_bound_again_without_the_erased_guest(
    client: Client, firm: Vendor
) -> None:
    session = with_guests(firm, other := make.refer())
    for one in (firm, other):
        letter_of(one, kind=Letter.Kind.INVITATION, session=session, stored_as=one_page())
    order = {"send": lambda _job: None, "by": enter(client, roles.OFFICER)}
    run = actions.order_run(session, **order)
    make.run_jobs()
    run.refresh_from_db()
    file = run.stored_as
    LetterRun.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert pages_of(file) == 2
    erase(firm)
    assert not default_storage.exists(file)
    page = client.get(f"/bimtek/{session.pk}/surat/").content.decode()
    assert "The bundle was removed" in page
    assert client.get(f"/bimtek/surat/{run.pk}/").status_code == 404
    stuck = [one for one in watching.measures() if one.key == "letter_runs_stuck"]
    assert [one.value for one in stuck] == [0]
    actions.order_run(session, **order)
    make.run_jobs()
    assert pages_of(LetterRun.objects.latest("pk").stored_as) == 1


def one_page() -> str:
    out, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return default_storage.save("letters/contoh.pdf", ContentFile(out.getvalue()))


def pages_of(name: str) -> int:
    with default_storage.open(name) as file, pikepdf.Pdf.open(file) as pdf:
        return len(pdf.pages)


def test_the_page_behind_a_code_says_that_the_holder_was_erased_and_the_bundle_is_bound_anew(
    client: Client, firm: Vendor
) -> None:
    session = with_guests(firm, make.refer())
    Session.objects.filter(pk=session.pk).update(
        state="CLOSED", closed_at=timezone.now(), closed_by=session.trainer
    )
    officer = enter(client, roles.OFFICER)
    signed = {"signed_by_name": "Contoh Kepala", "signed_on": timezone.localdate()}
    batch = order_certificates(session, **signed, by=officer)
    for drawn in batch.certificates.all():
        Certificate.objects.filter(pk=drawn.pk).update(stored_as=one_page())
    make.run_jobs()
    batch.refresh_from_db()
    file, one = batch.stored_as, Certificate.objects.get(seat__vendor=firm)
    erase(firm)
    assert not default_storage.exists(file)
    answer = client.get(f"/sertifikat/{one.code}/")
    page = answer.content.decode()
    for words in ("certificate is valid", "data was erased", "Bimtek Contoh"):
        assert words in page
    list_page = f"/bimtek/{session.pk}/sertifikat/"
    assert "There is no printed bundle now" in client.get(list_page).content.decode()
    assert client.post(list_page, signed).status_code == 302
    make.run_jobs()
    batch.refresh_from_db()
    assert (batch.is_working, pages_of(batch.stored_as)) == (False, 1)
    revoke_certificate(one, reason="Contoh", by=officer)
    with pytest.raises(RefusedAtDoor, match="erased"):
        reissue_certificate(Certificate.objects.get(pk=one.pk), name="Contoh", **signed, by=officer)
    Certificate.objects.filter(pk=one.pk).update(facts={})  # as erasures left it before
    for url in (f"/sertifikat/{one.code}/", f"/sertifikat/ubah/{one.pk}/", list_page):
        assert client.get(url).status_code == 200


def test_the_list_of_a_preview_goes_and_its_counts_stay(client: Client, firm: Vendor) -> None:
    head = enter(client, roles.MANAGER)
    draft = rooms.draft_rules(by=head)
    preview = rooms.order_preview(draft, by=head)
    RuleFlip.objects.create(preview=preview, vendor=firm, becomes_eligible=False)
    RulePreview.objects.update(state="DONE", stored_as=stored("previews"), counts={"all": {}})
    file = RulePreview.objects.get().stored_as
    erase(firm)
    assert not default_storage.exists(file)
    page = client.get(f"/aturan/{draft.number}/").content.decode()
    assert "The whole list was removed" in page
    assert 'value="preview"' in page


# --- packs ----------------------------------------------------------------------------------------
def test_an_erased_pack_says_so_and_is_not_being_made_for_ever(
    client: Client, firm: Vendor
) -> None:
    auditor = enter(client, roles.AUDITOR)
    assignment = make.assign(auditor)
    pack = AuditPack.objects.create(
        assignment=assignment, case=firm.cases.get(), ordered_by=auditor,
        stored_as=stored("packs"), finished_at=timezone.now(),
    )  # fmt: skip
    erase(firm)
    assert not default_storage.exists(pack.stored_as)
    page = client.get(f"/pemeriksaan/{assignment.pk}/").content.decode()
    assert "Removed: data was erased" in page
    assert "Being made" not in page
    assert "The computer is at work" not in page


# --- what is written while a firm is erased -------------------------------------------------------
def test_what_is_being_written_while_a_firm_is_erased_is_not_kept(firm: Vendor) -> None:
    officer, machine = make.make_user(roles.OFFICER), User.objects.system()
    auditor = make.make_user(roles.AUDITOR)
    assignment = make.assign(auditor)
    ordered = {"send": lambda _job: None}
    pack = actions.order_pack(assignment, case=firm.cases.get(), **ordered, by=auditor)
    pack = actions.make_pack(pack.pk, by=machine, beat=erase_once(firm))
    assert (pack.has_failed, pack.stored_as) == (True, "")

    session = with_guests(guest := make.refer(), last := make.refer())
    for one in (guest, last):
        letter_of(one, kind=Letter.Kind.INVITATION, session=session, stored_as=one_page())
    run = actions.order_run(session, **ordered, by=officer)
    run = actions.write_run(run.pk, by=machine, beat=erase_once(guest))
    assert (run.has_failed, run.stored_as) == (True, "")

    Session.objects.filter(pk=session.pk).update(
        state="CLOSED", closed_at=timezone.now(), closed_by=session.trainer
    )
    signed = {"signed_by_name": "Contoh Kepala", "signed_on": timezone.localdate()}
    order_certificates(session, **signed, by=officer)
    mine = Certificate.objects.get(seat__vendor=last)
    erase_once(last)()
    with pytest.raises(RefusedAtDoor):
        keep_certificate(mine, pdf=b"%PDF-1.7 contoh", beat=lambda: None)

    head, flips = make.make_user(roles.MANAGER), make.refer()
    preview = rooms.order_preview(rooms.draft_rules(by=head), by=head)
    RuleFlip.objects.create(preview=preview, vendor=flips, becomes_eligible=False)
    RulePreview.objects.filter(pk=preview.pk).update(judged_up_to=flips.pk)
    preview = rooms.work_out_preview(preview.pk, by=machine, beat=erase_once(flips))
    assert (preview.state, preview.stored_as) == ("FAILED", "")
