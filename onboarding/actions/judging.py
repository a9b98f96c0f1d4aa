"""Firms held against the rules in force: what is known of them, gathered once for a whole chunk."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from onboarding.actions.registers import fingerprint_of
from onboarding.eligibility import Facts, RulesOfDay
from onboarding.models import (
    BlacklistEntry,
    BlacklistVerdict,
    FirmPair,
    RegisterAnswer,
    RuleVersion,
    Screening,
    Vendor,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from onboarding.models import User

SURE_BANDS = (FirmPair.Band.SAME, FirmPair.Band.STRONG)


@transaction.atomic
def judge_vendors(vendor_ids: Iterable[int], *, today: date, by: User) -> list[Screening]:
    """Judge firms by the rules in force and keep the verdicts with their facts. Moves nobody."""
    del by  # the desk's trail names who asked; the rules are nobody's opinion
    version = RuleVersion.objects.in_force(today)
    rules = RulesOfDay(version.as_rules, today)
    firms = list(Vendor.objects.filter(pk__in=list(vendor_ids)).select_related("region"))
    screenings = []
    for firm, facts in zip(firms, facts_of(firms, rules=rules, today=today), strict=True):
        verdict = rules.judge(facts)
        screenings.append(
            Screening(
                vendor=firm,
                is_eligible=verdict.eligible,
                reasons=[{"code": r.code, "path": list(r.path)} for r in verdict.reasons],
                codes=",".join(r.code for r in verdict.reasons),
                notes=list(verdict.notes),
                waits=list(verdict.waits),
                facts=facts.as_json(),
                scale=verdict.scale,
                rules_version=verdict.rules_version,
                rules_number=version.number,
            )
        )
    return Screening.objects.bulk_create(screenings, batch_size=500)


def facts_of(firms: Sequence[Vendor], *, rules: RulesOfDay, today: date) -> list[Facts]:
    """What is known of each firm of a chunk on this day, in a few questions for all of them.

    Pairs and registers are looked up only where the rules ask for them.
    """
    sanctioned, namesakes = _on_blacklist(firms, today)
    alike = _alike(firms) if rules.has("no_open_twin") else frozenset[int]()
    answers = _answers(firms) if rules.has("in_register") else {}
    return [
        Facts(
            legal_form=firm.legal_form,
            region_code=firm.region_id,
            in_east_java=firm.region_id.startswith("35."),
            nib=firm.nib,
            kbli=(firm.kbli,) if firm.kbli else (),
            capital=int(firm.capital) if firm.capital is not None else None,
            yearly_sales=int(firm.yearly_sales) if firm.yearly_sales is not None else None,
            founded_on=firm.founded_on,
            blacklisted=firm.blacklisted_on is not None or firm.pk in sanctioned,
            asn_owner=firm.asn_owner,
            name_on_blacklist=firm.pk in namesakes,
            looks_like_another=firm.pk in alike,
            registers=answers.get(firm.pk, {}),
        )
        for firm in firms
    ]


def _on_blacklist(firms: Sequence[Vendor], today: date) -> tuple[set[int], set[int]]:
    """The firms that are sanctioned on this day, and those that only have such a name.

    An equal NPWP is the same firm unless a person said that it is not; a name needs a person.
    """
    numbers = {firm.npwp for firm in firms if firm.npwp}
    names = {firm.folded_name for firm in firms}
    entries = list(
        BlacklistEntry.objects.in_force(today)
        .filter(Q(npwp__in=numbers) | Q(folded_name__in=names))
        .values_list("pk", "npwp", "folded_name")
    )
    if not entries:
        return set(), set()
    said = {
        (entry, vendor): is_same
        for entry, vendor, is_same in BlacklistVerdict.objects.filter(
            entry__in=[pk for pk, *_rest in entries]
        ).values_list("entry_id", "vendor_id", "is_same")
    }
    by_number, by_name = defaultdict(list), defaultdict(list)
    for pk, npwp, name in entries:
        by_name[name].append(pk)
        if npwp:
            by_number[npwp].append(pk)
    sure: set[int] = set()
    look: set[int] = set()
    for firm in firms:
        same_number, same_name = by_number.get(firm.npwp, ()), by_name.get(firm.folded_name, ())
        if any(said.get((pk, firm.pk), True) for pk in same_number) or any(
            said.get((pk, firm.pk), False) for pk in same_name
        ):
            sure.add(firm.pk)
        elif any((pk, firm.pk) not in said for pk in same_name):
            look.add(firm.pk)
    return sure, look


def _alike(firms: Sequence[Vendor]) -> frozenset[int]:
    """The firms of which a pair that is almost surely one firm waits for a person."""
    ids = {firm.pk for firm in firms}
    pairs = FirmPair.objects.filter(verdict=FirmPair.Verdict.OPEN, band__in=SURE_BANDS)
    found: set[int] = set()
    for side in ("first_id", "second_id"):
        found |= set(pairs.filter(**{f"{side}__in": ids}).values_list(side, flat=True))
    return frozenset(found)


def _answers(firms: Sequence[Vendor]) -> dict[int, dict[str, str]]:
    """The newest answer of each register that is still good for what is known of the firm now."""
    by_pk = {firm.pk: firm for firm in firms}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for answer in RegisterAnswer.objects.filter(
        vendor__in=by_pk, valid_until__gt=timezone.now()
    ).order_by("asked_at", "pk"):
        is_of_now = answer.asked == fingerprint_of(
            by_pk[answer.vendor_id], answer.register, number=answer.number
        )
        found[answer.vendor_id][answer.register] = answer.outcome if is_of_now else "unavailable"
    return found
