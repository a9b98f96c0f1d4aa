"""An auditor of one region sees nothing of another; one of the whole province sees both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from documents.models import Paper
from onboarding import roles
from onboarding.models import ReferralRequest, User, Vendor
from tests import factories as make
from tests.workflows import campaigns, firms
from training.models import Seat, Session
from workflows.flows import CaseFlow
from workflows.models import (
    AuditAssignment,
    BrowsingAlert,
    Case,
    Letter,
    LetterRun,
    Look,
    Ticket,
)

pytestmark = pytest.mark.django_db
HERE, THERE = "Kota Surabaya", "Kota Malang"
number = count(1)
#: What hangs on a firm or a person of a region; the auditor of another region sees none of it.
MODELS = (Vendor, Case, Paper, Letter, Look, Seat, Session, ReferralRequest, Ticket)


@dataclass
class Part:
    """A region with a session for its firm, a letter, what its government was asked, a ticket."""

    firm: Vendor
    session: Session
    asked: ReferralRequest
    ticket: Ticket

    @property
    def urls(self) -> list[str]:
        return [
            f"/usaha/{self.firm.pk}/",
            f"/bimtek/{self.session.pk}/",
            f"/bimtek/{self.session.pk}/sesudah/",
            f"/permintaan/kantor/{self.asked.pk}/",
            f"/tiket/{self.ticket.pk}/",
        ]


def part(region: str, office: str, campaign: Any) -> Part:
    number_of = next(number)
    firm = make.refer(region=region, nik=f"357899410290{number_of:04d}", nib="")
    session = make.make_session(days=number_of * 3, region_id=firm.region_id)
    Seat.objects.create(session=session, vendor=firm, given_by=session.created_by)
    Letter.objects.create(
        kind=Letter.Kind.DECISION, vendor=firm, subject="Contoh", year=2026, content={},
        created_by=session.created_by,
    )  # fmt: skip
    Look.objects.create(vendor=firm, by=session.created_by, role="officer", what=Look.What.CASE)
    firms.put_paper(firm, "ktp")
    Case.objects.create(flow_class=CaseFlow, vendor=firm, region=firm.region)
    ticket = Ticket.objects.create(
        kind=Ticket.Kind.SUPPORT,
        topic=Ticket.Topic.ORDER,
        text="Contoh",
        vendor=firm,
        key=uuid4(),
        due_on=timezone.localdate(),
    )
    return Part(firm, session, campaigns.asked(campaign, office), ticket)


def auditor(**scope: Any) -> User:
    person = make.make_user(roles.AUDITOR)
    AuditAssignment.objects.filter(auditors=person).delete()
    make.assign(person, **scope)
    return User.objects.get(pk=person.pk)


def seen(person: User) -> dict[str, set[int]]:
    return {
        model.__name__: set(
            model._default_manager.all().visible_to(person).values_list("pk", flat=True)
        )
        for model in MODELS
    }


def test_an_auditor_of_a_part_sees_that_part_only_and_one_of_the_whole_sees_both() -> None:
    campaign = campaigns.sent("dindik", "pemkot-surabaya", "pemkot-malang")
    here = part(HERE, "pemkot-surabaya", campaign)
    before = seen(auditor(regions=["35.78"]))
    there = part(THERE, "pemkot-malang", campaign)
    of_part, of_all = auditor(regions=["35.78"]), auditor()
    assert seen(of_part) == before
    assert all(before.values())
    assert {name: len(rows) for name, rows in seen(of_all).items()} == {
        name: 2 * len(rows) + (name == "ReferralRequest") for name, rows in before.items()
    }
    for person, of_another in ((of_part, 404), (of_all, 200)):
        client = Client()
        client.force_login(person)
        assert [client.get(url).status_code for url in here.urls] == [200] * len(here.urls)
        assert [client.get(url).status_code for url in there.urls] == [of_another] * len(there.urls)


def test_bound_letters_and_alerts_reach_beyond_a_part_and_are_shown_to_nobody_of_one() -> None:
    session = make.make_session()
    stored = default_storage.save("letters/contoh.pdf", ContentFile(b"%PDF-1.7 contoh"))
    run = LetterRun.objects.create(session=session, stored_as=stored, created_by=session.created_by)
    BrowsingAlert.objects.create(
        person=session.created_by, kind="firms", count=61, since=timezone.now()
    )
    for scope, status, alerts in (({"regions": ["35.78"]}, 404, 0), ({}, 200, 1)):
        client, person = Client(), auditor(**scope)
        client.force_login(person)
        assert client.get(f"/bimtek/surat/{run.pk}/").status_code == status
        assert client.get(f"/bimtek/{session.pk}/surat/").status_code == 200
        assert BrowsingAlert.objects.visible_to(person).count() == alerts
