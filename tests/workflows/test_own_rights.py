"""What owners may ask about their data: see, copy, correct, agree or not, know who looked."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import PaperFile
from onboarding.actions import refer_oneself
from onboarding.models import RegisterAnswer, User, Vendor
from tests import factories as make
from tests.workflows import firms
from training.models import Seat
from workflows import actions, tasks, watching
from workflows.errors import ConflictOfInterest, NotAllowed, Refused
from workflows.models import (
    AuditEvent,
    Consent,
    Erasure,
    FactCorrection,
    Listing,
    Look,
    Platform,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Vendor:
    return make.refer(nik="3599010101900001")


@pytest.fixture
def owner(client: Client, firm: Vendor) -> User:
    user = make.owner_of(firm)
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return user


def page_of(client: Client, firm: Vendor) -> str:
    return client.get(f"/saya/{firm.pk}/data/").content.decode()


def officer() -> User:
    return make.make_user("officer")


def test_an_owner_sees_everything_that_is_kept(client: Client, owner: User, firm: Vendor) -> None:
    make.hand_in(firm, "ktp", by=owner)
    make.run_jobs()
    page = page_of(client, firm)
    for shown in (
        firm.nib,
        firm.nik,
        firm.phone,
        "(version 1)",
        "Messages to you (",
        "Decisions (",
    ):
        assert shown in page


def test_only_the_owner_opens_it(client: Client, firm: Vendor) -> None:
    for person in (officer(), make.make_user("auditor"), make.make_user("cooperative")):
        client.force_login(person)
        assert client.get(f"/saya/{firm.pk}/data/").status_code == 403
    client.force_login(make.owner_of(make.refer()))
    assert client.get(f"/saya/{firm.pk}/data/").status_code == 404


def test_an_owner_without_a_password_shows_a_new_code_before_everything_is_handed_out(
    client: Client, owner: User, firm: Vendor, settings: Any
) -> None:
    settings.REAUTHENTICATION_REQUIRED = True
    User.objects.filter(pk=owner.pk).update(password="!")
    client.force_login(User.objects.get(pk=owner.pk))
    answer = client.post(f"/saya/{firm.pk}/data/salinan/")
    assert answer["Location"].startswith("/akun/login/code/")
    assert client.get(f"/saya/{firm.pk}/data/").status_code == 302  # signed out
    assert not AuditEvent.objects.filter(act="copy_own_data").exists()


def test_the_copy_holds_a_page_the_data_and_every_original(
    client: Client, owner: User, firm: Vendor
) -> None:
    paper = make.hand_in(firm, "ktp", by=owner)
    make.run_jobs()
    RegisterAnswer.objects.create(
        vendor=firm, register="oss", outcome="mismatch", details=["name"], source="contoh",
        number="NIB-CONTOH-7", asked_by=owner, valid_until=timezone.now(),
    )  # fmt: skip
    Listing.objects.create(
        vendor=firm, platform=Platform.objects.all()[0], account="toko-contoh-7",
        registered_on=timezone.localdate(),
    )  # fmt: skip
    seat = {"person_name": "Contoh Sepupu", "wish": "Kamis pagi", "given_by": officer()}
    Seat.objects.create(session=make.make_session(), vendor=firm, **seat)
    response = client.post(f"/saya/{firm.pk}/data/salinan/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    kept = json.loads(archive.read("data-saya.json"))
    assert kept["facts"]["NIB"] == firm.nib
    assert [one["what"] for one in kept["steps"]][-1]
    assert kept["named_by"][0]["received"] == firm.referrals.get().received
    assert kept["registers"][0]["number"] == "NIB-CONTOH-7"
    assert kept["platforms"][0]["account"] == "toko-contoh-7"
    assert (kept["seats"][0]["who_comes"], kept["seats"][0]["another_date_wished"]) == (
        "Contoh Sepupu",
        "Kamis pagi",
    )
    (file,) = paper.files.all()
    assert len(archive.read(f"dokumen/ktp-v1-1.{file.kind}")) == file.size
    words = archive.read("data-saya.html").decode()
    assert firm.name in words
    assert "src=" not in words
    assert AuditEvent.objects.get(act="copy_own_data").detail == {"papers": 1}


def test_an_officer_writes_the_owner_s_word_into_the_facts(
    client: Client, owner: User, firm: Vendor
) -> None:
    data = {"fact": "address", "value": "Jalan Contoh Baru 7", "reason": "Pindah"}
    assert client.post(f"/saya/{firm.pk}/data/perbaiki/", data).status_code == 302
    assert firm.refresh().address == "Jalan Contoh 1"
    correction = FactCorrection.objects.get()
    client.force_login(officer())
    page = client.get(f"/usaha/{firm.pk}/?part=owner").content.decode()
    assert "Jalan Contoh Baru 7" in page
    client.post(f"/usaha/perbaikan-data/{correction.pk}/", {"is_accepted": "1"})
    assert firm.refresh().address == "Jalan Contoh Baru 7"
    client.force_login(owner)
    assert "Corrected" in page_of(client, firm)


def test_wishes_of_owners_that_wait_for_three_days_are_seen_by_who_answers_and_by_the_keeper(
    client: Client, owner: User, firm: Vendor
) -> None:
    wish = actions.propose_correction(
        firm, fact="address", value="Jalan Contoh Lain 1", reason="", by=owner
    )
    assert watching.as_json()["wishes_late"] == 0
    asked = timezone.now() - timedelta(hours=73)
    FactCorrection.objects.update(proposed_at=asked)
    erasing = Erasure.objects.create(
        vendor=firm, ground=Erasure.Ground.REQUEST, listed_by=owner, listed_at=asked
    )
    assert "wishes_late" in watching.as_json()["wrong"]
    assert watching.as_json()["wishes_late"] == 2
    client.force_login(officer())
    queue = client.get("/meja/").content.decode()
    assert f'href="/usaha/{firm.pk}/?part=owner#proposed"' in queue
    assert "Answer is late" in queue
    client.force_login(make.make_user("manager"))
    page = client.get("/penghapusan/").content.decode()
    assert page.count("Answer is late") == 2
    actions.settle_correction(wish, is_accepted=False, answer="Lihat NIB.", by=officer())
    actions.keep_data(erasing, reason="Sengketa", by=make.make_user("manager"))
    assert watching.as_json()["wishes_late"] == 0


def test_a_refusal_tells_the_owner_why(client: Client, owner: User, firm: Vendor) -> None:
    correction = actions.propose_correction(
        firm, fact="name", value="Contoh Nama Lain", reason="", by=owner
    )
    with pytest.raises(Refused, match="mengapa"):
        actions.settle_correction(correction, is_accepted=False, answer="", by=officer())
    actions.settle_correction(correction, is_accepted=False, answer="Lihat NIB.", by=officer())
    assert "Lihat NIB." in page_of(client, firm)
    with pytest.raises(Refused):
        actions.settle_correction(correction, is_accepted=True, answer="", by=officer())


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [("nib", "123", "13"), ("email", "bukan surel", "email"), ("address", "", "required")],
)
def test_what_cannot_be_right_is_refused_at_once(
    client: Client, owner: User, firm: Vendor, fact: str, value: str, words: str
) -> None:
    answer = client.post(f"/saya/{firm.pk}/data/perbaiki/", {"fact": fact, "value": value})
    assert words in answer.content.decode()
    assert not FactCorrection.objects.exists()


def test_the_same_fact_is_asked_about_once(owner: User, firm: Vendor) -> None:
    ask = {"fact": "category", "reason": "", "by": owner}
    actions.propose_correction(firm, value="Batik", **ask)
    with pytest.raises(Refused, match="sudah"):
        actions.propose_correction(firm, value="Kopi", **ask)


def test_a_relative_of_the_firm_settles_nothing(owner: User, firm: Vendor) -> None:
    correction = actions.propose_correction(
        firm, fact="category", value="Batik", reason="", by=owner
    )
    kin = make.make_user("officer", phone=firm.phone)
    with pytest.raises(ConflictOfInterest):
        actions.settle_correction(correction, is_accepted=True, answer="", by=kin)


def test_the_first_paper_is_the_consent_and_says_so_before(
    client: Client, owner: User, firm: Vendor
) -> None:
    paper_page = reverse("workflows:hand_in_paper", args=[firm.pk, "ktp"])
    assert "By sending you agree" in client.get(paper_page).content.decode()
    make.hand_in(firm, "ktp", by=owner)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.given_by) == ("processing", owner)
    assert consent.version
    make.hand_in(firm, "npwp", by=owner)
    assert Consent.objects.count() == 1
    assert "By sending you agree" not in client.get(paper_page).content.decode()


def test_consents_taken_elsewhere_count() -> None:
    helper = make.make_user("cooperative")
    firm = make.refer(by=helper)
    actions.begin_assistance(firm, consent_of="Contoh", way="in_person", by=helper)
    own = refer_oneself(
        values=make.values(region="Kota Surabaya"), consent="2026-11", form_key="k" * 36,
        by=User.objects.system(),
    ).vendor  # fmt: skip
    versions = dict(Consent.objects.values_list("vendor", "version"))
    assert versions[own.pk] == "2026-11"
    assert firm.pk in versions


def test_a_consent_is_as_easily_taken_back_as_given(
    client: Client, owner: User, firm: Vendor
) -> None:
    url = f"/saya/{firm.pk}/data/persetujuan/"
    client.post(url, {"purpose": "publicity", "act": "give"})
    assert Consent.objects.get().withdrawn_at is None
    client.post(url, {"purpose": "publicity", "act": "withdraw"})
    assert Consent.objects.get().withdrawn_at is not None
    assert list(AuditEvent.objects.filter(act__endswith="_consent").values_list("act", flat=True))


def test_taking_back_the_consent_on_which_all_rests_means_leaving(
    client: Client, owner: User, firm: Vendor
) -> None:
    make.hand_in(firm, "ktp", by=owner)
    url = f"/saya/{firm.pk}/data/persetujuan/"
    answer = client.post(url, {"purpose": "processing", "act": "withdraw"})
    assert answer["Location"] == f"/saya/{firm.pk}/mundur/"
    assert Consent.objects.get().withdrawn_at is None
    actions.leave_programme(firm.refresh(), reason="Tidak jadi", by=owner)
    assert Consent.objects.get().withdrawn_at is not None


def test_nobody_agrees_for_the_owner(firm: Vendor) -> None:
    with pytest.raises(NotAllowed):
        actions.give_consent(firm, purpose="publicity", by=officer())


def test_a_look_is_noted_once_an_hour_and_shown_to_the_owner_without_a_name(
    client: Client, owner: User, firm: Vendor
) -> None:
    page_of(client, firm)
    assert not Look.objects.exists()
    looker = officer()
    client.force_login(looker)
    for _time in range(2):
        client.get(f"/usaha/{firm.pk}/")
    assert [(look.what, look.by) for look in Look.objects.all()] == [("vendor", looker)]
    client.force_login(owner)
    page = page_of(client, firm)
    assert "Page of the business" in page
    assert looker.full_name not in page
    client.force_login(make.make_user("auditor"))
    assert looker.full_name in client.get(f"/usaha/{firm.pk}/?part=history").content.decode()


def test_a_case_and_an_original_are_looks_too(client: Client) -> None:
    case = firms.submitted()
    stored = default_storage.save("papers/contoh.jpg", ContentFile(b"contoh"))
    file = PaperFile.objects.create(
        paper=case.vendor.papers.first(), position=1, original_name="contoh.jpg",
        stored_as=stored, sha256="0" * 64, size=6, kind="jpeg",
    )  # fmt: skip
    client.force_login(officer())
    client.get(f"/meja/kasus/{case.pk}/")
    client.get(f"/dokumen/asli/{file.pk}/")
    assert set(Look.objects.values_list("what", flat=True)) == {"case", "original"}


def test_a_lost_phone_is_signed_out_and_codes_go_to_the_new_number(
    client: Client, owner: User, firm: Vendor, settings: Any, tmp_path: Any
) -> None:
    settings.OUTBOX_DIR = tmp_path
    User.objects.filter(pk=owner.pk).update(phone=firm.phone)
    lost = Client()
    lost.post("/akun/login/code/", {"contact": firm.phone})
    tasks.send_sign_in()
    (sent,) = tmp_path.glob("sms-*.txt")
    code = next(word.strip(".") for word in sent.read_text().split() if word[:6].isdigit())
    lost.post("/akun/login/code/confirm/", {"code": code, "own_device": "on"})
    assert lost.get(f"/saya/{firm.pk}/").status_code == 200
    membership = owner.memberships.get()
    client.force_login(officer())
    answer = client.post(f"/usaha/pemilik/{membership.pk}/hp-baru/", {"phone": "0812 9000 0001"})
    assert answer.status_code == 302
    assert lost.get(f"/saya/{firm.pk}/").status_code == 302
    owner.refresh_from_db()
    assert owner.phone == firm.refresh().phone == "+6281290000001"
    assert AuditEvent.objects.filter(act="move_owner").exists()
