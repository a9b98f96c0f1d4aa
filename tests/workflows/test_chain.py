"""Nothing of the trail is changed unseen: not a word, not a date, not the order, not its end."""

from __future__ import annotations

import io
import json
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models import F

from onboarding import roles
from tests import factories as make
from tests.trail import at_the_end_of_the_transaction, forging
from workflows import audit
from workflows.models import AuditEvent, ChainLink
from workflows.verifying import verify_trail

pytestmark = pytest.mark.django_db
FORGERIES: dict[str, dict[str, Any]] = {
    "the act": {"act": "approve"},
    "the moment": {"at": "2026-01-01T00:00:00Z"},
    "the words": {"reason": "Sudah benar"},
    "the role": {"role": "approver"},
    "the status": {"to_status": "ACTIVE"},
    "a detail": {"detail": {"case": 1}},
    "the digest": {"digest": "0" * 64},
    "the hash of the words": {"reason_hash": "0" * 64},
}


@pytest.fixture
def events() -> list[int]:
    """Sixty acts with reasons and details of all kinds."""
    by, firm = make.make_user(roles.OFFICER), make.refer()
    said = {"list": [1, 2.5, "tiga"], "whole": {"a": None}, "name": "Ünïcode ‘contoh’"}
    for number in range(60):
        audit.record("claim_case", by=by, vendor=firm, reason=f"Contoh {number}", **said)
    at_the_end_of_the_transaction()
    return list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


def test_a_trail_that_nobody_touched_is_sound(events: list[int]) -> None:
    verdict = verify_trail()
    assert (verdict.events, verdict.ok, verdict.first_bad) == (len(events), True, None)
    assert verdict.head == ChainLink.objects.last().hash


@pytest.mark.parametrize("what", FORGERIES)
def test_what_was_changed_behind_the_house_is_found(events: list[int], what: str) -> None:
    random = Random(what)
    for pk in random.sample(events, 7):
        with transaction.atomic():
            with forging():
                AuditEvent.objects.filter(pk=pk).update(**FORGERIES[what])
            assert verify_trail().first_bad == pk
            transaction.set_rollback(True)


def test_a_row_that_was_taken_out_and_two_that_were_swapped_are_found(events: list[int]) -> None:
    one, other = events[20], events[40]
    with forging():
        first = ChainLink.objects.get(event=one)
        ChainLink.objects.filter(event=one).delete()
    assert not verify_trail().ok
    with forging():
        ChainLink.objects.create(position=first.position, event_id=one, hash=first.hash)
        position = ChainLink.objects.get(event=other).position
        ChainLink.objects.filter(event=one).update(position=F("position") + 10**6)
        ChainLink.objects.filter(event=other).update(position=first.position)
        ChainLink.objects.filter(event=one).update(position=position)
    assert verify_trail().first_bad == other


def test_an_end_that_was_cut_off_is_found_with_the_head_that_was_kept_outside(
    events: list[int],
) -> None:
    anchor = verify_trail().head
    with forging():
        ChainLink.objects.filter(event__in=events[-3:]).delete()
        AuditEvent.objects.filter(pk__in=events[-3:]).delete()
    assert verify_trail().ok
    for kept in (anchor, anchor[:16]):
        verdict = verify_trail(anchor=kept)
        assert (verdict.ok, verdict.first_bad) == (False, events[-4])


def test_an_event_that_was_slipped_in_without_a_link_is_found(events: list[int]) -> None:
    with forging():
        slipped = audit.record("approve", by=make.make_user(roles.APPROVER))
        at_the_end_of_the_transaction()
    assert verify_trail().first_bad == slipped.pk


@pytest.mark.parametrize("model", [AuditEvent, ChainLink])
def test_the_database_itself_refuses_to_change_or_delete(events: list[int], model: Any) -> None:
    column = "act" if model is AuditEvent else "hash"
    for forge in (
        lambda: model.objects.all().update(**{column: "x"}),
        lambda: model.objects.filter(**{f"{column}__gt": ""})._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            forge()


def test_words_go_by_an_act_of_erasure_only_and_the_chain_still_holds(events: list[int]) -> None:
    AuditEvent.objects.filter(pk=events[5]).update(reason="", salt="")
    assert verify_trail().first_bad == events[5]  # nobody erased anything
    firm = AuditEvent.objects.get(pk=events[5]).vendor
    audit.record("erase_data", by=make.make_user(roles.ADMIN), vendor=firm)
    at_the_end_of_the_transaction()
    assert verify_trail().ok
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.filter(pk=events[5]).update(reason="Lain", salt="")


def test_the_command_tells_in_json_and_by_its_exit_code(events: list[int]) -> None:
    said = io.StringIO()
    call_command("verify_audit", "--json", stdout=said)
    verdict = json.loads(said.getvalue())
    assert verdict == {
        "events": len(events), "ok": True, "first_bad": None, "head": verdict["head"],
    }  # fmt: skip
    with forging():
        AuditEvent.objects.filter(pk=events[9]).update(act="approve")
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", "--json", stdout=(broken := io.StringIO()))
    assert end.value.code == 1
    assert json.loads(broken.getvalue())["first_bad"] == events[9]
