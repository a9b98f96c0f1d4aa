"""What stands in the copy that an owner takes away, beside what the page shows: what others wrote
down, what was begun and not sent, asked, helped with, answered.

Law 27 of 2022, article 13: in a form that machines can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from documents.models import PaperDraft
from training.models import Feedback, QuizResult
from workflows.models import Assistance, Erasure, FactCorrection, Ticket

if TYPE_CHECKING:
    from datetime import datetime

    from onboarding.models import User, Vendor

MOST: Final = 5_000


def copied_of(vendor: Vendor, by: User) -> dict[str, list[dict[str, Any]]]:
    """Return it in groups of plain values; colleagues are told by role, never by name. What one
    owner (``by``) wrote in confidence is not in the copy of another."""
    return {
        **_said_by_others(vendor),
        "drafts": [
            {
                "kind": str(one.document_type),
                "begun_at": _at(one.begun_at),
                "declared": one.declared,
                "photos": [page.original_name for page in one.pages.all()],
            }
            for one in PaperDraft.objects.filter(vendor=vendor)
            .select_related("document_type")
            .prefetch_related("pages")
        ],
        "corrections_asked": [
            {
                "fact": one.get_fact_display(),
                "value": one.value,
                "why": one.reason,
                "asked_at": _at(one.proposed_at),
                "state": one.get_state_display(),
                "answer": one.answer,
            }
            for one in FactCorrection.objects.filter(vendor=vendor)[:MOST]
        ],
        "help": [
            {
                "helper_role": str(one.helper.get_role_display()),
                "consent_of": one.consent_of,
                "way": one.get_way_display(),
                "note": one.note,
                "begun_at": _at(one.begun_at),
                "ended_at": _at(one.ended_at or one.ends_at),
            }
            for one in Assistance.objects.filter(vendor=vendor).select_related("helper")[:MOST]
        ],
        "complaints_and_faults": [_ticket(one) for one in _tickets(vendor, by)],
        "quizzes": [
            {
                "moment": one.get_moment_display(),
                "answers": one.answers,
                "score": one.score,
                "out_of": one.out_of,
                "at": _at(one.given_at),
            }
            for one in QuizResult.objects.filter(seat__vendor=vendor)[:MOST]
        ],
        "feedback": [
            {"useful": one.useful, "clear": one.clear, "ready": one.ready, "remark": one.remark}
            for one in Feedback.objects.filter(seat__vendor=vendor)[:MOST]
        ],
        "erasures": [
            {"state": one.get_state_display(), "at": _at(one.listed_at), "why": one.reason}
            for one in Erasure.objects.filter(vendor=vendor)
        ],
    }


def _said_by_others(vendor: Vendor) -> dict[str, list[dict[str, Any]]]:
    """What offices, registers, platforms and the door wrote down of the firm and its people."""
    return {
        "named_by": [
            {
                "office": one.agency.name if one.agency else "",
                "on": _at(one.created_at),
                "received": one.received,
                "programme": one.programme,
                "reason": one.reason,
            }
            for one in vendor.referrals.select_related("agency")[:MOST]
        ],
        "rules": [
            {
                "at": _at(one.judged_at),
                "is_eligible": one.is_eligible,
                "facts": one.facts,
                "reasons": one.reasons,
                "notes": one.notes,
            }
            for one in vendor.screenings.all()[:MOST]
        ],
        "registers": [
            {
                "register": one.get_register_display(),
                "number": one.number,
                "outcome": one.get_outcome_display(),
                "details": one.details,
                "at": _at(one.asked_at),
                "valid_until": _at(one.valid_until),
            }
            for one in vendor.register_answers.all()[:MOST]
        ],
        "platforms": [
            {
                "platform": str(one.platform),
                "account": one.account,
                "state": one.get_state_display(),
                "registered_on": str(one.registered_on),
                "on_sale_on": str(one.on_sale_on or ""),
                "off_sale_on": str(one.off_sale_on or ""),
                "operator_said": one.operator_reason,
            }
            for one in vendor.listings.select_related("platform")
        ],
        "seats": [
            {
                "session": one.session.title,
                "who_comes": one.person_name,
                "position": one.person_role,
                "another_date_wished": one.wish,
                "state": one.get_state_display(),
                "answered_at": _at(one.answered_at),
                "arrived_at": _at(one.arrived_at),
                "marked_by_hand_because": one.mark_reason,
                "at_the_door": [scan.guest for scan in one.scans.all() if scan.guest],
            }
            for one in vendor.seats.select_related("session").prefetch_related("scans")[:MOST]
        ],
    }


def _tickets(vendor: Vendor, by: User) -> list[Ticket]:
    """Faults of the firm, and what this owner complained of; others' complaints about it are not
    the owner's data."""
    asked = Q(vendor=vendor, kind=Ticket.Kind.SUPPORT) | Q(by=by, kind=Ticket.Kind.COMPLAINT)
    return list(Ticket.objects.filter(asked).prefetch_related("entries")[:MOST])


def _ticket(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "kind": ticket.get_kind_display(),
        "topic": ticket.get_topic_display(),
        "text": ticket.text,
        "opened_at": _at(ticket.opened_at),
        "state": ticket.get_state_display(),
        "steps": [
            {"at": _at(one.at), "text": one.text, "state": one.get_state_display()}
            for one in ticket.entries.all()
            if one.is_for_all
        ],
    }


def _at(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
