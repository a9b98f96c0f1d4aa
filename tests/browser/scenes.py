"""What must be true before a journey begins, brought about in the product's own database.

The product starts `main` once Django is set up: it reads `["name", {facts}]` a line and answers
with JSON a line, because loading Django for each scene would take most of the time. Firms get
where they are by the real actions. Two things that no screen can do are done here: letting a day
come, and letting a link grow old.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

import training.actions
from config.celery import app
from documents.models import Paper, Reading, ReadValue
from onboarding.models import Agency, User, Vendor
from tests import factories
from tests.workflows import firms
from training.models import Seat, Session
from workflows import actions
from workflows.models import AccessLink, Case, PendingAct, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = (
    ("officer", "Rina Contoh Wulandari"),
    ("officer2", "Agus Contoh Prasetyo"),
    ("approver", "Endang Contoh Lestari"),
    ("agency", "Dwi Contoh Handayani"),
    ("cooperative", "Sri Contoh Mulyani"),
    ("trainer", "Bayu Contoh Nugroho"),
    ("auditor", "Hari Contoh Wibowo"),
    ("manager", "Lilik Contoh Rahmawati"),
    ("admin", "Teguh Contoh Santosa"),
)


def people() -> dict[str, str]:
    """One person of every role (two officers), who sign in with the factories' password."""
    offices = {"agency": "dindik", "cooperative": "dinkop-ukm"}
    emails = {}
    for name, full_name in PEOPLE:
        office = offices.get(name)
        emails[name] = User.objects.create_user(
            f"{name}@contoh.test",
            factories.PASSWORD,
            role=name.rstrip("2"),
            full_name=full_name,
            agency=Agency.objects.get(code=office) if office else None,
            is_staff=name == "admin",
        ).email
    factories.assign(User.objects.get(email=emails["auditor"]))
    undo(0)
    return emails


def undo(seconds: int) -> None:
    """Let what is pressed at the desk wait so long; journeys that look at other things wait not."""
    Setting.objects.update_or_create(pk="undo_seconds", defaults={"value": seconds})


def finish_now(case: int) -> str:
    """Let the seconds of an act be over; gives the status of the firm then."""
    PendingAct.objects.filter(ended_at__isnull=True).update(final_at=timezone.now())
    actions.finish_due(now=timezone.now(), by=User.objects.system())
    return str(Case.objects.get(pk=case).vendor.status)


def clean_case(**values: str) -> dict[str, Any]:
    """A case of which nothing differs; every paper is a statement."""
    case = firms.submitted(**values)
    return {**_facts(case.vendor), "case": case.pk}


def eligible_firm(**values: str) -> dict[str, Any]:
    """A firm that an office named, in nobody's hands yet."""
    return _facts(factories.refer(**values))


def guided_firm(**values: str) -> dict[str, Any]:
    """A firm that came to a session and has no paper in."""
    return _facts(factories.guide(factories.refer(**values)))


def submitted_firm(**values: str) -> dict[str, Any]:
    """A firm whose papers are all in, with an open case."""
    case = factories.submit(as_files=("ktp", "rekening"), **values)
    return {**_facts(case.vendor), "case": case.pk, "owner": factories.owner_of(case.vendor).email}


def firm_with_a_deed(**values: str) -> dict[str, Any]:
    """A firm whose deed was read: its name differs, a NIK is in doubt, two dates disagree."""
    case = factories.submit(legal_form="pt", as_files=("ktp", "akta-pendirian"), **values)
    paper = case.vendor.papers.get(document_type="akta-pendirian")
    box = {"page": 0, "display_box": [40, 200, 160, 212]}
    Reading.objects.filter(paper=paper).update(
        kind="akta_pt",
        refusal="",
        warnings=[],
        fields={"persons": [{"name": "CONTOH SATU", "nik": "3578990311790019"}]},
        confidence={"persons.0.name": 0.97, "persons.0.nik": 0.6},
        evidence=[{"field": "person_nik", **box}, {"field": "deed_date", **box}],
        checks=[
            {
                "name": "deed_date_weekday",
                "verdict": "differs",
                "values": ["Selasa", "2024-02-15"],
                "evidence": [1],
                "spots": [{"field": "weekday", **box}, {"field": "deed_date", **box}],
            }
        ],
    )
    ReadValue.objects.filter(reading__paper=paper, field="company_name").update(
        declared=values["name"],
        value="CONTOH NAMA LAIN",
        verdict="differs",
        confidence=0.95,
        page=1,
        shown_box=[60, 100, 100, 104],
    )
    return {**_facts(case.vendor), "case": case.pk, "paper": paper.pk}


def begin_session(pk: int) -> None:
    """Let the day of a planned session come: a session cannot be planned in the past."""
    factories.begin(Session.objects.get(pk=pk))


def sign_in_link(vendor: int) -> str:
    """A sign-in link as an officer makes it; gives its path."""
    _link, token = actions.make_access_link(
        Vendor.objects.get(pk=vendor),
        purpose=AccessLink.Purpose.SIGN_IN,
        by=User.objects.get(email="officer@contoh.test"),
    )
    return f"/t/{token}/"


def old_sign_in_link(vendor: int) -> str:
    """A sign-in link that was made in time and opened too late; gives its path."""
    link, token = actions.make_access_link(
        Vendor.objects.get(pk=vendor),
        purpose=AccessLink.Purpose.SIGN_IN,
        by=User.objects.get(email="officer@contoh.test"),
    )
    link.expires_at = timezone.now() - timedelta(minutes=1)
    link.save()
    return f"/t/{token}/"


def door(seats: int) -> dict[str, Any]:
    """A session that has begun, with seats of people of an office; gives every pass and code."""
    trainer = User.objects.get(email="trainer@contoh.test")
    officer = User.objects.get(email="officer@contoh.test")
    days = 3 + Session.objects.count()  # nobody leads two sessions at once
    held = factories.begin(
        factories.make_session(days=days, capacity=seats + 5, trainer=trainer, by=officer)
    )
    agency = Agency.objects.get(code="dindik")
    Seat.objects.bulk_create(
        Seat(session=held, agency=agency, person_name=f"Contoh Orang {n:03}", given_by=trainer)
        for n in range(seats)
    )
    found = held.seats.order_by("person_name")
    return {
        "session": held.pk,
        "seats": [seat.pk for seat in found],
        "passes": [training.actions.pass_of(seat) for seat in found],
        "codes": [training.actions.code_of(seat) for seat in found],
    }


def door_stands(session: int) -> dict[str, Any]:
    """What the database holds of a door: marks by outcome, who is there, what is open."""
    held = Session.objects.get(pk=session)
    return {
        "scans": held.scans.count(),
        "outcomes": dict(Counter(held.scans.values_list("outcome", flat=True))),
        "present": sorted(held.seats.filter(arrived_at__isnull=False).values_list("pk", flat=True)),
        "disputed": sorted(
            training.actions.open_disagreements(held).values_list("remark", flat=True)
        ),
    }


def how_it_stands(vendor: int) -> dict[str, Any]:
    """What the database says of a firm, to be compared with what the screens say."""
    return _facts(Vendor.objects.get(pk=vendor))


def _facts(vendor: Any) -> dict[str, Any]:
    vendor = vendor.refresh()
    return {
        "vendor": vendor.pk,
        "name": vendor.name,
        "status": vendor.status,
        "no_shows": vendor.no_shows,
        "nib": vendor.nib,
        "phone": vendor.phone,
    }


def files_of(vendor: int, kind: str) -> list[str]:
    """What the office has of a paper in force: the fingerprints of its files, in order."""
    papers = Paper.objects.filter(vendor=vendor, document_type=kind).exclude(state="REPLACED")
    return list(papers.get().files.values_list("sha256", flat=True))


SCENES: dict[str, Callable[..., Any]] = {
    scene.__name__: scene
    for scene in (
        people,
        undo,
        finish_now,
        clean_case,
        eligible_firm,
        guided_firm,
        submitted_firm,
        firm_with_a_deed,
        begin_session,
        door,
        door_stands,
        sign_in_link,
        old_sign_in_link,
        how_it_stands,
        files_of,
    )
}


def main() -> None:
    """Answer until the line is closed."""
    # The papers of a scene are read here and now; the product's own worker is left in peace.
    app.conf.broker_url = "memory://"
    for line in sys.stdin:
        name, facts = json.loads(line)
        sys.stdout.write(json.dumps(SCENES[name](**facts)) + "\n")
        sys.stdout.flush()
