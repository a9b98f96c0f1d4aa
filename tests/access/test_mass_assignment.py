"""Forms take what they ask for: every other field of a model, posted beside it, changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.http import HttpResponse
from django.utils import timezone

from documents.models import Paper
from onboarding import roles
from onboarding.models import Invitation, Referral, Status, User, Vendor
from tests import factories as make
from tests.access.world import World, rolled_back
from training.models import Session, Syllabus

pytestmark = pytest.mark.django_db
HOSTILE = {
    "role": "admin",
    "status": "ACTIVE",
    "state": "CLOSED",
    "verdict": "linked",
    "is_superuser": "true",
    "is_staff": "true",
}


def noise(*kinds: type[models.Model]) -> dict[str, str]:
    """Every column of these tables, as a person with bad intentions would fill it."""
    every: dict[str, str] = {}
    for field in (field for kind in kinds for field in kind._meta.fields):
        if isinstance(field, models.DateField):
            every[field.name] = "2020-01-01"
        elif isinstance(field, models.ForeignKey):
            every[field.name] = every[field.attname] = "1"
        else:
            every[field.name] = "1"
    return every | HOSTILE


def post(world: World, role: str, url: str, body: dict[str, Any]) -> HttpResponse:
    return world.client(role).post(url, body)


def strange(row: models.Model, asked: set[str]) -> dict[str, Any]:
    """What a row holds in the columns that the form did not ask for."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.fields
        if field.name not in asked
    }


def test_a_referral_sets_nothing_but_the_facts_of_the_firm(world: World) -> None:
    office = world.people[roles.AGENCY]
    facts = {**make.values(), "region": "35.78", "request": ""}
    with rolled_back():
        answer = post(world, roles.AGENCY, "/usulan/formulir/", noise(Vendor, Referral) | facts)
        assert answer.status_code == 302
        referral = Referral.objects.select_related("vendor").get(vendor__nib=facts["nib"])
    assert (referral.agency_id, referral.created_by_id) == (office.agency_id, office.pk)
    assert (referral.verdict, referral.sheet_id, referral.needs_look) == ("created", None, False)
    firm = referral.vendor
    assert firm.status == Status.ELIGIBLE
    assert (firm.no_shows, firm.asn_owner, firm.blacklisted_on) == (0, False, None)
    assert (firm.suspended_by_id, firm.status_before_suspension, firm.rejected_on) == (
        None,
        "",
        None,
    )


def test_a_correction_sets_nothing_but_what_is_known_of_the_firm(world: World) -> None:
    firm: Vendor = world.sides["A"].things["active"].refresh()
    asked = {
        "name": "Contoh Nama Benar",
        "legal_form": firm.legal_form,
        "nib": firm.nib,
        "npwp": firm.npwp,
        "owner_name": firm.owner_name,
        "nik": firm.nik,
        "phone": firm.phone,
        "email": firm.email,
        "region": firm.region_id,
        "address": firm.address,
        "kbli": firm.kbli,
        "category": firm.category,
        "capital": "",
        "yearly_sales": "",
        "founded_on": "",
        "reason": "Sesuai NIB",
    }
    before = strange(firm, {*asked, "folded_name"})
    with rolled_back():
        answer = post(world, roles.OFFICER, f"/usaha/{firm.pk}/ubah/", noise(Vendor) | asked)
        assert answer.status_code == 302
        after = firm.refresh()
    assert after.name == "Contoh Nama Benar"
    assert strange(after, {*asked, "folded_name"}) == before


def test_an_invitation_is_what_its_form_asks_and_never_an_owner_or_the_system(
    world: World,
) -> None:
    asked = {"full_name": "Contoh Baru", "email": "baru@contoh.test", "agency": ""}
    url = "/usulan/orang/undang/"
    for role in (roles.VENDOR, roles.SYSTEM, "superuser"):
        with rolled_back():
            body = noise(User, Invitation) | asked | {"role": role}
            assert post(world, roles.ADMIN, url, body).status_code == 200
            assert not Invitation.objects.filter(email=asked["email"]).exists()
    with rolled_back():
        body = noise(User, Invitation) | asked | {"role": roles.TRAINER}
        assert post(world, roles.ADMIN, url, body).status_code == 302
        made = Invitation.objects.get(email=asked["email"])
    assert (made.role, made.agency_id, made.used_at, made.used_by_id) == (
        "trainer",
        None,
        None,
        None,
    )
    assert made.created_by_id == world.people[roles.ADMIN].pk
    assert made.token_hash != "1"
    assert made.expires_at > timezone.now() + timedelta(days=6)


def test_whoever_accepts_an_invitation_chooses_a_password_and_nothing_else(world: World) -> None:
    client = world.client("")
    with rolled_back():
        client.get(f"/undangan/{world.sides['A'].things['invitation_token']}/")
        secret = "kata sandi contoh yang panjang"
        body = noise(User, Invitation) | {"password": secret, "again": secret}
        assert client.post("/undangan/", body).status_code == 302
        person = User.objects.get(email__startswith="undangan", full_name="Contoh Undangan")
    assert (person.role, person.is_staff, person.is_superuser) == (roles.OFFICER, False, False)
    assert person.agency_id is None


def test_a_paper_belongs_to_the_firm_and_the_kind_of_its_address(world: World) -> None:
    side = world.sides["A"]
    firm = side.things["vendor"]
    body = noise(Paper) | {"vendor": world.sides["B"].things["vendor"].pk, "version": "9"}
    with rolled_back():
        url = f"/saya/{firm.pk}/dokumen/npwp/"
        answer = post(world, roles.VENDOR, url, {**body, "files": make.photo("npwp")})
        assert answer.status_code == 302
        paper = Paper.objects.get(vendor=firm, document_type="npwp")
    assert (paper.state, paper.version, paper.frozen_at) == (Paper.State.RECEIVED, 1, None)
    assert (paper.received_by_id, paper.sighted_at, paper.declared) == (side.owner.pk, None, {})


def test_a_planned_session_is_planned_by_the_one_who_plans_it(world: World) -> None:
    asked = {
        "title": "Bimtek Contoh Baru",
        "audience": Session.Audience.VENDORS,
        "region": "35.78",
        "place": "Aula Contoh",
        "address": "",
        "way": Session.Way.HALL,
        "venue": "",
        "map_url": "",
        "online_url": "",
        "category": "",
        "language": "id",
        "cost": "",
        "day": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "starts": "08:00",
        "ends": "12:00",
        "capacity": "20",
        "trainer": world.people[roles.TRAINER].pk,
        "syllabus": Syllabus.objects.first().pk,
    }
    with rolled_back():
        answer = post(world, roles.OFFICER, "/bimtek/baru/", noise(Session) | asked)
        assert answer.status_code == 302
        planned = Session.objects.get(title=asked["title"])
    assert (planned.state, planned.closed_at, planned.closed_by_id) == ("PLANNED", None, None)
    assert (planned.changes, planned.series_id, planned.cancel_reason) == (0, None, "")
    assert planned.created_by_id == world.people[roles.OFFICER].pk
    assert timezone.localtime(planned.starts_at).hour == 8


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("/akun/password/change/", {"oldpassword": make.PASSWORD}),
        ("/akun/email/", {"action_add": "", "email": "lain@contoh.test"}),
        ("/akun/email/", {"action_primary": "", "email": "lain@contoh.test"}),
        ("/akun/sesi/", {}),
        ("/akun/reauthenticate/", {"password": make.PASSWORD}),
    ],
)
@pytest.mark.parametrize("role", [roles.VENDOR, roles.AGENCY])
def test_nobody_gives_themselves_a_role_or_an_office(
    role: str, url: str, asked: dict[str, str], world: World
) -> None:
    person = world.people[role]
    secret = "kata sandi contoh yang panjang"
    with rolled_back():
        before = strange(User.objects.get(pk=person.pk), {"password", "last_login"})
        body = noise(User) | {"password1": secret, "password2": secret} | asked
        assert post(world, role, url, body).status_code < 500
        after = strange(User.objects.get(pk=person.pk), {"password", "last_login"})
    assert after == before
