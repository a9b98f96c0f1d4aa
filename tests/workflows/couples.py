"""Two firms that are one, brought to random points by the real actions; a picture of all rows."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

import onboarding.actions
import training.actions
from onboarding import roles
from onboarding.models import FirmPair, User, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.models import AuditEvent, ChainLink, Merge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.models import Session

OFFICES = ("dinkes", "dishub", "bappeda")
SLUGS = ("ktp", "nib", "npwp")


@contextmanager
def undone() -> Iterator[None]:
    """Undo everything that happens inside, so that examples do not add up."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def officer() -> User:
    """Another officer each time."""
    return make.make_user(roles.OFFICER)


def pair(one: Vendor, other: Vendor, **said: Any) -> FirmPair:
    """Two firms that look alike, as the search for duplicates leaves them."""
    first, second = sorted((one, other), key=lambda firm: firm.pk)
    return FirmPair.objects.create(
        first=first,
        second=second,
        **{"band": FirmPair.Band.LOOK, "score": 0.8, "reasons": [], **said},
    )


def picture(*without: type) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but the trail, the merges, and what was said of pairs."""
    left_out = (AuditEvent, ChainLink, Merge, *without)
    rows = {
        model._meta.label: [_row(row) for row in model._default_manager.order_by("pk").values()]
        for model in apps.get_models()
        if model not in left_out and model._meta.managed and not model._meta.proxy
    }
    for row in rows["onboarding.FirmPair"]:
        for column in ("verdict", "decided_at", "decided_by_id", "note"):
            row.pop(column)
    return rows


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """The rows that are not as they were: table, before, after."""
    return [
        (
            table,
            [row for row in before[table] if row not in rows],
            [row for row in rows if row not in before[table]],
        )
        for table, rows in after.items()
        if rows != before[table]
    ]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if not key.startswith("last_login")}


class Walk:
    """Takes one firm a few steps further; a step that does not apply is left."""

    def __init__(self, session: Session, owner: User) -> None:
        self.session, self.owner = session, owner

    def take(self, firm: Vendor, steps: Sequence[str]) -> Vendor:
        """Take the steps in order; returns the firm as it is then."""
        for step in steps:
            with transaction.atomic():
                self._try(step, firm.refresh())
        return firm.refresh()

    def _try(self, step: str, firm: Vendor) -> None:
        try:
            with transaction.atomic():
                getattr(self, f"_{step}")(firm)
        except Exception as refusal:
            if not hasattr(refusal, "sentence"):
                raise

    def _name_again(self, firm: Vendor) -> None:
        office = next(code for code in OFFICES if not _named_by(firm, code))
        make.refer(by=make.make_user(roles.AGENCY, agency=office), **_as_known(firm))

    def _correct(self, firm: Vendor) -> None:
        number = next(make.count)
        changes = {"address": f"Jalan Contoh {number}", "phone": f"+62813{number:08d}"}
        onboarding.actions.correct_vendor(firm, changes=changes, reason="Surat", by=officer())

    def _own(self, firm: Vendor) -> None:
        onboarding.actions.confirm_contact(firm, self.owner, by=officer())

    def _sign_in(self, firm: Vendor) -> None:
        onboarding.actions.open_owner_account(phone=firm.phone)

    def _seat(self, firm: Vendor) -> None:
        actions.invite_vendors(self.session, vendor_ids=[firm.pk], by=officer())

    def _seat_alone(self, firm: Vendor) -> None:
        make.invite(firm)

    def _decline(self, firm: Vendor) -> None:
        for seat in firm.seats.all():
            actions.release_seat(seat, declined=True, by=officer())

    def _answer(self, firm: Vendor) -> None:
        for seat in firm.seats.all():
            actions.answer_invitation(
                seat, answer="yes", via="phone", person_name="Contoh Wakil", by=officer()
            )

    def _wait(self, firm: Vendor) -> None:
        actions.put_on_waiting_list(self.session, vendor_ids=[firm.pk], by=officer())

    def _attend(self, firm: Vendor) -> None:
        make.begin(self.session)
        seats = self.session.seats.filter(vendor=firm).values_list("pk", flat=True)
        training.actions.mark_attendance(
            self.session,
            present=dict.fromkeys(seats, True),
            reason="Contoh",
            by=self.session.trainer,
        )

    def _guide(self, firm: Vendor) -> None:
        actions.waive_guidance(firm, reason="Dilatih dinas", by=officer())

    def _paper(self, firm: Vendor) -> None:
        firms.put_paper(firm, "ktp")

    def _papers(self, firm: Vendor) -> None:
        firms.put_papers(firm)

    def _link(self, firm: Vendor) -> None:
        for purpose in ("sign_in", "status"):
            actions.make_access_link(firm, purpose=purpose, by=officer())

    def _likeness(self, firm: Vendor) -> None:
        pair(firm, make.refer())

    def _unlikeness(self, firm: Vendor) -> None:
        onboarding.actions.judge_pair(
            pair(firm, make.refer()), verdict=FirmPair.Verdict.DIFFERENT, note="Lain", by=officer()
        )

    def _leave(self, firm: Vendor) -> None:
        firms.withdrawn(firm)


STEPS = tuple(
    name[1:]
    for name in vars(Walk)
    if name.startswith("_") and name not in ("_try",) and name[1] != "_"
)


def _named_by(firm: Vendor, code: str) -> bool:
    return firm.referrals.filter(agency__code=code).exists()


def _as_known(firm: Vendor) -> dict[str, Any]:
    return {"nib": firm.nib, "name": firm.name, "phone": firm.phone}
