"""What an owner sees of a reading: words, the spot in doubt, the wrong paper, "that is wrong"."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from documents.models import PageImage, Paper, Reading, ReadValue, ValueObjection
from onboarding.models import Vendor
from tests import factories as make
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db

DEED = "akta-pendirian"
BOX = [400, 200, 600, 230]


@pytest.fixture
def vendor(client: Client) -> Vendor:
    vendor = make.refer(legal_form="cv")
    client.force_login(make.owner_of(vendor))
    client.cookies["django_language"] = "en"
    return vendor


def read_paper(vendor: Vendor, **found: object) -> Paper:
    """A deed whose reading came to these ends, without the minute that a real one takes."""
    paper = make.hand_in(vendor, DEED)
    picture = io.BytesIO()
    Image.new("RGB", (1200, 1600), "white").save(picture, "WEBP")
    stored_as = default_storage.save("pages/contoh.webp", ContentFile(picture.getvalue()))
    PageImage.objects.create(paper=paper, number=1, stored_as=stored_as, width=1200, height=1600)
    Reading.objects.filter(paper=paper).update(finished_at=timezone.now(), **found)
    values = {
        "deed_number": ("12", "17", ReadValue.Verdict.DIFFERS, BOX),
        "deed_date": ("2020-11-21", "", ReadValue.Verdict.CANNOT_TELL, []),
        "notary_name": ("CONTOH", "CONTOH", ReadValue.Verdict.AGREES, BOX),
    }
    for at, (field, (declared, value, verdict, box)) in enumerate(values.items(), start=1):
        ReadValue.objects.create(
            reading=paper.reading, position=at, field=field, declared=declared, value=value,
            verdict=verdict, page=1 if box else None, shown_box=box,
        )  # fmt: skip
    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.READ)
    return Paper.objects.get(pk=paper.pk)


def page_of(client: Client, vendor: Vendor) -> str:
    return client.get(reverse("workflows:hand_in_paper", args=[vendor.pk, DEED])).content.decode()


def object_to(client: Client, paper: Paper, /, **said: str) -> str:
    address = reverse("workflows:object_to_value", args=[paper.vendor_id, DEED])
    body = {"paper": paper.pk, "field": "deed_number", "note": "12", **said}
    return client.post(address, body, follow=True).content.decode()


def test_a_doubtful_value_is_shown_with_its_spot_and_an_agreeing_one_without(
    client: Client, vendor: Vendor
) -> None:
    paper = read_paper(vendor)
    spot = reverse("documents:page_spot", args=[paper.pages.get().pk, "260-155-740-275"])
    page = page_of(client, vendor)
    assert page.count(spot) == 1
    assert page.count("That is wrong<") == 1
    response = client.get(spot)
    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as picture:
        assert picture.size == (480, 120)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_place_of_what_could_not_be_read_is_shown(client: Client, vendor: Vendor) -> None:
    paper = read_paper(vendor)
    head = reverse("documents:page_spot", args=[paper.pages.get().pk, "0-0-1200-720"])
    page = page_of(client, vendor)
    assert head in page
    assert "The machine looked here for what it could not read." in page


@pytest.mark.parametrize("box", ["0-0-0-0", "1300-0-1400-20", "a-b-c-d", "1-2-3", "0"])
def test_a_spot_that_is_not_on_the_page_is_not_found(
    client: Client, vendor: Vendor, box: str
) -> None:
    page = read_paper(vendor).pages.get()
    assert client.get(reverse("documents:page_spot", args=[page.pk, box])).status_code == 404


def test_an_objection_is_kept_once_and_stands_in_the_trail(client: Client, vendor: Vendor) -> None:
    paper = read_paper(vendor)
    assert "Noted." in object_to(client, paper)
    assert "You wrote: 12" in object_to(client, paper)
    kept = ValueObjection.objects.get()
    assert (kept.field, kept.machine_value, kept.note) == ("deed_number", "17", "12")
    assert AuditEvent.objects.filter(vendor=vendor, act="object_to_value").count() == 1
    object_to(client, paper, note="13")
    assert "You wrote: 13" in page_of(client, vendor)


@pytest.mark.parametrize(
    "said", [{"note": ""}, {"note": "x" * 251}, {"field": "deed_date"}, {"paper": "0"}]
)
def test_an_objection_that_makes_no_sense_is_refused(
    client: Client, vendor: Vendor, said: dict[str, str]
) -> None:
    assert 'role="alert"' in object_to(client, read_paper(vendor), **said)
    assert not ValueObjection.objects.exists()


def test_nobody_objects_once_the_paper_is_being_decided_on(client: Client, vendor: Vendor) -> None:
    paper = read_paper(vendor)
    Paper.objects.update(frozen_at=timezone.now())
    assert "Tell the officer" not in page_of(client, vendor)
    assert "is being decided on" in object_to(client, paper)
    assert not ValueObjection.objects.exists()


def test_a_paper_of_another_firm_cannot_be_objected_to(client: Client, vendor: Vendor) -> None:
    another = read_paper(make.refer(legal_form="cv"))
    address = reverse("workflows:object_to_value", args=[vendor.pk, DEED])
    client.post(address, {"paper": another.pk, "field": "deed_number", "note": "12"})
    assert not ValueObjection.objects.exists()


def test_another_paper_than_the_one_asked_for_is_said_with_the_way_out(
    client: Client, vendor: Vendor
) -> None:
    read_paper(vendor, kind="nib", warnings=["wrong_kind"])
    page = page_of(client, vendor)
    assert "This looks like “Business identification number”" in page
    assert reverse("workflows:hand_in_paper", args=[vendor.pk, "nib"]) in page
    assert "?replace=1#send" in page
    assert "That is wrong<" not in page
    again = client.get(reverse("workflows:hand_in_paper", args=[vendor.pk, DEED]) + "?replace=1")
    assert '<details class="more" id="send" open>' in again.content.decode()


def test_advice_on_the_photo_is_given_only_when_something_could_not_be_read(
    client: Client, vendor: Vendor
) -> None:
    read_paper(vendor, warnings=["blurred:1", "blurred:3"])
    advice = "The photo is blurred. Hold the phone still, then take it again. (page 1, 3)"
    assert advice in page_of(client, vendor)
    ReadValue.objects.filter(value="").update(value="2020-11-21")
    assert advice not in page_of(client, vendor)


def test_fields_are_shown_as_they_come(client: Client, vendor: Vendor) -> None:
    paper = make.hand_in(vendor, DEED)
    Reading.objects.filter(paper=paper).update(
        pages_done=1, pages_total=3, fields={"deed_number": "12", "deed_date": "2020-11-21"}
    )
    part = client.get(reverse("documents:progress", args=[paper.pk])).content.decode()
    assert "data-poll" in part
    assert "Read so far:" in part
    assert "21 November 2020" in part
    assert "Name of the notary" not in part
