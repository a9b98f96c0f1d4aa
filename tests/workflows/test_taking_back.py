"""Ten seconds to change one's mind: nothing happens in them, and what is taken back never was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client
from django.utils import timezone

from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import NotAllowed, TakenByAnother
from workflows.models import Case, CaseNote, Letter, Message, PendingAct, Setting, Stage

pytestmark = pytest.mark.django_db
SEEN = {"advice": "approve", "explanation": "Lengkap."}


ENGLISH = {settings.LANGUAGE_COOKIE_NAME: "en"}


@pytest.fixture(autouse=True)
def ten_seconds(db: None, client: Client) -> None:
    Setting.objects.filter(pk="undo_seconds").update(value=10)
    client.cookies.load(ENGLISH)


@pytest.fixture
def officer(client: Client) -> make.User:
    user = make.make_user(roles.OFFICER)
    client.force_login(user)
    return user


def url_of(case: Case) -> str:
    return f"/meja/kasus/{case.pk}/"


def let_time_pass() -> int:
    """The seconds are over, and the worker's sweep comes by."""
    waiting = PendingAct.objects.filter(ended_at__isnull=True)
    waiting.update(final_at=F("final_at") - timedelta(seconds=11))
    return actions.finish_due(now=timezone.now(), by=make.User.objects.system())


def stands(case: Case) -> tuple[str, str]:
    case = Case.objects.get(pk=case.pk)
    return str(case.vendor.refresh().status), str(case.stage)


def test_a_verified_case_waits_ten_seconds_in_the_officers_hands_and_is_then_verified(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    told = Message.objects.count()
    assert client.post(f"{url_of(case)}verifikasi/", SEEN)["Location"] == "/meja/"
    assert stands(case) == (Status.SUBMITTED, Stage.VERIFY)
    assert Case.objects.get(pk=case.pk).owner == officer
    queue = client.get("/meja/?tab=mine").text
    assert "Being finished by" in queue
    assert f'action="/meja/urung/{PendingAct.objects.get().pk}/"' in queue
    assert "/verifikasi/" not in client.get(url_of(case)).text
    assert actions.finish_due(now=timezone.now(), by=make.User.objects.system()) == 0
    assert let_time_pass() == 1
    assert stands(case) == (Status.VERIFIED, Stage.DECIDE)
    assert case.vendor.events.get(act="verify").by == officer
    assert let_time_pass() == 0
    assert case.vendor.events.filter(act="verify").count() == 1
    assert Message.objects.count() == told
    assert "/meja/urung/" not in client.get("/meja/").text


def test_what_is_taken_back_was_never_done_and_nobody_heard_of_it(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    firms.ask(case, by=officer)
    told = Message.objects.count()
    client.post(f"{url_of(case)}perbaikan/")
    pending = PendingAct.objects.get()
    assert client.post(f"/meja/urung/{pending.pk}/")["Location"] == url_of(case)
    assert let_time_pass() == 0
    assert stands(case) == (Status.SUBMITTED, Stage.VERIFY)
    assert Message.objects.count() == told
    assert case.vendor.events.filter(act="take_back_act").count() == 1
    assert client.post(f"/meja/urung/{pending.pk}/").status_code == 409
    assert "/perbaikan/" in client.get(url_of(case)).text


@pytest.mark.parametrize(
    ("door", "said", "becomes"),
    [
        ("putusan", {"decision": "approve"}, Status.APPROVED),
        (
            "putusan",
            {"decision": "reject", "reject-reason_code": "CAPACITY", "reject-reason": "Contoh"},
            Status.REJECTED,
        ),
        ("kirim-balik", {"back-reason": "Periksa NIB"}, Status.SUBMITTED),
    ],
)
def test_a_decision_becomes_final_when_its_seconds_are_over(
    client: Client, door: str, said: dict[str, str], becomes: str
) -> None:
    approver = make.make_user(roles.APPROVER)
    client.force_login(approver)
    case = firms.verified()
    letters = Letter.objects.count()
    assert client.post(f"{url_of(case)}{door}/", said).status_code == 302
    assert (stands(case)[0], Letter.objects.count()) == (Status.VERIFIED, letters)
    assert let_time_pass() == 1
    assert stands(case)[0] == becomes


def test_a_colleague_can_do_nothing_with_a_case_that_is_being_finished(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    client.post(f"{url_of(case)}verifikasi/", SEEN)
    case, colleague = firms.again(case), make.make_user(roles.OFFICER)
    for act in (
        lambda: actions.claim_case(case, by=colleague),
        lambda: make.verify(case, by=colleague),
        lambda: actions.hand_on_case(case, to=colleague, reason="Cuti", by=officer),
        lambda: actions.give_back_case(case, by=officer),
    ):
        with pytest.raises(TakenByAnother):
            act()
    with pytest.raises(NotAllowed):
        actions.take_back(PendingAct.objects.get(), by=colleague)
    assert officer.full_name in _signed_in(colleague).get(url_of(case)).text


def test_who_may_not_decide_hears_it_when_they_press_and_nothing_is_put_off(
    client: Client,
) -> None:
    case = firms.submitted()
    officer = make.make_user(roles.OFFICER)
    firms.ask(case, by=officer)
    client.force_login(officer)
    answer = client.post(f"{url_of(case)}verifikasi/", SEEN)
    assert answer.status_code == 409
    assert "There are things to correct on the list." in answer.text
    assert not PendingAct.objects.exists()
    assert not case.vendor.events.filter(act="verify").exists()


def test_a_second_press_is_the_same_act(client: Client, officer: make.User) -> None:
    case = firms.submitted()
    for _press in range(2):
        assert client.post(f"{url_of(case)}verifikasi/", SEEN).status_code == 302
    assert PendingAct.objects.count() == 1


def test_what_changed_meanwhile_refuses_the_act_and_the_officer_is_told(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    client.post(f"{url_of(case)}verifikasi/", SEEN)
    firms.put_paper(case.vendor, "ktp")
    assert let_time_pass() == 0
    assert stands(case) == (Status.SUBMITTED, Stage.VERIFY)
    pending = PendingAct.objects.get(outcome=PendingAct.Outcome.REFUSED)
    for page in ("/meja/", url_of(case)):
        assert pending.refusal in client.get(page).text
    client.post(f"/meja/urung/{pending.pk}/dibaca/")
    assert pending.refusal not in client.get("/meja/").text


def test_a_firm_that_withdraws_meanwhile_is_not_approved(client: Client) -> None:
    client.force_login(make.make_user(roles.APPROVER))
    case = firms.verified()
    client.post(f"{url_of(case)}putusan/", {"decision": "approve"})
    vendor = case.vendor.refresh()
    actions.withdraw_vendor(vendor, reason="Tutup", by=make.owner_of(vendor))
    assert let_time_pass() == 0
    assert stands(case) == (Status.WITHDRAWN, Stage.CLOSED)


def test_the_officer_goes_straight_on_to_the_next_case_in_hand(
    client: Client, officer: make.User
) -> None:
    first, second = firms.submitted(), firms.submitted()
    for case in (first, second):
        actions.claim_case(case, by=officer)
    assert client.post(f"{url_of(first)}verifikasi/", SEEN)["Location"] == url_of(second)
    assert client.post(f"{url_of(second)}verifikasi/", SEEN)["Location"] == "/meja/"


def test_a_note_is_read_by_colleagues_and_its_words_stay_out_of_the_trail(
    client: Client, officer: make.User
) -> None:
    case = firms.submitted()
    client.post(f"{url_of(case)}catatan/", {"note-text": "Telepon dulu sebelum jam 9."})
    assert client.post(f"{url_of(case)}catatan/", {"note-text": " "}).status_code == 422
    assert CaseNote.objects.get().by == officer
    colleague = _signed_in(make.make_user(roles.APPROVER))
    for page in (url_of(case), f"{url_of(case)}sekitar/"):
        assert "Telepon dulu sebelum jam 9." in colleague.get(page).text
    event = case.vendor.events.get(act="note_case")
    assert "Telepon" not in f"{event.reason}{event.detail}"


def test_beside_a_case_stands_what_its_owner_was_told_and_which_cases_are_like_it(
    client: Client, officer: make.User
) -> None:
    twin = firms.approved(phone="+6281200000123")
    case = firms.submitted(phone="+6281200000123")
    told = client.get(f"{url_of(case)}sekitar/?part=told").text
    assert "Papers complete" in told
    assert "came from the business" in told
    similar = client.get(f"{url_of(case)}sekitar/?part=similar").text
    assert twin.vendor.name in similar
    assert "The same phone" in similar
    assert client.get(f"{url_of(case)}sekitar/?part=else").status_code == 404


def test_a_case_of_the_same_region_returned_for_the_same_reason_helps(
    client: Client, officer: make.User
) -> None:
    before = firms.resubmitted()
    make.approve(make.verify(firms.again(before)))
    case = firms.submitted()
    firms.ask(case, by=officer)
    similar = client.get(f"{url_of(case)}sekitar/?part=similar").text
    assert before.vendor.name in similar
    assert "Same region and legal form" in similar


def _signed_in(user: make.User) -> Client:
    client = Client()
    client.cookies.load(ENGLISH)
    client.force_login(user)
    return client
