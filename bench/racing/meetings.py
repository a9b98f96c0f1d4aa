"""Races over halls, lists of who is invited, marks at the door and certificates."""

from __future__ import annotations

import uuid

from django.utils import timezone

import training.actions
from bench.racing.desk import begun, invited_seat
from bench.racing.races import Race, on, race
from bench.racing.road import officer
from onboarding.models import Region
from tests import factories as make
from tests.workflows import firms
from training.models import Allocation, AllocationRow, Certificate, Scan, Seat, Session
from workflows import actions


def _allocation() -> AllocationRow:
    made = Allocation.objects.create(
        session=make.make_session(), seed=1, formula="contoh", inputs_sha256="0" * 64, seats=5,
        waiting=1, state=Allocation.State.DRAFT, made_by=officer(),
    )  # fmt: skip
    return AllocationRow.objects.create(
        allocation=made, vendor=firms.eligible(), rank=1, score=1, is_in=True, reason="lot"
    )


@race("order_invitations", "begin_inviting", "invite")
def list_of_invited_used() -> Race:
    used = _allocation().allocation
    return Race(
        "invite", [officer()], do=on(used, actions.order_invitations, send=lambda _job: None)
    )


@race("override_place")
def place_changed_by_hand() -> Race:
    do = on(_allocation(), training.actions.override_place, is_in=False, reason="Contoh")
    return Race("override_place", [officer()], do=do)


@race("keep_venue")
def hall_written_down() -> Race:
    facts = {"name": f"Contoh Aula {next(make.count)}", "region": Region.objects.get(pk="35.78"),
             "address": "Contoh", "map_url": "", "chairs": 20}  # fmt: skip
    rivals = [officer() for _one in range(8)]
    keep = training.actions.keep_venue
    return Race("keep_venue", rivals, do=lambda by: keep(by=by, **facts))


# --- the door and what is kept ---
@race("settle_scans")
def marks_settled() -> Race:
    seat = invited_seat()
    session = make.begin(seat.session)
    scan = Scan.objects.create(
        scan_id=uuid.uuid4(), session=session, seat=seat, what=Scan.What.values[0],
        via=Seat.ArrivedVia.values[0], device="contoh", device_at=timezone.now(),
        by=session.trainer, outcome=Scan.Outcome.DISPUTED, remark="contoh",
    )  # fmt: skip
    do = on(scan, training.actions.settle_scans, present=True, reason="Contoh")
    return Race("settle_scans", [session.trainer], do=do)


def _closed() -> Session:
    session = begun(is_present=True)
    training.actions.close_sheet(session, by=session.trainer)
    return session


SIGNED = {"signed_by_name": "Contoh Kepala"}


def _certificate() -> Certificate:
    session, today = _closed(), timezone.localdate()
    training.actions.order_certificates(session, signed_on=today, by=officer(), **SIGNED)
    return Certificate.objects.get(seat__session=session)


@race("order_certificates")
def certificates_ordered() -> Race:
    said = {"signed_on": timezone.localdate(), **SIGNED}
    do = on(_closed(), training.actions.order_certificates, **said)
    return Race("order_certificates", [officer()], do=do)


@race("revoke_certificate")
def certificate_revoked() -> Race:
    do = on(_certificate(), training.actions.revoke_certificate, reason="Contoh")
    return Race("revoke_certificate", [officer()], do=do)


@race("reissue_certificate")
def certificate_given_anew() -> Race:
    old = training.actions.revoke_certificate(_certificate(), reason="Contoh", by=officer())
    said = {"name": "Contoh", "signed_on": timezone.localdate(), **SIGNED}
    do = on(old, training.actions.reissue_certificate, **said)
    return Race("order_certificates", [officer()], do=do)
