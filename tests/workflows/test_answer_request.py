"""An office's link: it opens one request, for a while, and takes a list, a word, or a wish."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

import onboarding.actions
from onboarding import roles
from onboarding.models import ReferralRequest, ReferralSheet, RequestAnswer, Standing, User
from tests import factories as make
from tests.onboarding import lists
from tests.workflows import campaigns as ask
from workflows import actions
from workflows.models import AuditEvent, Message

pytestmark = pytest.mark.django_db
HERE = "/permintaan/jawab/"


def opened(request: ReferralRequest) -> Client:
    """A browser in which the link of a request was opened."""
    client = Client()
    response = client.get(ask.link(request))
    assert (response.status_code, response["Location"]) == (302, HERE)
    return client


def say(client: Client, act: str, **values: str) -> int:
    body = {"act": act, **{f"{act}-{key}": value for key, value in values.items()}}
    return client.post(HERE, body).status_code


def test_the_page_says_what_is_asked_until_when_and_shows_no_token() -> None:
    request = ask.asked(ask.sent())
    page = opened(request).get(HERE).content.decode()
    assert request.campaign.question in page
    assert "memiliki NIB" in page
    assert onboarding.actions.link_token(request) not in page
    assert request.token_hash not in page


def test_a_list_sent_through_the_link_goes_the_same_road_with_the_name_of_who_sent_it() -> None:
    request = ask.asked(ask.sent())
    client = opened(request)
    file = lists.file_of([make.values()])
    response = client.post(HERE, {"act": "list", "list-said_by": "Contoh Staf", "list-file": file})
    assert response.status_code == 302
    make.run_jobs()
    sheet = ReferralSheet.objects.get()
    answer = RequestAnswer.objects.get()
    assert (sheet.state, sheet.agency, sheet.request) == ("READ", request.agency, request)
    assert (answer.said_by, answer.via, answer.sheet) == ("Contoh Staf", "link", sheet)
    assert (sheet.received_by, answer.by) == (User.objects.system(), User.objects.system())
    assert AuditEvent.objects.get(act="answer_request").detail["via"] == "link"
    onboarding.actions.confirm_sheet(sheet, by=make.make_user(roles.AGENCY))  # of that office


@pytest.mark.parametrize(("name", "content"), [("foto.png", b"\x89PNG"), ("a.xlsx", b"")])
def test_a_file_through_the_link_passes_the_same_gate(name: str, content: bytes) -> None:
    client = opened(ask.asked(ask.sent()))
    file = io.BytesIO(content)
    file.name = name
    response = client.post(HERE, {"act": "list", "list-said_by": "Contoh", "list-file": file})
    assert response.status_code == 200
    assert not ReferralSheet.objects.exists()


def test_the_office_says_that_it_has_nothing_with_name_and_reason() -> None:
    campaign = ask.sent()
    client = opened(ask.asked(campaign))
    assert say(client, "nothing", said_by="Contoh Kepala", note="") == 200
    assert say(client, "nothing", said_by="Contoh Kepala", note="Tidak ada belanja") == 302
    assert ask.asked(campaign).standing(timezone.localdate()) == Standing.NOTHING


def test_the_office_asks_for_time_and_an_officer_gives_it() -> None:
    campaign, by = ask.sent(), make.make_user(roles.OFFICER)
    request = ask.asked(campaign)
    client, until = opened(request), timezone.localdate() + timedelta(days=30)
    assert say(client, "more_time", said_by="X", note="Y", wanted_on="2020-01-01") == 409
    assert say(client, "more_time", said_by="X", note="Y", wanted_on=until.isoformat()) == 302
    assert ask.asked(campaign).due_on == campaign.due_on  # nobody moves their own date
    client.force_login(by)
    url = f"/permintaan/kantor/{request.pk}/"
    assert until.isoformat() in client.get(url).content.decode()
    client.post(url, {"act": "time", "time-due_on": until.isoformat()})
    assert ask.asked(campaign).due_on == until


def test_a_link_opens_its_own_request_and_no_other_page() -> None:
    campaign = ask.sent()
    client = opened(ask.asked(campaign))
    other = ask.asked(campaign, "dinkes")
    for url in (f"{HERE}{other.pk}/", f"/permintaan/{campaign.pk}/", "/usulan/", "/usulan/unggah/"):
        response = client.get(url)
        assert (response.status_code, "next=" in response["Location"]) == (302, True)
    assert say(client, "nothing", said_by="X", note="Y") == 302
    assert ask.asked(campaign, "dinkes").answered_at is None


def test_somebody_of_another_office_who_is_signed_in_is_not_let_in_by_the_link() -> None:
    request = ask.asked(ask.sent())
    client = Client()
    client.force_login(make.make_user(roles.AGENCY, agency="dinkes"))
    assert client.get(ask.link(request)).status_code == 404
    assert client.get(f"{HERE}{request.pk}/").status_code == 404
    client.force_login(make.make_user(roles.AGENCY))
    assert client.get(ask.link(request))["Location"] == f"{HERE}{request.pk}/"


@pytest.mark.parametrize("end", ["expired", "closed", "replaced", "wrong"])
def test_a_link_that_is_over_opens_nothing_also_in_a_browser_that_had_opened_it(end: str) -> None:
    campaign, by = ask.sent(), make.make_user(roles.OFFICER)
    request = ask.asked(campaign)
    client, link = opened(request), ask.link(request)
    if end == "expired":
        ReferralRequest.objects.update(link_expires_at=timezone.now())
    elif end == "closed":
        onboarding.actions.close_campaign(campaign, by=by)
    elif end == "replaced":
        onboarding.actions.renew_link(request, by=by)
    else:
        client, link = Client(), link.replace("/r/", "/r/x")
    assert client.get(link).status_code == 404
    assert client.get(HERE).status_code == 404
    assert say(client, "nothing", said_by="X", note="Y") == 404
    assert not RequestAnswer.objects.exists()


def test_the_request_is_offered_where_the_office_uploads() -> None:
    request, staff = ask.asked(ask.sent()), make.make_user(roles.AGENCY)
    client = Client()
    client.force_login(staff)
    assert request.campaign.title in client.get("/usulan/").content.decode()
    assert request.campaign.title in client.get("/usulan/unggah/").content.decode()
    file = lists.file_of([make.values()])
    client.post("/usulan/unggah/", {"file": file, "request": request.pk})
    assert ReferralSheet.objects.get().request == request
    assert request.campaign.title not in client.get("/usulan/").content.decode()


def test_a_list_is_not_put_on_the_request_of_another_office() -> None:
    campaign, staff = ask.sent(), make.make_user(roles.AGENCY)
    client = Client()
    client.force_login(staff)
    other = ask.asked(campaign, "dinkes")
    file = lists.file_of([make.values()])
    answer = client.post("/usulan/unggah/", {"file": file, "request": other.pk})
    assert answer.status_code == 200
    assert not ReferralSheet.objects.exists()


def test_an_officer_uploads_for_the_office_from_its_page() -> None:
    request = ask.asked(ask.sent())
    client = Client()
    client.force_login(make.make_user(roles.OFFICER))
    page = client.get(f"/usulan/unggah/?request={request.pk}")
    assert page.context["form"]["agency"].initial == request.agency
    file = lists.file_of([make.values()])
    body = {"file": file, "agency": request.agency_id, "request": request.pk}
    assert client.post("/usulan/unggah/", body).status_code == 302
    assert ReferralSheet.objects.get().request == request


def test_the_message_to_paste_holds_the_link_for_the_officer_and_a_mark_for_others() -> None:
    by = make.make_user(roles.OFFICER)
    campaign = ask.draft(by=by)
    contact = {"contact_name": "Contoh", "email": "", "phone": "+6281290000001"}
    onboarding.actions.change_contact(
        ask.asked(campaign), addressee="Kepala Contoh", by=by, **contact
    )
    actions.send_campaign(campaign, by=by)
    token = onboarding.actions.link_token(ask.asked(campaign))
    assert not Message.objects.filter(body__contains=token).exists()
    client = Client()
    client.force_login(by)
    assert token in client.get("/pesan/?state=BY_HAND").content.decode()
    client.force_login(make.make_user(roles.AUDITOR))
    assert token not in client.get("/pesan/?state=BY_HAND").content.decode()


def test_an_office_sees_its_own_nominations_in_words_and_as_a_file_and_nothing_of_others() -> None:
    mine = make.make_user(roles.AGENCY)
    theirs = make.make_user(roles.AGENCY, agency="dinkes")
    shared = make.values(name="Contoh Bersama")
    for by in (mine, theirs):
        onboarding.actions.refer_vendor(values=shared, agency=by.agency, by=by)
    make.refer(by=theirs, name="Contoh Milik Dinkes")
    lacking = make.refer(by=mine, name="=Contoh Kurang", nib="")
    client = Client()
    client.force_login(mine)
    page = client.get("/usulan/").content.decode()
    assert "Contoh Bersama" in page
    assert "Contoh Milik Dinkes" not in page
    assert "Dinas Kesehatan" not in page
    answer = client.get("/usulan/hasil.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()[1:-2]  # below them stands who took the file, and when
    assert sorted(row[0] for row in rows) == ["'=Contoh Kurang", "Contoh Bersama"]
    row = next(row for row in rows if row[0].startswith("'"))
    assert row[1] == lacking.number
    assert row[8]  # what is missing
    assert row[9]  # and the way to get it
    assert "Dinas Kesehatan" not in str(rows)
    assert lacking.phone not in str(rows)
