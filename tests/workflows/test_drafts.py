"""Photos on their way: a cut connection loses nothing, nothing counts twice, and only whole pages
become a paper."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.actions import Piece, add_piece, open_draft
from documents.errors import PieceMisplaced
from documents.models import DocumentType, DraftPage, Paper, PaperDraft, PaperMissed
from onboarding.models import User, Vendor
from tests import factories as make
from workflows import actions
from workflows.models import AuditEvent
from workflows.owner.receipts import number_of, receipt_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor(client: Client) -> Vendor:
    client.cookies["django_language"] = "en"
    firm = make.refer()
    client.force_login(make.owner_of(firm))
    return firm


def at(name: str, vendor: Vendor, *more: Any) -> str:
    return reverse(f"workflows:{name}", args=[vendor.pk, *(more or ("ktp",))])


def photo() -> bytes:
    return make.photo().read()


def send(client: Client, vendor: Vendor, key: str, whole: bytes, start: int, end: int) -> Any:
    data = {
        "key": key,
        "name": "foto.jpg",
        "size": len(whole),
        "offset": start,
        "piece": SimpleUploadedFile("piece", whole[start:end]),
    }
    return client.post(at("send_piece", vendor), data)


def send_whole(client: Client, vendor: Vendor, whole: bytes | None = None) -> str:
    key, whole = str(uuid.uuid4()), whole or photo()
    half = len(whole) // 2
    send(client, vendor, key, whole, 0, half)
    send(client, vendor, key, whole, half, len(whole))
    return key


def test_a_photo_goes_on_from_where_the_connection_was_cut(client: Client, vendor: Vendor) -> None:
    whole, key = photo(), str(uuid.uuid4())
    third = len(whole) // 3
    assert send(client, vendor, key, whole, 0, third).json()["received"] == third
    again = send(client, vendor, key, whole, 0, third)  # the answer was lost, so it comes again
    assert (again.status_code, again.json()["received"]) == (409, third)
    gap = send(client, vendor, key, whole, third + 5, len(whole))
    assert (gap.status_code, gap.json()["received"]) == (409, third)
    assert client.get(at("send_piece", vendor)).json()["pages"] == [
        {"key": key, "received": third, "size": len(whole), "state": "coming"}
    ]
    assert send(client, vendor, key, whole, third, len(whole)).json()["state"] == "kept"
    page = DraftPage.objects.get()
    with default_storage.open(page.stored_as) as stored:
        assert stored.read() == whole
    small = client.get(at("draft_picture", vendor, page.pk))
    assert small.getvalue()[8:12] == b"WEBP"


def test_pages_are_put_in_order_checked_and_sent_once(client: Client, vendor: Vendor) -> None:
    first, second, third = (make.photo(word).read() for word in ("satu", "dua", "tiga"))
    keys = [send_whole(client, vendor, whole) for whole in (first, second, third)]
    client.post(at("arrange_draft", vendor), {"move": f"up:{keys[1]}"})
    client.post(at("arrange_draft", vendor), {"move": f"remove:{keys[2]}"})
    answer = client.post(at("hand_in_paper", vendor))
    assert answer["Location"] == at("check_draft", vendor)
    page = client.get(at("check_draft", vendor)).content.decode()
    assert "2 photos or files" in page
    key = PaperDraft.objects.get().key
    answers = [client.post(at("check_draft", vendor), {"key": key}) for _tap in range(2)]
    paper = Paper.objects.get()
    assert {answer["Location"] for answer in answers} == {at("receipt", vendor, paper.pk)}
    kept = [default_storage.open(file.stored_as).read() for file in paper.files.all()]
    assert kept == [second, first]
    assert not PaperDraft.objects.exists()


def test_a_photo_that_cannot_be_used_is_told_at_once_and_taken_again(
    client: Client, vendor: Vendor
) -> None:
    whole, key = b"this is no photo", str(uuid.uuid4())
    answer = send(client, vendor, key, whole, 0, len(whole)).json()
    assert answer["state"] == "refused"
    assert "Send a photo" in answer["sentence"]
    assert "Send a photo" in client.get(at("hand_in_paper", vendor)).content.decode()
    refused = client.post(at("check_draft", vendor))
    assert refused.status_code == 409
    assert "Photo 1 is not here yet" in refused.content.decode()
    good = photo()
    data = {"key": str(uuid.uuid4()), "name": "a.jpg", "size": len(good), "offset": 0,
            "instead": key, "piece": SimpleUploadedFile("piece", good)}  # fmt: skip
    assert client.post(at("send_piece", vendor), data).json()["state"] == "kept"
    assert DraftPage.objects.get().position == 1


def test_what_is_too_much_or_no_piece_is_refused_with_a_sentence(
    client: Client, vendor: Vendor
) -> None:
    data = {"key": str(uuid.uuid4()), "name": "a.jpg", "size": 16 * 1024 * 1024, "offset": 0}
    too_large = client.post(at("send_piece", vendor), data)
    assert too_large.status_code == 422
    assert "15 MB" in too_large.json()["sentence"]
    assert client.post(at("send_piece", vendor), {"key": "x"}).status_code == 422
    stranger = make.refer()
    assert client.get(at("send_piece", stranger)).status_code == 404
    assert not DraftPage.objects.exists()


def test_a_deed_on_its_way_keeps_what_was_filled_in(client: Client) -> None:
    client.cookies["django_language"] = "en"
    firm = make.refer(legal_form="cv")
    client.force_login(make.owner_of(firm))
    deed = "akta-pendirian"
    draft = open_draft(
        firm.pk, document_type=DocumentType.objects.get(pk=deed), by=make.owner_of(firm)
    )
    whole = photo()
    add_piece(draft, piece=Piece(str(uuid.uuid4()), "a.jpg", len(whole), 0, whole), by=draft.by)
    client.post(at("arrange_draft", firm, deed), {"notary_name": "Contoh Notaris"})
    assert 'value="Contoh Notaris"' in client.get(at("hand_in_paper", firm, deed)).content.decode()
    assert client.get(at("check_draft", firm, deed)).status_code == 302  # the rest is missing
    typed = {"deed_number": "12", "deed_date": "21/11/2020", "notary_name": "Contoh Notaris"}
    more = {**typed, "files": [make.photo("dua")]}  # a browser without scripts adds one
    client.post(at("hand_in_paper", firm, deed), more)
    page = client.get(at("check_draft", firm, deed)).content.decode()
    assert "November 2020" in page
    client.post(at("check_draft", firm, deed))
    paper = Paper.objects.get()
    assert paper.files.count() == 2
    assert paper.declared["deed_date"] == "2020-11-21"


def test_a_piece_for_photos_that_another_phone_has_just_sent_off_begins_again(
    vendor: Vendor,
) -> None:
    ktp = DocumentType.objects.get(slug="ktp")
    draft = open_draft(vendor.pk, document_type=ktp, by=make.owner_of(vendor))
    PaperDraft.objects.filter(pk=draft.pk).delete()
    with pytest.raises(PieceMisplaced) as told:
        add_piece(draft, piece=Piece(str(uuid.uuid4()), "a.jpg", 2, 0, b"ab"), by=draft.by)
    assert told.value.received == 0


def test_photos_that_were_never_sent_are_removed_after_some_days(
    client: Client, vendor: Vendor
) -> None:
    send_whole(client, vendor)
    page = DraftPage.objects.get()
    system = User.objects.system()
    soon, later = (timezone.now() + timedelta(days=days) for days in (29, 31))
    assert actions.remove_old_drafts(now=soon, by=system) == 0
    assert actions.remove_old_drafts(now=later, by=system) == 1
    assert not PaperDraft.objects.exists()
    assert AuditEvent.objects.filter(act="remove_drafts").exists()
    assert page.small_as


def test_a_receipt_is_shown_printed_and_checked_by_anybody(client: Client, vendor: Vendor) -> None:
    paper = make.hand_in(vendor, "ktp")
    page = client.get(at("receipt", vendor, paper.pk)).content.decode()
    number = number_of(paper)
    assert number in page
    assert "<svg" in page
    assert client.get(at("receipt_pdf", vendor, paper.pk)).content.startswith(b"%PDF")
    link = receipt_of(paper).link
    stranger = Client()
    opened = stranger.get("/" + link.split("/", 3)[3])
    assert opened.status_code == 302
    checked = stranger.get(opened["Location"]).content.decode()
    assert number in checked
    assert vendor.name in checked
    assert vendor.owner_name not in checked
    assert stranger.get("/tt/1.falsch/").status_code == 404


def test_a_paper_that_is_not_there_is_counted_once_helped_with_and_taken_back(
    client: Client, vendor: Vendor
) -> None:
    for _tap in range(2):
        answer = client.post(at("miss_paper", vendor, "nib"))
        assert answer["Location"].endswith("#way")
    page = client.get(at("hand_in_paper", vendor, "nib")).content.decode()
    assert "oss.go.id" in page
    assert "Free of charge" in page
    assert PaperMissed.objects.count() == 1
    assert AuditEvent.objects.filter(act="miss_paper").count() == 1
    client.force_login(make.make_user("officer"))
    table = client.get(reverse("workflows:papers_missed")).content.decode()
    assert "Business identification number" in table
    assert vendor.region.name in table
    make.hand_in(vendor, "nib")
    assert not PaperMissed.objects.exists()
