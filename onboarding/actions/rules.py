"""The rules of eligibility as data: drafted line by line, looked at before they count, switched on.

A version that was switched on is never changed; a change is a new draft, one at a time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.eligibility import problems_of, rules_version
from onboarding.errors import NotAllowed, Refused
from onboarding.models import RulePreview, RuleVersion, Vendor
from onboarding.sentences import rule_title, say

if TYPE_CHECKING:
    from datetime import date

    from onboarding.eligibility import Rule
    from onboarding.models import User

#: A preview of "at once" is good for so long; firms come and go, the rules have to be the same.
PREVIEW_GOOD_FOR = timedelta(days=7)
State = RuleVersion.State


class RulesNotReady(Refused):
    """The version is in another state than the act needs: switched on, dropped, not a draft."""


class NoPreview(Refused):
    """Nobody has seen yet what exactly this draft would do."""


@transaction.atomic
def draft_rules(*, by: User) -> RuleVersion:
    """Begin a change: a draft with the rules of the newest version; the draft at hand if any."""
    _check_may(by)
    RuleVersion.objects.in_force(timezone.localdate())  # makes the first version where none is
    RuleVersion.objects.select_for_update().earliest("number")  # two who begin at once wait here
    at_hand = RuleVersion.objects.filter(state=State.DRAFT).first()
    if at_hand is not None:
        return at_hand
    newest = RuleVersion.objects.filter(switched_on_at__isnull=False).order_by("-number")[0]
    highest = RuleVersion.objects.aggregate(highest=Max("number"))["highest"]
    draft = RuleVersion.objects.create(
        number=highest + 1, rules=newest.rules, digest=newest.digest, made_by=by
    )
    _tell(draft, "draft_rules", by=by, version=draft.number, before=newest.number)
    return draft


@transaction.atomic
def change_rule(version: RuleVersion, line: int, *, changes: dict[str, Any], by: User) -> Rule:
    """Write one line of a draft anew; ``changes`` are fields of ``Rule``."""
    version = _draft(version, by)
    rules = list(version.as_rules)
    if not 0 <= line < len(rules):
        raise Refused(_("There is no such rule."))
    rules[line] = replace(rules[line], **changes)
    _keep(version, rules)
    _tell(version, "change_rule", by=by, version=version.number, rule=rules[line].code)
    return rules[line]


@transaction.atomic
def repeat_rule(version: RuleVersion, line: int, *, by: User) -> int:
    """Add a second line of the same rule, switched off, for other forms or dates; its number."""
    version = _draft(version, by)
    rules = list(version.as_rules)
    if not 0 <= line < len(rules):
        raise Refused(_("There is no such rule."))
    rules.insert(line + 1, replace(rules[line], is_on=False))
    _keep(version, rules)
    _tell(version, "repeat_rule", by=by, version=version.number, rule=rules[line].code)
    return line + 1


@transaction.atomic
def plan_rules(version: RuleVersion, *, from_on: date | None, by: User) -> RuleVersion:
    """Say from which day the draft shall count; None means from the day it is switched on."""
    version = _draft(version, by)
    if from_on is not None and from_on < timezone.localdate():
        raise Refused(_("Rules cannot begin on a day that is over. Choose today or a later day."))
    version.from_on = from_on
    version.save(update_fields=["from_on"])
    _tell(version, "plan_rules", by=by, version=version.number)
    return version


@transaction.atomic
def drop_draft(version: RuleVersion, *, by: User) -> RuleVersion:
    """Give a draft up; it stays on record under its number."""
    version = _draft(version, by)
    version.state = State.DROPPED
    version.save(update_fields=["state"])
    _tell(version, "drop_draft", by=by, version=version.number)
    return version


@transaction.atomic
def order_preview(version: RuleVersion, *, by: User) -> RulePreview:
    """Have every standing firm judged by the draft beside the rules in force; moves nobody."""
    version = _draft(version, by)
    day = version.from_on or timezone.localdate()
    against = RuleVersion.objects.in_force(day)
    preview = RulePreview.objects.create(
        version=version,
        against=against,
        digest=version.digest,
        day=day,
        firms_total=Vendor.objects.standing().count(),
        ordered_by=by,
    )
    events.preview_ordered.send(sender=RulePreview, preview=preview, by=by)
    return preview


@transaction.atomic
def switch_on_rules(version: RuleVersion, *, reason: str, by: User) -> RuleVersion:
    """Let a draft count from its day on, by somebody else than who began it.

    Raises ``NoPreview`` unless exactly this draft was looked at, ``NotAllowed`` for its author.
    """
    version = _draft(version, by)
    if version.made_by_id == by.pk:
        raise NotAllowed(
            _("You began this change, so somebody else switches it on. Ask a colleague to do it.")
        )
    if not reason.strip():
        raise Refused(_("Write why the rules change."))
    today = timezone.localdate()
    if version.from_on is not None and version.from_on < today:
        raise Refused(_("The day on which the rules were to begin is over. Choose another day."))
    if preview_of(version, today=today) is None:
        raise NoPreview(
            _("First see who would be affected: order the preview of this draft and wait for it.")
        )
    version.state, version.from_on = State.ON, version.from_on or today
    version.switched_on_at, version.switched_on_by = timezone.now(), by
    version.reason = reason.strip()
    version.save()
    if version.from_on <= today:
        replace_older(version)
    events.rules_switched_on.send(sender=RuleVersion, version=version, reason=reason, by=by)
    return version


def preview_of(version: RuleVersion, *, today: date) -> RulePreview | None:
    """Return the finished preview of exactly these rules on their day against those in force."""
    day = version.from_on or today
    done = version.previews.filter(
        state=RulePreview.State.DONE,
        digest=version.digest,
        against=RuleVersion.objects.in_force(day),
    )
    if version.from_on is not None:
        return done.filter(day=version.from_on).first()
    return done.filter(day__gte=today - PREVIEW_GOOD_FOR).first()


def replace_older(version: RuleVersion) -> None:
    """Mark the versions that this one has taken the place of."""
    older = RuleVersion.objects.filter(state=State.ON).exclude(pk=version.pk)
    older.filter(from_on__lte=version.from_on, number__lt=version.number).update(
        state=State.REPLACED
    )


def note_judged(version: RuleVersion, *, up_to: int) -> None:
    """Remember how far the firms were judged by a version, in the caller's transaction."""
    RuleVersion.objects.filter(pk=version.pk).update(judged_up_to=up_to)


@transaction.atomic
def finish_judging(version: RuleVersion, *, by: User) -> None:
    """Say that every firm that had not been invited yet was judged by this version, but those that
    could not be, which the trail names."""
    done = RuleVersion.objects.filter(pk=version.pk, judged_at__isnull=True).update(
        judged_at=timezone.now()
    )
    if done:
        replace_older(version)
        _tell(version, "judge_again", by=by, version=version.number)


def _draft(version: RuleVersion, by: User) -> RuleVersion:
    _check_may(by)
    held = RuleVersion.objects.select_for_update().get(pk=version.pk)
    if held.state != State.DRAFT:
        raise RulesNotReady(
            _("Version %(number)s is no draft any more. Begin a new change instead.")
            % {"number": held.number}
        )
    return held


def _keep(version: RuleVersion, rules: list[Rule]) -> None:
    for code, problem in problems_of(rules):
        raise Refused(f"{rule_title(code)}: {say(problem)}")
    version.rules = [rule.as_json() for rule in rules]
    version.digest = rules_version(rules)
    version.save(update_fields=["rules", "digest"])


def _check_may(by: User) -> None:
    if not by.may("onboarding.change_rules"):
        raise NotAllowed(_("Your role cannot change the rules."))


def _tell(about: RuleVersion, act: str, *, by: User, **detail: Any) -> None:
    events.rules_changed.send(sender=RuleVersion, version=about, act=act, detail=detail, by=by)
