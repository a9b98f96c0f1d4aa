"""Registers outside: four answers, none of which is a "yes" by silence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.actions import RegisterBusy, ask_again, ask_register, registers as asking
from onboarding.eligibility import DEFAULT_RULES, Facts, Rule, judge
from onboarding.errors import NotAllowed
from onboarding.models import RegisterAnswer, User, Vendor
from onboarding.registers import FileRegister, Found, NoRegister, Question, SandboxRegister, put
from tests import factories as make
from workflows.models import AuditEvent
from workflows.registerbook import register_lines

KNOWN = Question("oss", "0001210000011", "CV Contoh Maju", "35.78", "cv", "56210")
CSV = """number,name,region,kbli,status
0001210000011,Contoh Maju CV,35.78,56210 47112,aktif
0001210000012,Contoh Mundur,35.78,56210,aktif
0001210000013,Contoh Maju,35.78,56210,dicabut
0001210000014,,,,
"""


class Broken:
    """An adapter that fails in a way nobody thought of."""

    source = "broken"

    def look_up(self, question: Question, *, seconds: float) -> Found | None:
        raise RuntimeError(question.number)


@pytest.fixture
def file(tmp_path: Path) -> FileRegister:
    path = tmp_path / "oss.csv"
    path.write_text(CSV, encoding="utf-8")
    return FileRegister(path)


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        ("0001210000011", "match"),
        ("0001210000012", "mismatch"),
        ("0001210000013", "mismatch"),
        ("0001210000014", "mismatch"),
        ("0001210000099", "not_found"),
        ("", "unavailable"),
    ],
)
def test_file_of_a_register_gives_the_four_answers(
    file: FileRegister, number: str, outcome: str
) -> None:
    answer = put(Question("oss", number, "CV Contoh Maju", "35.78", "", "56210"), file)
    assert answer.outcome == outcome


def test_answer_says_field_by_field_what_differs(file: FileRegister) -> None:
    details = put(Question("oss", "0001210000012", "CV Contoh Maju", "35.78"), file).details
    assert [(d["field"], d["agrees"]) for d in details] == [
        ("name", False),
        ("region", True),
        ("status", True),
    ]


@pytest.mark.parametrize("register", [NoRegister(), Broken(), FileRegister(Path("/nirgendwo.csv"))])
def test_whatever_goes_wrong_is_unavailable_and_keeps_no_number(register: Any) -> None:
    answer = put(KNOWN, register)
    assert answer.outcome == "unavailable"
    assert KNOWN.number not in repr(answer)


@pytest.mark.parametrize(
    ("last", "outcome"),
    [
        ("1", "match"),
        ("7", "mismatch"),
        ("8", "mismatch"),
        ("9", "not_found"),
        ("0", "unavailable"),
    ],
)
def test_sandbox_answers_by_the_last_digit(last: str, outcome: str) -> None:
    question = Question("oss", f"000121000000{last}", "Contoh Maju", "35.78")
    assert put(question, SandboxRegister()).outcome == outcome


@pytest.mark.parametrize(
    ("answer", "eligible", "codes", "waits"),
    [
        ("match", True, [], ()),
        ("mismatch", False, ["NAME_MISMATCH"], ()),
        ("not_found", False, ["NIB_INVALID"], ()),
        ("unavailable", False, [], ("not_yet_verified",)),
        ("", False, [], ("not_yet_verified",)),
    ],
)
def test_rule_on_registers_never_passes_on_silence(
    answer: str, eligible: bool, codes: list[str], waits: tuple[str, ...]
) -> None:
    rules = (*DEFAULT_RULES, Rule("in_register", params={"registers": ["oss"]}))
    facts = Facts("cv", "35.78", True, nib="0001210000017", registers={"oss": answer})
    verdict = judge(facts, rules, timezone.localdate())
    assert (verdict.eligible, [r.code for r in verdict.reasons]) == (eligible, codes)
    assert verdict.waits == waits


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "connect", lambda _register: SandboxRegister())


def firm(last: str) -> Vendor:
    """A firm whose NIB ends in this digit."""
    return make.refer(nib=f"00{next(make.count):010d}{last}")


@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")
def test_silence_is_asked_again_with_growing_pauses() -> None:
    vendor, officer = firm("0"), make.make_user(roles.OFFICER)
    answer = ask_register(vendor, "oss", by=officer)
    assert (answer.outcome, answer.attempts) == ("unavailable", 1)
    first = answer.ask_again_at
    assert first is not None
    system = User.objects.system()
    assert ask_again(answer.pk, by=system, beat=lambda: None).attempts == 1  # not due yet
    RegisterAnswer.objects.update(ask_again_at=timezone.now())
    again = ask_again(answer.pk, by=system, beat=lambda: None)
    assert again.attempts == 2
    assert again.ask_again_at is not None
    assert again.ask_again_at - again.asked_at == 2 * (first - answer.asked_at)


@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")
def test_page_of_the_firm_is_green_only_when_a_register_agrees(client: Client) -> None:
    officer = make.make_user(roles.OFFICER)
    looks = {}
    for last in ("1", "7", "9", "0"):
        vendor = firm(last)
        ask_register(vendor, "oss", by=officer)
        looks[last] = register_lines(officer, vendor)[0].kind
    assert looks == {"1": "ok", "7": "bad", "9": "warn", "0": "off"}
    client.force_login(officer)
    page = client.get(reverse("workflows:vendor", args=[vendor.pk]) + "?part=work")
    assert "sandbox" in page.content.decode()
    assert "TimeoutError" not in page.content.decode()
    event = AuditEvent.objects.filter(act="ask_register").order_by("-pk")[0]
    assert vendor.nib not in str(event.detail)


@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")
def test_answer_no_longer_counts_when_the_facts_have_changed_or_it_is_too_old() -> None:
    vendor, officer = firm("1"), make.make_user(roles.OFFICER)
    answer = ask_register(vendor, "oss", by=officer)
    assert register_lines(officer, vendor)[0].kind == "ok"
    vendor.name = "Contoh Nama Baru"
    assert register_lines(officer, vendor)[0].kind == "off"
    vendor.refresh_from_db()
    RegisterAnswer.objects.filter(pk=answer.pk).update(valid_until=timezone.now())
    assert register_lines(officer, vendor)[0].kind == "off"


@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")
def test_register_is_not_asked_more_often_than_it_bears() -> None:
    vendor, officer = make.refer(), make.make_user(roles.OFFICER)
    RegisterAnswer.objects.bulk_create(
        RegisterAnswer(
            vendor=vendor, register="oss", asked="", outcome="match", source="sandbox",
            asked_by=officer, valid_until=timezone.now() + timedelta(days=1),
        )
        for _ in range(asking.MOST_A_MINUTE)
    )  # fmt: skip
    with pytest.raises(RegisterBusy):
        ask_register(vendor, "oss", by=officer)


@pytest.mark.django_db
def test_only_officers_ask_a_register() -> None:
    with pytest.raises(NotAllowed):
        ask_register(make.refer(), "oss", by=make.make_user(roles.AUDITOR))
