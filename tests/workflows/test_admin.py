"""Django's own pages: reference data, the keeper, nothing else."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from documents.models import DocumentType
from onboarding import roles
from onboarding.models import Agency, Region
from tests import factories as make
from workflows.models import AuditEvent, Holiday, Platform, Setting

pytestmark = pytest.mark.django_db


def test_only_reference_data_has_a_page_there() -> None:
    assert {model.__name__ for model in admin.site._registry} == {
        "Agency",
        "DocumentType",
        "Holiday",
        "Platform",
        "Region",
        "RejectionReason",
        "Requirement",
        "Setting",
    }


def test_the_keeper_reaches_every_list(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    assert client.get(reverse("admin:index")).status_code == 200
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.ADMIN])
def test_other_roles_are_kept_out(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    for name in ("admin:index", "admin:onboarding_agency_changelist"):
        assert client.get(reverse(name)).status_code in (302, 403)


def test_a_change_of_reference_data_is_in_the_trail(client: Client) -> None:
    admin_user = make.make_user(roles.ADMIN)
    client.force_login(admin_user)
    platform = Platform.objects.get(code="toko-daring")
    url = reverse("admin:workflows_platform_change", args=[platform.pk])
    answer = {"code": platform.code, "name": "Toko Contoh", "is_open": "on"}
    assert client.post(url, answer).status_code == 302
    event = AuditEvent.objects.get(act="change_reference")
    assert event.by == admin_user
    assert event.detail == {"kind": "platform", "key": "toko-daring", "fields": ["name"]}


def test_a_new_office_is_in_the_trail(client: Client) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    answer = {"code": "contoh", "name": "Dinas Contoh", "short_name": "Contoh", "kind": "opd"}
    assert client.post(reverse("admin:onboarding_agency_add"), answer).status_code == 302
    assert AuditEvent.objects.get(act="add_reference").detail["kind"] == "agency"


@pytest.mark.parametrize("model", [Agency, DocumentType, Platform, Region, Setting, Holiday])
def test_nothing_is_deleted_there(client: Client, model: type) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    Setting.objects.get_or_create(key="verify_days", defaults={"value": 3})
    row = model.objects.first()
    options = model._meta
    name = f"admin:{options.app_label}_{options.model_name}_delete"
    assert client.post(reverse(name, args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", [Region, Setting, Holiday])
def test_what_has_a_page_of_its_own_or_a_decree_is_only_looked_at(
    client: Client, model: type
) -> None:
    client.force_login(make.make_user(roles.ADMIN))
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_add"
    assert client.get(reverse(name)).status_code == 403
