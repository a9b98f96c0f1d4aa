"""The road of the offices themselves: not joined, committed, trained, buying, with evidence.

An office goes forward only. A step that was written by mistake is taken back with a reason, and
stays to be read. What the machine found (a person of the office was trained) is a proposal until
somebody confirms it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.errors import NotAllowed, Refused
from onboarding.models import Agency, JoiningStep

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onboarding.models import User

Step = JoiningStep.Step
ORDER: Final = (Step.NOT_JOINED, Step.COMMITTED, Step.TRAINED, Step.BUYING)


@transaction.atomic
def write_joining_step(
    agency: Agency, *, step: str, taken_on: date, evidence: str, by: User
) -> JoiningStep:
    """Write that an office took a step, on which day, and what shows it.

    Raises ``Refused`` for a day ahead, missing evidence, a step back, or one that is known.
    """
    _check_may(by)
    if step not in ORDER:
        raise Refused(_("There is no such step."))
    if taken_on > timezone.localdate():
        raise Refused(_("This day has not come yet. Write the step when it was taken."))
    if not evidence.strip():
        raise Refused(_("Write what shows it: a letter and its number, a list, an order."))
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    now = standing_of(agency)
    if now is not None and ORDER.index(Step(step)) < ORDER.index(Step(now.step)):
        raise Refused(
            _("%(office)s is already “%(step)s”. Take that step back with a reason first.")
            % {"office": agency, "step": now.get_step_display()}
        )
    known = agency.joining_steps.filter(step=step, taken_on=taken_on, withdrawn_at__isnull=True)
    if known.filter(is_proposed=False).exists():
        raise Refused(_("This step is already written for that day."))
    known.delete()  # a proposal for the same day, which this confirms
    written = JoiningStep.objects.create(
        agency=agency, step=step, taken_on=taken_on, evidence=evidence.strip(), written_by=by
    )
    events.joining_changed.send(
        sender=JoiningStep, steps=[written], act="write_joining_step", reason="", by=by
    )
    return written


@transaction.atomic
def confirm_joining_step(step: JoiningStep, *, by: User) -> JoiningStep:
    """Let what the machine proposed count from now on."""
    _check_may(by)
    step = JoiningStep.objects.select_for_update().get(pk=step.pk)
    if not step.is_proposed or step.withdrawn_at is not None:
        raise Refused(_("This step does not wait for a confirmation any more."))
    step.is_proposed, step.written_by, step.written_at = False, by, timezone.now()
    step.save(update_fields=["is_proposed", "written_by", "written_at"])
    events.joining_changed.send(
        sender=JoiningStep, steps=[step], act="confirm_joining_step", reason="", by=by
    )
    return step


@transaction.atomic
def withdraw_joining_step(step: JoiningStep, *, reason: str, by: User) -> JoiningStep:
    """Take a step back that was written by mistake, or refuse a proposal, with a reason."""
    _check_may(by)
    if not reason.strip():
        raise Refused(_("Write why it is taken back."))
    step = JoiningStep.objects.select_for_update().get(pk=step.pk)
    if step.withdrawn_at is not None:
        raise Refused(_("This step was already taken back."))
    step.withdrawn_at, step.withdrawn_by = timezone.now(), by
    step.withdraw_reason = reason.strip()[:160]
    step.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    events.joining_changed.send(
        sender=JoiningStep, steps=[step], act="withdraw_joining_step", reason=reason, by=by
    )
    return step


@transaction.atomic
def propose_trained(
    agency_ids: Iterable[int], *, taken_on: date, evidence: str, by: User
) -> list[JoiningStep]:
    """Propose "trained" for offices from which somebody was present in a closed session.

    Offices that are trained or buying already, or for which the same day was judged, are left.
    """
    further = JoiningStep.objects.standing().filter(step__in=(Step.TRAINED, Step.BUYING))
    left = set(further.values_list("agency_id", flat=True))
    judged = JoiningStep.objects.filter(step=Step.TRAINED, taken_on=taken_on)
    left |= set(judged.values_list("agency_id", flat=True))
    proposed = JoiningStep.objects.bulk_create(
        JoiningStep(
            agency_id=agency_id,
            step=Step.TRAINED,
            taken_on=taken_on,
            evidence=evidence[:250],
            is_proposed=True,
            written_by=by,
        )
        for agency_id in sorted(set(agency_ids) - left)
    )
    if proposed:
        events.joining_changed.send(
            sender=JoiningStep, steps=proposed, act="propose_joining_step", reason="", by=by
        )
    return proposed


def standing_of(agency: Agency) -> JoiningStep | None:
    """Return the furthest step that counts for an office, None where nothing is known."""
    return furthest(agency.joining_steps.standing())


def furthest(steps: Iterable[Any]) -> Any:
    """Return the furthest of some steps, of equal ones the latest; None of none."""
    return max(
        (step for step in steps if not step.is_proposed and step.withdrawn_at is None),
        key=lambda step: (ORDER.index(Step(step.step)), step.taken_on),
        default=None,
    )


def _check_may(by: User) -> None:
    if not by.may("onboarding.write_joining"):
        raise NotAllowed(_("Your role cannot write the steps of offices."))
