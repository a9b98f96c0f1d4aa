"""People of offices at sessions for government users, and the road of their offices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onboarding import roles
from onboarding.actions import write_joining_step
from onboarding.errors import Refused as StepRefused
from onboarding.models import Agency, JoiningStep
from tests import factories as make
from training.actions import Person, close_sheet, seat_office_people
from training.errors import Refused, SessionFull
from training.models import Session
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
PEOPLE = [Person("Contoh Satu", "Pejabat Pengadaan"), Person("Contoh Dua")]


def government_session(**facts: object) -> Session:
    return make.make_session(audience=Session.Audience.GOVERNMENT, **facts)


def office(code: str = "dindik") -> Agency:
    return Agency.objects.get(code=code)


def test_an_office_names_its_own_people_and_nobody_elses() -> None:
    session, staff = government_session(), make.make_user(roles.AGENCY)
    seats = seat_office_people(session, agency=office(), people=PEOPLE, by=staff)
    assert [(seat.person_name, seat.state) for seat in seats] == [
        ("Contoh Satu", "CONFIRMED"), ("Contoh Dua", "CONFIRMED"),
    ]  # fmt: skip
    again = seat_office_people(session, agency=office(), people=[Person(" contoh  SATU")], by=staff)
    assert again == []
    with pytest.raises(Refused, match="instansi Anda sendiri"):
        seat_office_people(session, agency=office("dinkop-ukm"), people=PEOPLE, by=staff)


def test_there_are_never_more_people_than_seats_and_businesses_sessions_take_none() -> None:
    officer = make.make_user(roles.OFFICER)
    with pytest.raises(SessionFull):
        seat_office_people(
            government_session(capacity=1), agency=office(), people=PEOPLE, by=officer
        )
    with pytest.raises(Refused):
        seat_office_people(make.make_session(), agency=office(), people=PEOPLE, by=officer)


def test_a_pasted_list_seats_all_or_says_which_line_is_wrong(client: Client) -> None:
    session = government_session()
    client.force_login(make.make_user(roles.OFFICER))
    url = f"/bimtek/{session.pk}/kantor/"
    name = office().name
    wrong = client.post(url, {"people": f"Contoh Satu;Staf;{name}\nContoh Dua;Staf;Tidak Ada"})
    assert wrong.status_code == 422
    assert session.seats.count() == 0
    answer = client.post(url, {"people": f"Contoh Satu;Staf;{name}\nContoh Dua\tStaf\t{name}"})
    assert answer.status_code == 302
    assert session.seats.count() == 2
    assert client.get(f"/bimtek/{session.pk}/").status_code == 200


def test_an_office_names_and_takes_back_on_its_own_page(client: Client) -> None:
    session = government_session()
    client.force_login(make.make_user(roles.AGENCY))
    assert session.title in client.get("/bimtek/kantor/").content.decode()
    page = f"/bimtek/kantor/{session.pk}/"
    client.post(page, {"name": "Contoh Satu", "position": "Staf"})
    seat = session.seats.get()
    assert "Contoh Satu" in client.get(page).content.decode()
    other = Client()
    other.force_login(make.make_user(roles.COOPERATIVE))
    assert other.post(f"/bimtek/kursi/{seat.pk}/kembalikan/").status_code == 404
    client.post(f"/bimtek/kursi/{seat.pk}/kembalikan/")
    assert session.seats.get().state == "RELEASED"


def test_who_was_present_makes_a_proposal_that_a_person_confirms(client: Client) -> None:
    session, officer = government_session(), make.make_user(roles.OFFICER)
    pemkot = Agency.objects.get(region="35.78")
    for agency in (pemkot, office()):
        seat_office_people(session, agency=agency, people=PEOPLE, by=officer)
    make.begin(session)
    session.seats.filter(agency=pemkot).update(arrived_at=timezone.now(), marked_by=session.trainer)
    close_sheet(session, by=session.trainer)
    step = JoiningStep.objects.get(step="trained")
    assert (step.agency, step.is_proposed) == (pemkot, True)
    client.force_login(officer)
    url = f"/usulan/kantor/{pemkot.pk}/"
    assert client.post(url, {"act": "confirm", "step": step.pk}).status_code == 302
    assert JoiningStep.objects.standing().get(step="trained").agency == pemkot
    assert AuditEvent.objects.filter(act="confirm_joining_step").count() == 1


def test_an_office_goes_forward_only_unless_a_step_is_taken_back_with_a_reason(
    client: Client,
) -> None:
    officer, today = make.make_user(roles.OFFICER), timezone.localdate()
    pemkot = Agency.objects.get(region="35.78")
    facts = {"evidence": "Pesanan pertama Contoh", "by": officer}
    bought = write_joining_step(pemkot, step="buying", taken_on=today, **facts)
    with pytest.raises(StepRefused, match="Batalkan dahulu langkah itu"):
        write_joining_step(pemkot, step="trained", taken_on=today, **facts)
    with pytest.raises(StepRefused):
        write_joining_step(pemkot, step="buying", taken_on=today + timedelta(days=1), **facts)
    client.force_login(officer)
    url = f"/usulan/kantor/{pemkot.pk}/"
    assert client.post(url, {"act": "withdraw", "step": bought.pk}).status_code == 422
    client.post(url, {"act": "withdraw", "step": bought.pk, "reason": "Salah kantor"})
    assert write_joining_step(pemkot, step="trained", taken_on=today, **facts).step == "trained"


def test_an_office_sees_its_own_road_only(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    assert client.get(f"/usulan/kantor/{office().pk}/").status_code == 200
    other = Agency.objects.get(region="35.78")
    assert client.get(f"/usulan/kantor/{other.pk}/").status_code == 404
    assert client.post(f"/usulan/kantor/{office().pk}/", {"act": "write"}).status_code == 403
