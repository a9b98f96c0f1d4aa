"""After a session: pictures without their place, opinions without names, quiz, certificates."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from documents.errors import FileRefused
from onboarding import roles
from onboarding.models import Agency, User
from tests import factories as make
from tests.workflows.test_letter import words_of
from training.actions import (
    answer_quiz,
    close_sheet,
    correct_attendance,
    give_feedback,
    mark_attendance,
    order_certificates,
    reissue_certificate,
    revoke_certificate,
    save_question,
    seat_token,
)
from training.errors import Refused
from training.models import Certificate, CertificateYear, Feedback, Seat, Session, SessionPicture
from training.outcome import outcome_of
from workflows import actions
from workflows.letters import render_pdf
from workflows.models import AuditEvent, Job, Letter

pytestmark = pytest.mark.django_db
SIGNED = {"signed_by_name": "Contoh Kepala"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def held(*presence: bool, is_closed: bool = True) -> tuple[Session, list[Seat]]:
    """A session of which the half is over, with a firm for each of ``presence``."""
    session = make.make_session()
    firms = [make.invite(make.refer(), session) for _each in presence]
    make.begin(session)
    Session.objects.filter(pk=session.pk).update(ends_at=timezone.now() + timedelta(hours=1))
    session.refresh_from_db()
    seats = [session.seats.get(vendor=firm) for firm in firms]
    marks = {seat.pk: here for seat, here in zip(seats, presence, strict=True)}
    mark_attendance(session, present=marks, reason="Contoh", by=session.trainer)
    if is_closed:
        session = close_sheet(session, by=session.trainer)
    return session, [session.seats.get(vendor=firm) for firm in firms]


def ordered(session: Session, *, by: User | None = None) -> Any:
    officer = by or make.make_user(roles.OFFICER)
    return order_certificates(session, signed_on=timezone.localdate(), **SIGNED, by=officer)


def with_place() -> bytes:
    """A photograph as a phone takes it, with the place written beside it."""
    buffer, beside = io.BytesIO(), Image.Exif()
    beside[0x010F], beside[0x8825] = "Contoh", {1: "S", 2: (7.0, 15.0, 0.0)}
    Image.new("RGB", (900, 700), (120, 90, 60)).save(buffer, "JPEG", exif=beside)
    return buffer.getvalue()


# --- photographs ----------------------------------------------------------------------------------
def test_a_photograph_is_kept_without_the_place_where_it_was_taken() -> None:
    session, _seats = held(True, is_closed=False)
    file = SimpleUploadedFile("x.jpg", with_place())
    facts = {"kind": SessionPicture.Kind.PHOTOGRAPH, "caption": "Aula"}
    actions.add_pictures(session, file=file, **facts, by=session.trainer)
    with default_storage.open(session.pictures.get().stored_as) as stored:
        image = Image.open(stored)
        assert (image.format, dict(image.getexif())) == ("JPEG", {})
    file.seek(0)
    with pytest.raises(Refused, match="already there"):
        actions.add_pictures(session, file=file, **facts, by=session.trainer)


def test_a_file_that_is_no_picture_is_refused_in_words_on_the_page(client: Client) -> None:
    session, _seats = held(True, is_closed=False)
    client.force_login(session.trainer)
    body = {"kind": "photo", "file": SimpleUploadedFile("x.jpg", b"<script>")}
    answer = client.post(f"/bimtek/{session.pk}/sesudah/foto/", body)
    assert answer.status_code == 409
    assert "PDF" in answer.content.decode()
    with pytest.raises(FileRefused):
        actions.add_pictures(session, kind="photo", caption="", file=None, by=session.trainer)


def test_a_picture_is_shown_to_who_works_with_the_session_only(client: Client) -> None:
    session, _seats = held(True, is_closed=False)
    [picture] = actions.add_pictures(
        session, kind="photo", caption="", file=make.photo(), by=session.trainer
    )
    client.force_login(session.trainer)
    assert client.get(f"/bimtek/foto/{picture.pk}/")["Content-Type"] == "image/jpeg"
    client.force_login(make.make_user(roles.TRAINER))
    assert client.get(f"/bimtek/foto/{picture.pk}/").status_code == 404


# --- opinions and quiz ----------------------------------------------------------------------------
def test_an_opinion_is_given_once_by_who_was_there_and_shown_without_a_name(
    client: Client,
) -> None:
    session, [here, away] = held(True, False)
    owner = make.owner_of(here.vendor)
    client.force_login(owner)
    url = f"/bimtek/kursi/{here.pk}/pendapat/"
    assert client.get(url).status_code == 200
    said = {"useful": 5, "clear": 4, "ready": 3, "remark": "Contoh: lebih banyak latihan"}
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 409
    with pytest.raises(Refused, match="were at the session"):
        give_feedback(away, useful=1, clear=1, ready=1, by=make.owner_of(away.vendor))
    client.force_login(make.make_user(roles.OFFICER))
    page = client.get(f"/bimtek/{session.pk}/sesudah/").content.decode()
    assert "lebih banyak latihan" in page
    assert here.vendor.name not in page


def test_somebody_else_cannot_answer_for_a_seat(client: Client) -> None:
    _session, [seat] = held(True)
    client.force_login(make.make_user(roles.VENDOR))
    assert client.get(f"/bimtek/kursi/{seat.pk}/pendapat/").status_code == 404
    with pytest.raises(Refused, match="had this seat"):
        give_feedback(seat, useful=1, clear=1, ready=1, by=make.make_user(roles.VENDOR))


def test_the_quiz_is_scored_twice_and_shows_what_was_right_after_the_second(
    client: Client,
) -> None:
    session, [seat] = held(True, is_closed=False)
    officer, owner = make.make_user(roles.OFFICER), make.owner_of(seat.vendor)
    for text in ("Contoh satu?", "Contoh dua?"):
        save_question(session.syllabus, text=text, answers=["Ya", "Tidak"], right=1, by=officer)
    Session.objects.filter(pk=session.pk).update(ends_at=timezone.now() + timedelta(hours=9))
    answer_quiz(seat, answers={1: 1, 2: 0}, by=owner)
    client.force_login(owner)
    assert b"Tidak" not in client.get(f"/bimtek/kursi/{seat.pk}/kuis/").content
    Session.objects.filter(pk=session.pk).update(ends_at=timezone.now() + timedelta(minutes=9))
    assert client.post(f"/bimtek/kursi/{seat.pk}/kuis/", {"q1": 1, "q2": 1}).status_code == 302
    assert b"Tidak" in client.get(f"/bimtek/kursi/{seat.pk}/kuis/").content
    learnt = outcome_of(Session.objects.get(pk=session.pk)).learnt
    assert learnt
    assert (learnt.before, learnt.after) == (50, 100)
    with pytest.raises(Refused, match="stays as it is"):
        save_question(session.syllabus, text="x", answers=["a", "b"], right=0, by=officer)


# --- certificates ---------------------------------------------------------------------------------
def test_certificates_are_for_those_who_were_there_and_stayed_for_half() -> None:
    session, [_here, _away, left] = held(True, False, True)
    Seat.objects.filter(pk=left.pk).update(left_at=session.starts_at + timedelta(minutes=5))
    batch = ordered(session)
    make.run_jobs()
    batch.refresh_from_db()
    assert (batch.wanted, batch.made) == (1, 1)
    year = timezone.localdate().year
    certificate = Certificate.objects.get()
    assert certificate.number == f"SERT/{year}/00001"
    assert CertificateYear.objects.get(year=year).last == 1
    with default_storage.open(batch.stored_as) as stored:
        assert stored.read(5) == b"%PDF-"
    with pytest.raises(Refused, match="already"):
        ordered(session)


def test_a_worker_that_dies_among_the_certificates_gives_no_number_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session, _seats = held(True, True, True)
    batch = ordered(session)
    drawn: list[int] = []
    real = actions.afterwards.draw_certificate

    def dies_at_the_second(certificate: Certificate) -> bytes:
        drawn.append(certificate.pk)
        if len(drawn) == 2:
            raise SystemExit
        return real(certificate)

    monkeypatch.setattr("workflows.actions.afterwards.draw_certificate", dies_at_the_second)
    with pytest.raises(SystemExit):
        actions.draw_certificates(batch.pk, by=User.objects.system(), beat=lambda: None)
    batch.refresh_from_db()
    assert batch.made == 1
    actions.draw_certificates(batch.pk, by=User.objects.system(), beat=lambda: None)
    batch.refresh_from_db()
    assert (batch.made, len(set(drawn)), len(drawn)) == (3, 3, 4)
    numbers = Certificate.objects.order_by("pk").values_list("number", flat=True)
    assert [int(number[-5:]) for number in numbers] == [1, 2, 3]


def test_nobody_is_certified_while_the_sheet_is_open() -> None:
    session, _seats = held(True, is_closed=False)
    with pytest.raises(Refused, match="closed"):
        ordered(session)
    assert not Job.objects.filter(kind=Job.Kind.ISSUE_CERTIFICATES).exists()


def test_a_correction_to_absent_revokes_the_certificate_by_itself() -> None:
    session, [seat] = held(True)
    officer = make.make_user(roles.OFFICER)
    ordered(session, by=officer)
    correct_attendance(seat, present=False, reason="Salah orang", by=officer)
    certificate = Certificate.objects.get()
    assert (certificate.revoked_by, certificate.revoke_reason) == (officer, "Salah orang")
    assert AuditEvent.objects.filter(act="revoke_certificate", vendor=seat.vendor).exists()
    with pytest.raises(Refused, match="at least half"):
        reissue_certificate(
            certificate, name="X", signed_on=timezone.localdate(), **SIGNED, by=officer
        )


def test_a_revoked_certificate_is_issued_anew_with_another_number_and_the_right_name() -> None:
    session, [_seat] = held(True)
    officer = make.make_user(roles.OFFICER)
    ordered(session, by=officer)
    make.run_jobs()
    old = revoke_certificate(Certificate.objects.get(), reason="Nama salah", by=officer)
    with pytest.raises(Refused, match="already"):
        ordered(session, by=officer)
    reissue_certificate(
        old, name="Contoh Benar", signed_on=timezone.localdate(), **SIGNED, by=officer
    )
    new = Certificate.objects.get(revoked_at__isnull=True)
    assert (new.facts["name"], new.number[-5:]) == ("Contoh Benar", "00002")


def test_anybody_may_check_a_certificate_and_learns_nothing_private(client: Client) -> None:
    session, [seat] = held(True)
    officer = make.make_user(roles.OFFICER)
    ordered(session, by=officer)
    make.run_jobs()
    certificate = Certificate.objects.get()
    typed = {"number": certificate.number, "code": certificate.code.lower()}
    answer = client.post("/sertifikat/", typed, follow=True)
    page = answer.content.decode()
    assert certificate.number in page
    assert "C. P." in page
    for private in (seat.vendor.owner_name, seat.vendor.name, seat.vendor.nib, seat.vendor.phone):
        assert private not in page
    revoke_certificate(certificate, reason="Contoh alasan", by=officer)
    page = client.get(answer.request["PATH_INFO"]).content.decode()
    assert re.search("revoked|dicabut", page)
    assert "Contoh alasan" not in page


def test_a_wrong_number_and_an_unknown_code_get_the_same_answer(client: Client) -> None:
    session, _seats = held(True)
    ordered(session)
    known = Certificate.objects.get()
    pages = [
        client.post("/sertifikat/", {"number": number, "code": code})
        for number, code in (("SERT/1/1", known.code), (known.number, "2" * 16), ("x", "'; --"))
    ]
    assert {page.status_code for page in pages} == {404}
    said = {re.search(r"<li>(.*?)</li>", page.content.decode(), re.S)[1] for page in pages}  # type: ignore[index]
    assert len(said) == 1
    assert client.get("/sertifikat/ABCD/").status_code == 404


def test_an_owner_gets_the_own_certificate_only(client: Client) -> None:
    session, [mine, other] = held(True, True)
    ordered(session)
    make.run_jobs()
    client.force_login(make.owner_of(mine.vendor))
    theirs = {seat: seat.certificates.get().pk for seat in (mine, other)}
    assert client.get(f"/sertifikat/berkas/{theirs[mine]}/").status_code == 200
    assert client.get(f"/sertifikat/berkas/{theirs[other]}/").status_code == 404
    assert str(theirs[mine]) in client.get(f"/saya/{mine.vendor_id}/").content.decode()


def test_a_person_of_an_office_gets_a_certificate_in_the_offices_name() -> None:
    session, _seats = held(False, is_closed=False)
    office = Agency.objects.get(code="dindik")
    Seat.objects.create(
        session=session, agency=office, person_name="Contoh Pegawai", given_by=session.trainer,
        state=Seat.State.CONFIRMED, arrived_at=timezone.now(), marked_by=session.trainer,
    )  # fmt: skip
    Session.objects.filter(pk=session.pk).update(
        state="CLOSED", closed_at=timezone.now(), closed_by=session.trainer
    )
    ordered(session)
    facts = Certificate.objects.get().facts
    assert (facts["name"], facts["business"]) == ("Contoh Pegawai", office.name)


# --- minutes and report ---------------------------------------------------------------------------
def test_minutes_and_report_are_drafts_until_numbered_and_signed() -> None:
    session, _seats = held(True, True, False)
    officer = make.make_user(roles.OFFICER)
    actions.add_pictures(session, kind="photo", caption="Aula", file=make.photo(), by=officer)
    minutes = actions.write_session_paper(session, kind=Letter.Kind.MINUTES, by=officer)
    again = actions.write_session_paper(session, kind=Letter.Kind.MINUTES, by=officer)
    assert minutes.pk == again.pk
    words = words_of(render_pdf(minutes))
    assert "DRAF" in words
    assert "2 (dua) orang" in words
    report = actions.write_session_paper(session, kind=Letter.Kind.REPORT, by=officer)
    assert "Aula" in words_of(render_pdf(report))
    assert "Tidak hadir 1" in words_of(render_pdf(report))


def test_whoever_holds_the_link_of_a_seat_answers_without_signing_in(client: Client) -> None:
    _session, [seat] = held(True)
    assert client.get("/jawab/pendapat/")["Location"] == "/jawab/"
    client.get(f"/h/{seat_token(seat)}/")
    said = {"useful": 5, "clear": 5, "ready": 5}
    assert client.post("/jawab/pendapat/", said).status_code == 302
    assert Feedback.objects.get().seat == seat
    assert "/jawab/pendapat/" in client.get("/jawab/").content.decode()
