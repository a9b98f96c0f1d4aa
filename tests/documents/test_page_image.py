"""Pictures, originals and progress of papers: for the firm and the desk, run in no browser."""

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import PageImage, Paper, PaperFile
from onboarding.models import Vendor
from tests import factories as make

pytestmark = pytest.mark.django_db

NAMES = ("page_image", "original", "progress")


@pytest.fixture
def vendor() -> Vendor:
    vendor = make.refer()
    make.hand_in(vendor, "ktp")
    make.run_jobs()
    return vendor


def address(name: str) -> str:
    model = {"page_image": PageImage, "original": PaperFile, "progress": Paper}[name]
    return reverse(f"documents:{name}", args=[model.objects.get().pk])


def test_a_page_is_a_picture_that_nothing_may_keep_or_run(client: Client, vendor: Vendor) -> None:
    client.force_login(make.owner_of(vendor))
    response = client.get(address("page_image"))
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_an_original_is_a_download_byte_for_byte(client: Client, vendor: Vendor) -> None:
    item = PaperFile.objects.get()
    PaperFile.objects.update(original_name='KTP "saya"\r\nX: y/é.jpg')
    client.force_login(make.owner_of(vendor))
    response = client.get(address("original"))
    assert len(b"".join(response.streaming_content)) == item.size
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == (
        'attachment; filename="ktp-v1-1.jpeg"; '
        "filename*=UTF-8''KTP%20%22saya%22X%3A%20y_%C3%A9.jpg"
    )
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_progress_is_asked_again_until_the_paper_was_read(client: Client) -> None:
    vendor = make.refer()
    make.hand_in(vendor, "ktp")
    client.force_login(make.owner_of(vendor))
    assert "data-poll" in client.get(address("progress")).content.decode()
    make.run_jobs()
    page = client.get(address("progress")).content.decode()
    assert "data-poll" not in page
    assert "<html" not in page


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["officer", "approver", "auditor"])
def test_the_desk_sees_every_paper(client: Client, vendor: Vendor, name: str, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(address(name)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["agency", "cooperative", "trainer", "manager", "admin"])
def test_others_see_no_paper(client: Client, vendor: Vendor, name: str, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(address(name)).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_another_owner_s_paper_does_not_exist(client: Client, vendor: Vendor, name: str) -> None:
    client.force_login(make.owner_of(make.refer()))
    assert client.get(address(name)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_is_sent_to_the_sign_in_page(client: Client, vendor: Vendor, name: str) -> None:
    assert client.get(address(name))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", NAMES)
def test_papers_are_only_looked_at_here(client: Client, vendor: Vendor, name: str) -> None:
    client.force_login(make.owner_of(vendor))
    assert client.post(address(name)).status_code == 405
