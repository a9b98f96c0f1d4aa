"""Letters say DRAF until they are numbered and signed; messages can be sent by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows import letters, printing
from workflows.models import Letter, Message

pytestmark = pytest.mark.django_db


def enter(client: Client, role: str) -> make.User:
    user = make.make_user(role)
    client.force_login(user)
    return user


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def invitation(**changes: Any) -> Letter:
    make.invite(make.refer(**changes))
    return Letter.objects.get(kind=Letter.Kind.INVITATION)


def number(client: Client, letter: Letter, text: str = "027/1/022.1/2026") -> Any:
    typed = {"act": "number", "number-number": text, "number-dated_on": timezone.localdate()}
    return client.post(f"/surat/{letter.pk}/", typed)


def sign(client: Client, letter: Letter) -> Any:
    typed = {
        "act": "sign",
        "sign-signed_by_name": "Contoh Kepala Biro, S.H.",
        "sign-signed_on": timezone.localdate(),
    }
    return client.post(f"/surat/{letter.pk}/", typed)


def test_a_letter_is_a_draft_until_it_is_numbered_and_signed(client: Client) -> None:
    letter = invitation(name="Contoh Rujak Cingur")
    enter(client, roles.OFFICER)
    url = f"/surat/{letter.pk}/pdf/"
    draft = client.get(url)
    assert (draft["Content-Type"], draft["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )
    assert draft["Content-Disposition"].startswith("inline")
    said = words_of(draft.content)
    assert "DRAF" in said
    assert "Contoh Rujak Cingur" in said
    assert number(client, letter).status_code == 302
    assert "DRAF" in words_of(client.get(url).content)
    assert sign(client, letter).status_code == 302
    signed = words_of(client.get(url).content)
    assert "DRAF" not in signed
    for part in ("027/1/022.1/2026", "Contoh Kepala Biro, S.H.", "LAMPIRAN SURAT"):
        assert part in signed
    letter.refresh_from_db()
    assert client.get(url).content == client.get(url).content
    assert len(letter.sha256) == 64


def test_every_letter_says_that_nothing_is_paid_and_how_to_complain() -> None:
    make.approve(firms.verified())
    firms.rejected()
    invitation()
    for letter in Letter.objects.all():
        said = words_of(letters.render_pdf(letter))
        assert "tidak dipungut biaya" in said
        assert "/pengaduan/" in said
        assert "Biro Pengadaan Barang/Jasa" in said.replace("BIRO PENGADAAN BARANG/JASA", "")


def test_a_refusal_names_its_reason_and_how_to_object() -> None:
    firms.rejected()
    said = words_of(letters.render_pdf(Letter.objects.get(kind=Letter.Kind.DECISION)))
    assert "Nama berbeda pada dokumen." in said
    assert "keberatan dapat diajukan satu kali" in said


def test_after_an_objection_there_is_no_second_one() -> None:
    case = make.reject(make.verify(firms.appealed()))
    letter = Letter.objects.filter(vendor=case.vendor).first()
    assert letter
    assert "tidak ada keberatan lanjutan" in words_of(letters.render_pdf(letter))


@pytest.mark.parametrize("url", ["https://example.go.id/a.css", "file:///etc/hostname"])
def test_a_letter_fetches_nothing_from_outside(url: str) -> None:
    with pytest.raises(ValueError, match="shipped"):
        printing._only_ours().fetch(url)


def test_text_of_a_firm_cannot_bring_markup_into_a_letter() -> None:
    letter = invitation(name="Contoh <img src=https://example.go.id/x.png> Jaya")
    assert "<img" in words_of(letters.render_pdf(letter))


def test_a_number_is_used_once_a_year(client: Client) -> None:
    first = invitation()
    second = Letter.objects.create(
        kind=first.kind, subject="Contoh", year=2026, created_by=first.created_by
    )
    enter(client, roles.OFFICER)
    number(client, first)
    again = number(client, second)
    assert again.status_code == 409
    assert 'value="027/1/022.1/2026"' in again.text


def test_a_letter_is_not_signed_before_it_is_numbered_nor_tomorrow(client: Client) -> None:
    letter = invitation()
    enter(client, roles.OFFICER)
    assert sign(client, letter).status_code == 409
    number(client, letter)
    typed = {
        "act": "sign",
        "sign-signed_by_name": "Contoh",
        "sign-signed_on": timezone.localdate() + timedelta(days=1),
    }
    assert client.post(f"/surat/{letter.pk}/", typed).status_code == 422


def test_a_letter_is_cancelled_with_a_reason(client: Client) -> None:
    letter = invitation()
    enter(client, roles.OFFICER)
    assert client.post(f"/surat/{letter.pk}/", {"act": "cancel"}).status_code == 422
    typed = {"act": "cancel", "cancel-reason": "Salah tanggal"}
    assert client.post(f"/surat/{letter.pk}/", typed).status_code == 302
    letter.refresh_from_db()
    assert letter.state == Letter.State.CANCELLED
    assert 'name="act"' not in client.get(f"/surat/{letter.pk}/").text
    said = words_of(client.get(f"/surat/{letter.pk}/pdf/").content)
    assert "DIBATALKAN" in said
    assert "DRAF" not in said


def test_an_unknown_act_on_a_letter_is_no_door(client: Client) -> None:
    letter = invitation()
    enter(client, roles.OFFICER)
    assert client.post(f"/surat/{letter.pk}/", {"act": "burn"}).status_code == 404
    assert client.get("/surat/9999/").status_code == 404


@pytest.mark.parametrize("role", [roles.APPROVER, roles.AUDITOR])
def test_approver_and_auditor_read_letters_and_write_none(client: Client, role: str) -> None:
    letter = invitation()
    enter(client, role)
    assert client.get("/surat/").status_code == 200
    page = client.get(f"/surat/{letter.pk}/")
    assert page.status_code == 200
    assert 'name="act"' not in page.text
    assert number(client, letter).status_code == 403


@pytest.mark.parametrize("role", [roles.AGENCY, roles.VENDOR, roles.TRAINER, roles.MANAGER])
def test_others_read_no_letters_and_no_messages(client: Client, role: str) -> None:
    letter = invitation()
    enter(client, role)
    for url in ("/surat/", f"/surat/{letter.pk}/", f"/surat/{letter.pk}/pdf/", "/pesan/"):
        assert client.get(url).status_code == 403


def test_letters_are_narrowed_by_state(client: Client) -> None:
    invitation()
    enter(client, roles.OFFICER)
    assert len(client.get("/surat/?state=DRAFT").context["rows"]) == 1
    assert len(client.get("/surat/?state=SIGNED").context["rows"]) == 0
    assert len(client.get("/surat/?state=KACAU&before=x").context["rows"]) == 1


def test_officer_sends_a_message_by_hand(client: Client) -> None:
    invitation(phone="081255554444")
    enter(client, roles.OFFICER)
    page = client.get("/pesan/?state=BY_HAND")
    assert "https://wa.me/6281255554444?text=" in page.text
    assert "data-copy=" in page.text
    assert len(page.context["rows"]) == Message.objects.filter(state="BY_HAND").count()


def test_the_auditor_reads_messages_with_covered_numbers(client: Client) -> None:
    invitation(phone="081255554444")
    enter(client, roles.AUDITOR)
    page = client.get("/pesan/").text
    assert "6281255554444" not in page
    assert "wa.me" not in page


def test_the_lists_cost_the_same_for_one_row_and_for_many(
    client: Client, django_assert_max_num_queries: object
) -> None:
    invitation()
    vendor = firms.eligible()
    by = make.make_user(roles.OFFICER)
    Letter.objects.bulk_create(
        Letter(kind="decision", subject="Contoh", year=2026, vendor=vendor, created_by=by)
        for _ in range(30)
    )
    Message.objects.bulk_create(
        Message(
            kind="guided", channel="whatsapp", vendor=vendor, to="+628120000", subject="Contoh",
            body="Contoh isi pesan. " * 50, key=f"contoh:{number}", state="BY_HAND",
        )
        for number in range(30)
    )  # fmt: skip
    enter(client, roles.OFFICER)
    for url in ("/surat/", "/pesan/"):
        with django_assert_max_num_queries(10):  # type: ignore[operator]  # a fixture of pytest-django
            page = client.get(url)
        assert len(page.context["rows"]) == 25
        assert len(page.content) < 100_000
        assert client.get(url + page.context["next_url"]).status_code == 200
