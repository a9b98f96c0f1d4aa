"""The rules as data: drafted, looked at before they count, switched on, judged by."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from python_calamine import load_workbook

from onboarding import roles
from onboarding.actions import (
    NoPreview,
    RulesNotReady,
    change_rule,
    draft_rules,
    drop_draft,
    order_preview,
    plan_rules,
    repeat_rule,
    switch_on_rules,
    work_out_preview,
)
from onboarding.eligibility import DEFAULT_RULES, rules_version
from onboarding.errors import NotAllowed, Refused
from onboarding.models import FirmPair, KbliCode, RuleFlip, RulePreview, RuleVersion, User, Vendor
from tests import factories as make
from workflows.jobs import LeaseLost
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
CODES = [rule.code for rule in DEFAULT_RULES]


def line(code: str) -> int:
    return CODES.index(code)


@pytest.fixture
def head() -> User:
    """The head, who may change the rules."""
    return make.make_user(roles.MANAGER)


@pytest.fixture
def keeper() -> User:
    """The keeper, who may change them too; who began a change does not switch it on."""
    return make.make_user(roles.ADMIN)


def closed_to_sole_traders(by: User) -> RuleVersion:
    draft = draft_rules(by=by)
    change_rule(draft, line("admit_perorangan"), changes={"is_on": False}, by=by)
    return RuleVersion.objects.get(pk=draft.pk)


def looked_at(draft: RuleVersion, by: User) -> RulePreview:
    preview = order_preview(draft, by=by)
    make.run_jobs()
    preview.refresh_from_db()
    return preview


def test_first_version_holds_the_rules_as_delivered() -> None:
    version = RuleVersion.objects.in_force(timezone.localdate())
    assert (version.number, version.state) == (1, "ON")
    assert version.as_rules == tuple(
        replace(rule, params={k: _as_kept(v) for k, v in rule.params.items()})
        for rule in DEFAULT_RULES
    )
    assert version.digest == rules_version(DEFAULT_RULES)


def _as_kept(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def test_verdict_keeps_the_number_of_the_rules_their_fingerprint_and_its_facts() -> None:
    screening = make.refer().screenings.get()
    assert (screening.rules_number, screening.facts["legal_form"]) == (1, "perorangan")
    assert len(screening.rules_version) == 12


def test_preview_lists_exactly_the_firms_that_would_flip(head: User) -> None:
    trader, company = make.refer(), make.refer(legal_form="cv")
    already_out = make.refer(nib="")
    preview = looked_at(closed_to_sole_traders(head), head)
    flips = RuleFlip.objects.filter(preview=preview)
    assert [(flip.vendor_id, flip.becomes_eligible, flip.codes) for flip in flips] == [
        (trader.pk, False, "NO_LEGAL_FORM")
    ]
    assert preview.counts["all"] == {"": [0, 1]}
    assert preview.counts["regions"] == {"35.78": [0, 1]}
    assert preview.firms_judged == preview.firms_total == 3
    statuses = {firm.refresh().status for firm in (trader, company)}
    assert (statuses, already_out.refresh().status) == ({"ELIGIBLE"}, "INELIGIBLE")


def test_preview_shows_who_would_come_in(head: User) -> None:
    large = make.refer(yearly_sales="16000000000", capital="")
    draft = draft_rules(by=head)
    scales = {"scales": ["micro", "small", "medium"], "exempt_forms": []}
    change_rule(draft, line("umk_only"), changes={"params": scales}, by=head)
    preview = looked_at(draft, head)
    flip = RuleFlip.objects.get(preview=preview)
    assert (flip.vendor, flip.becomes_eligible, flip.codes) == (large, True, "NOT_UMK")


def test_workbook_of_the_preview_holds_no_formula(head: User) -> None:
    make.refer(name="=HYPERLINK(1) Contoh")
    preview = looked_at(closed_to_sole_traders(head), head)
    with default_storage.open(preview.stored_as) as file:
        rows = load_workbook(io.BytesIO(file.read())).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert not str(rows[1][1]).startswith("=")


def test_switching_on_is_refused_without_a_preview_of_exactly_this_draft(
    head: User, keeper: User
) -> None:
    make.refer()
    draft = closed_to_sole_traders(head)
    with pytest.raises(NoPreview):
        switch_on_rules(draft, reason="Contoh", by=keeper)
    looked_at(draft, head)
    change_rule(draft, line("nib_required"), changes={"is_on": False}, by=head)
    with pytest.raises(NoPreview):
        switch_on_rules(draft, reason="Contoh", by=keeper)
    plan_rules(draft, from_on=timezone.localdate() + timedelta(days=3), by=head)
    with pytest.raises(NoPreview):
        switch_on_rules(draft, reason="Contoh", by=keeper)


def test_preview_that_is_not_finished_does_not_count(head: User, keeper: User) -> None:
    draft = closed_to_sole_traders(head)
    order_preview(draft, by=head)
    with pytest.raises(NoPreview):
        switch_on_rules(draft, reason="Contoh", by=keeper)


def test_switched_on_rules_move_only_who_was_not_invited_yet(head: User, keeper: User) -> None:
    waiting, invited = make.refer(), make.invite(make.refer())
    draft = closed_to_sole_traders(head)
    looked_at(draft, head)
    switch_on_rules(draft, reason="SK Contoh 1/2026", by=keeper)
    make.run_jobs()
    assert (waiting.refresh().status, invited.refresh().status) == ("INELIGIBLE", "INVITED")
    newest = waiting.screenings.first()
    assert newest is not None
    assert (newest.rules_number, newest.codes) == (2, "NO_LEGAL_FORM")
    assert RuleVersion.objects.get(number=1).state == "REPLACED"
    acts = AuditEvent.objects.filter(act__in=("switch_on_rules", "judge_again"))
    assert {event.act: event.reason for event in acts} == {
        "switch_on_rules": "SK Contoh 1/2026",
        "judge_again": "",
    }


def test_rules_of_a_later_day_wait_for_it(head: User, keeper: User) -> None:
    waiting = make.refer()
    tomorrow = timezone.localdate() + timedelta(days=1)
    draft = plan_rules(closed_to_sole_traders(head), from_on=tomorrow, by=head)
    looked_at(draft, head)
    switch_on_rules(draft, reason="Contoh", by=keeper)
    make.run_jobs()
    assert waiting.refresh().status == "ELIGIBLE"
    assert RuleVersion.objects.in_force(timezone.localdate()).number == 1
    assert RuleVersion.objects.in_force(tomorrow).number == 2


def test_killed_preview_goes_on_where_it_ended(head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onboarding.actions.previewing.CHUNK", 1)
    firms = [make.refer() for _ in range(3)]
    preview = order_preview(closed_to_sole_traders(head), by=head)
    beats = iter([None, LeaseLost()])

    def beat() -> None:
        lost = next(beats)
        if lost:
            raise lost

    with pytest.raises(LeaseLost):
        work_out_preview(preview.pk, by=User.objects.system(), beat=beat)
    preview.refresh_from_db()
    assert (preview.state, preview.firms_judged) == ("RUNNING", 1)
    work_out_preview(preview.pk, by=User.objects.system(), beat=lambda: None)
    preview.refresh_from_db()
    assert (preview.state, preview.firms_judged) == ("DONE", 3)
    assert set(preview.flips.values_list("vendor", flat=True)) == {firm.pk for firm in firms}


def test_version_that_was_switched_on_is_never_changed(head: User, keeper: User) -> None:
    first = RuleVersion.objects.in_force(timezone.localdate())
    for act in (
        lambda: change_rule(first, 0, changes={"is_on": False}, by=head),
        lambda: drop_draft(first, by=head),
        lambda: switch_on_rules(first, reason="Contoh", by=keeper),
    ):
        with pytest.raises(RulesNotReady):
            act()


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("nib_required", {"from_on": date(2026, 2, 2), "until_on": date(2026, 2, 1)}),
        ("umk_only", {"params": {"scales": [], "exempt_forms": []}}),
        ("kbli_admitted", {"is_on": True}),
        (
            "msme_scale",
            {
                "params": {
                    "capital_bounds": [3, 2, 1],
                    "sales_bounds": [1, 2, 3],
                    "capital_counts_from": "2021-02-02",
                }
            },
        ),
    ],
)
def test_unsound_rule_is_refused_with_a_sentence(
    head: User, code: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match=": "):
        change_rule(draft_rules(by=head), line(code), changes=changes, by=head)


def test_rule_may_differ_by_legal_form(head: User, keeper: User) -> None:
    trader, company = make.refer(nib=""), make.refer(nib="", legal_form="cv")
    draft = draft_rules(by=head)
    change_rule(draft, line("nib_required"), changes={"forms": ("cv", "pt")}, by=head)
    second = repeat_rule(draft, line("nib_required"), by=head)
    later = {"forms": ("perorangan",), "from_on": date(2030, 1, 1), "is_on": True}
    change_rule(draft, second, changes=later, by=head)
    looked_at(draft, head)
    switch_on_rules(draft, reason="Contoh", by=keeper)
    make.run_jobs()
    assert (trader.refresh().status, company.refresh().status) == ("ELIGIBLE", "INELIGIBLE")


def test_firm_that_looks_like_another_waits_where_it_is(head: User, keeper: User) -> None:
    first, second = make.refer(), make.refer()
    make.run_jobs()
    FirmPair.objects.update_or_create(
        first=first, second=second, defaults={"band": "strong", "score": 0.97}
    )
    draft = draft_rules(by=head)
    change_rule(draft, line("no_open_twin"), changes={"is_on": True}, by=head)
    preview = looked_at(draft, head)
    assert preview.counts["reasons"] == {"looks_like_another": [0, 2]}
    switch_on_rules(draft, reason="Contoh", by=keeper)
    make.run_jobs()
    newest = second.screenings.first()
    assert newest is not None
    assert (newest.is_eligible, newest.reasons, newest.waits) == (
        False,
        [],
        ["looks_like_another"],
    )
    assert second.refresh().status == "ELIGIBLE"


def test_who_began_a_change_does_not_switch_it_on(head: User, keeper: User) -> None:
    draft = closed_to_sole_traders(head)
    looked_at(draft, head)
    with pytest.raises(NotAllowed, match="orang lain"):
        switch_on_rules(draft, reason="Contoh", by=head)
    assert switch_on_rules(draft, reason="Contoh", by=keeper).switched_on_by == keeper


def test_only_the_keeper_and_the_head_change_rules() -> None:
    for role in (roles.OFFICER, roles.APPROVER, roles.AUDITOR):
        with pytest.raises(NotAllowed):
            draft_rules(by=make.make_user(role))
    assert draft_rules(by=make.make_user(roles.ADMIN)).number == 2


def test_kbli_list_of_the_bureau_is_loaded_and_its_file_left_alone(tmp_path: Any) -> None:
    file = tmp_path / "kelompok.json"
    rows = ",".join(f'{{"code": "{n:05d}", "title": "Contoh {n}"}}' for n in range(600))
    file.write_text(f"[{rows}]", encoding="utf-8")
    before = file.read_bytes()
    call_command("load_kbli", str(file), stdout=io.StringIO())
    call_command("load_kbli", str(file), stdout=io.StringIO())
    assert KbliCode.objects.filter(version="2025").count() == 600
    assert file.read_bytes() == before


def test_merged_firms_are_not_in_the_preview(head: User) -> None:
    first, second = make.refer(), make.refer()
    Vendor.objects.filter(pk=second.pk).update(merged_into=first)
    preview = looked_at(closed_to_sole_traders(head), head)
    assert set(preview.flips.values_list("vendor", flat=True)) == {first.pk}
