"""The form for one business: the same checks as a row, said at the right field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import Agency, Referral
from onboarding.sentences import say
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = reverse("onboarding:refer_vendor")


def typed(**changes: Any) -> dict[str, Any]:
    return make.values(**{"region": "35.78", **changes})


def test_a_business_that_fulfils_every_rule_is_referred(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    client.force_login(office)
    response = client.post(URL, typed(name="Contoh Sari"), follow=True)
    referral = Referral.objects.get()
    assert response.redirect_chain == [(reverse("onboarding:referrals"), 302)]
    assert (referral.agency, referral.vendor.name) == (office.agency, "Contoh Sari")
    assert referral.vendor.region_id == "35.78"


def test_every_legal_form_of_the_list_is_accepted(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    for form in ("perorangan", "cv", "pt", "pt_perorangan", "koperasi"):
        assert client.post(URL, typed(legal_form=form)).status_code == 302, form
    assert Referral.objects.count() == 5


def test_errors_stand_at_their_field_and_nothing_typed_is_lost(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    response = client.post(URL, typed(nib="12", email="salah@", name=""))
    errors = response.context["form"].errors
    assert errors["nib"] == [say("nib_length", {"value": "12"})]
    assert errors["email"] == [say("email_invalid", {"value": "salah@"})]
    assert errors["name"] == [say("required")]
    shown = response.content.decode()
    assert 'value="salah@"' in shown
    assert 'aria-invalid="true"' in shown
    assert Referral.objects.count() == 0


def test_doubts_are_shown_once_before_it_is_sent(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    answer = typed(phone="0315551234")
    response = client.post(URL, answer)
    assert say("phone_landline", {"value": "0315551234"}) in response.content.decode()
    assert Referral.objects.count() == 0
    seen = response.context["form"].seen()
    assert client.post(URL, {**answer, "seen": seen}).status_code == 302
    assert Referral.objects.count() == 1


def test_a_new_doubt_is_shown_even_when_an_older_one_was_seen(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    answer = typed(phone="0315551234", seen="email:something_else")
    assert client.post(URL, answer).status_code == 200
    assert Referral.objects.count() == 0


def test_a_known_business_is_credited_to_the_office_too(client: Client) -> None:
    known = make.refer(by=make.make_user(roles.COOPERATIVE))
    office = make.make_user(roles.AGENCY)
    client.force_login(office)
    response = client.post(URL, typed(nib=known.nib), follow=True)
    assert known.referrals.filter(agency=office.agency).count() == 1
    assert known.name in response.content.decode()


def test_an_officer_says_for_which_office(client: Client) -> None:
    client.force_login(make.make_user(roles.OFFICER))
    assert "agency" in client.post(URL, typed()).context["form"].errors
    agency = Agency.objects.get(code="dindik")
    assert client.post(URL, typed(agency=agency.pk)).status_code == 302
    assert Referral.objects.get().agency == agency


def test_staff_of_an_office_cannot_refer_for_another(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    client.force_login(office)
    client.post(URL, typed(agency=Agency.objects.exclude(pk=office.agency_id).first().pk))
    assert Referral.objects.get().agency == office.agency


@pytest.mark.parametrize("value", ["9" * 5000, "\x00", "<script>", "'; --", "🙂" * 200])
@pytest.mark.parametrize("key", ["name", "nib", "capital", "kbli", "region", "legal_form"])
def test_odd_answers_get_an_answer(client: Client, key: str, value: str) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    assert client.post(URL, typed(**{key: value})).status_code in (200, 302)


@pytest.mark.parametrize("role", [roles.VENDOR, roles.AUDITOR, roles.APPROVER, roles.ADMIN])
def test_other_roles_are_kept_out(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403
    assert client.post(URL, typed()).status_code == 403


def test_the_form_asks_for_the_columns_of_the_template(client: Client) -> None:
    client.force_login(make.make_user(roles.COOPERATIVE))
    shown = client.get(URL).content.decode()
    for key in make.values():
        assert f'name="{key}"' in shown
    assert 'name="agency"' not in shown
