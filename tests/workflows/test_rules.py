"""The pages of the rules: a change is made in forms, looked at, and switched on with a reason."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.eligibility import DEFAULT_RULES
from onboarding.models import RuleVersion
from tests import factories as make

pytestmark = pytest.mark.django_db
TRADERS = [rule.code for rule in DEFAULT_RULES].index("admit_perorangan")
SCALE = [rule.code for rule in DEFAULT_RULES].index("msme_scale")


def page_of(number: int) -> str:
    return reverse("workflows:rule_version", args=[number])


def test_head_changes_a_rule_looks_at_it_and_the_keeper_switches_it_on(client: Client) -> None:
    firm = make.refer()
    client.force_login(make.make_user(roles.MANAGER))
    client.post(reverse("workflows:draft_rules"))
    client.post(reverse("workflows:change_rule", args=[2, TRADERS]), {"basis": "SK Contoh"})
    refused = client.post(page_of(2), {"act": "switch_on", "reason": "SK Contoh 1"})
    assert refused.status_code == 409
    client.post(page_of(2), {"act": "preview"})
    make.run_jobs()
    assert firm.name in client.get(page_of(2)).content.decode()
    file = client.get(reverse("workflows:preview_file", args=[2]))
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert "orang lain yang mengaktifkannya" in client.get(page_of(2)).content.decode()
    client.force_login(make.make_user(roles.ADMIN))
    assert client.post(page_of(2), {"act": "switch_on", "reason": ""}).status_code == 422
    client.post(page_of(2), {"act": "switch_on", "reason": "SK Contoh 1"})
    make.run_jobs()
    assert firm.refresh().status == "INELIGIBLE"
    assert RuleVersion.objects.in_force(timezone.localdate()).number == 2


def test_keeper_sees_how_many_are_meant_but_not_who(client: Client) -> None:
    firm = make.refer()
    client.force_login(make.make_user(roles.ADMIN))
    client.post(reverse("workflows:draft_rules"))
    client.post(reverse("workflows:change_rule", args=[2, TRADERS]), {})
    client.post(page_of(2), {"act": "preview"})
    make.run_jobs()
    page = client.get(page_of(2)).content.decode()
    assert "NO_LEGAL_FORM" not in page
    assert "Bentuk usaha belum memenuhi" in page
    assert firm.name not in page
    assert client.get(reverse("workflows:preview_file", args=[2])).status_code == 403


def test_unsound_bounds_come_back_with_a_sentence_and_keep_the_draft(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    client.post(reverse("workflows:draft_rules"))
    typed = {"is_on": "on", "capital_counts_from": "2021-02-02"}
    typed |= {f"capital_bounds_{n}": value for n, value in enumerate(("3", "2", "1"))}
    typed |= {f"sales_bounds_{n}": value for n, value in enumerate(("1", "2", "3"))}
    url = reverse("workflows:change_rule", args=[2, SCALE])
    assert client.post(url, typed).status_code == 409
    assert client.post(url, {**typed, "sales_bounds_0": "banyak"}).status_code == 422
    assert RuleVersion.objects.get(number=2).digest == RuleVersion.objects.get(number=1).digest
    assert client.get(reverse("workflows:change_rule", args=[2, 99])).status_code == 404
