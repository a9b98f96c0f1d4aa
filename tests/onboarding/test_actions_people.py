"""Accounts: every exit of inviting, accepting, switching off, and of proving a firm one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.actions import (
    accept_invitation,
    confirm_contact,
    find_invitation,
    invite_person,
    open_owner_account,
    people,
    prove_membership,
    set_person_active,
)
from onboarding.actions.people import PROOFS_ALLOWED, hash_token
from onboarding.errors import NotAllowed, Refused
from onboarding.models import Agency, Invitation, Membership, User
from tests import factories as make
from workflows import tasks
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-contoh-2026"


def invite(
    role: str = roles.TRAINER, email: str = "baru@contoh.test", agency: Agency | None = None
) -> Invitation:
    return invite_person(
        email=email,
        full_name="Contoh Baru",
        role=role,
        agency=agency,
        by=make.make_user(roles.ADMIN),
    )


def test_an_invitation_is_sent_by_the_worker_and_its_token_is_kept_as_a_hash_only() -> None:
    invitation = invite()
    assert not mail.outbox
    tasks.send_sign_in()
    (sent,) = mail.outbox
    assert sent.to == ["baru@contoh.test"]
    assert invitation.token_hash not in sent.body
    token = sent.body.split("/undangan/")[1].split("/")[0]
    assert find_invitation(token) == invitation
    assert token not in str(AuditEvent.objects.get(act="invite_person").detail)


def test_only_the_keeper_invites() -> None:
    with pytest.raises(NotAllowed):
        invite_person(
            email="baru@contoh.test",
            full_name="Contoh",
            role=roles.OFFICER,
            agency=None,
            by=make.make_user(roles.OFFICER),
        )


def test_an_email_that_has_an_account_is_not_invited() -> None:
    known = make.make_user(roles.OFFICER)
    assert known.email
    with pytest.raises(Refused):
        invite(email=known.email.upper())


@pytest.mark.parametrize("role", [roles.AGENCY, roles.COOPERATIVE])
def test_staff_of_an_office_need_their_office(role: str) -> None:
    with pytest.raises(Refused):
        invite(role)
    assert invite(role, agency=Agency.objects.get(code="dindik")).agency is not None


def test_an_accepted_invitation_opens_one_account_with_its_role() -> None:
    user = accept_invitation(invite(roles.ADMIN), password=PASSWORD)
    assert (user.role, user.is_staff, user.check_password(PASSWORD)) == (roles.ADMIN, True, True)


def test_an_invitation_is_accepted_once() -> None:
    invitation = invite()
    accept_invitation(invitation, password=PASSWORD)
    with pytest.raises(Refused):
        accept_invitation(invitation, password=PASSWORD)


def test_an_address_is_invited_to_its_last_role_only() -> None:
    higher, last = invite(roles.ADMIN), invite(roles.TRAINER)
    with pytest.raises(Refused):
        accept_invitation(higher, password=PASSWORD)
    assert accept_invitation(last, password=PASSWORD).role == roles.TRAINER
    assert AuditEvent.objects.filter(act="invite_person", detail__ended=[higher.pk]).count() == 1


@pytest.mark.parametrize("is_at_once", [False, True])
def test_a_second_link_to_an_address_that_has_an_account_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, is_at_once: bool
) -> None:
    first = invite()
    second = Invitation.objects.create(
        token_hash="contoh", email="Baru@contoh.test", full_name="Contoh", role=roles.ADMIN,
        created_by=first.created_by, expires_at=first.expires_at,
    )  # fmt: skip
    accept_invitation(first, password=PASSWORD)
    if is_at_once:  # the other link was pressed after this one had looked
        monkeypatch.setattr(people, "_check_no_account", lambda _email: None)
    with pytest.raises(Refused, match="Sudah ada akun"):
        accept_invitation(second, password=PASSWORD)
    assert User.objects.filter(email="baru@contoh.test").count() == 1


def test_an_invitation_that_ran_out_opens_nothing() -> None:
    invitation = invite()
    Invitation.objects.update(
        token_hash=hash_token("contoh"), expires_at=timezone.now() - timedelta(seconds=1)
    )
    with pytest.raises(Refused):
        find_invitation("contoh")
    with pytest.raises(Refused):
        accept_invitation(invitation, password=PASSWORD)


def test_an_invitation_of_somebody_who_was_switched_off_meanwhile_opens_nothing() -> None:
    invitation = invite(roles.ADMIN)
    Invitation.objects.update(token_hash=hash_token("contoh"))
    set_person_active(invitation.created_by, active=False, by=make.make_user(roles.ADMIN))
    with pytest.raises(Refused):
        find_invitation("contoh")
    with pytest.raises(Refused):
        accept_invitation(invitation, password=PASSWORD)


def test_an_unknown_token_is_refused_with_the_same_sentence() -> None:
    with pytest.raises(Refused):
        find_invitation("tidak-ada")


def test_switching_off_ends_the_sessions_of_the_account(client: Client) -> None:
    person = make.make_user(roles.OFFICER)
    answer = {"login": person.email, "password": make.PASSWORD}
    assert client.post(reverse("account_login"), answer).status_code == 302
    assert client.get(reverse("account_email")).status_code == 200
    set_person_active(person, active=False, by=make.make_user(roles.ADMIN))
    assert Session.objects.count() == 0
    assert client.get(reverse("account_email")).status_code == 302
    assert not User.objects.get(pk=person.pk).is_active


def test_an_account_can_be_switched_on_again() -> None:
    person, admin = make.make_user(roles.OFFICER), make.make_user(roles.ADMIN)
    set_person_active(person, active=False, by=admin)
    assert set_person_active(person, active=True, by=admin).is_active
    acts = AuditEvent.objects.filter(by=admin).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["switch_off_account", "switch_on_account"]


def test_nobody_switches_off_their_own_account() -> None:
    admin = make.make_user(roles.ADMIN)
    with pytest.raises(Refused):
        set_person_active(admin, active=False, by=admin)


def test_only_the_keeper_switches_accounts() -> None:
    with pytest.raises(NotAllowed):
        set_person_active(
            make.make_user(roles.OFFICER), active=False, by=make.make_user(roles.APPROVER)
        )


def test_an_owner_gets_an_account_by_a_contact_that_an_office_named_and_sees_nothing_yet() -> None:
    vendor = make.refer(phone="081234567890")
    owner = open_owner_account(phone="+6281234567890")
    assert owner is not None
    assert (owner.role, owner.full_name) == (roles.VENDOR, vendor.owner_name)
    assert owner.memberships.get().proved_at is None
    assert not owner.vendors_in_sight().exists()


def test_a_contact_that_nobody_named_opens_nothing() -> None:
    assert open_owner_account(phone="+6281299999999") is None
    assert open_owner_account(email="siapa@contoh.test") is None


def test_a_second_firm_with_the_same_contact_joins_the_same_account() -> None:
    make.refer(email="pemilik@contoh.test")
    first = open_owner_account(email="pemilik@contoh.test")
    make.refer(email="pemilik@contoh.test")
    assert open_owner_account(email="PEMILIK@contoh.test") == first
    assert Membership.objects.filter(user=first).count() == 2


def test_a_contact_of_the_staff_is_not_turned_into_an_owner() -> None:
    officer = make.make_user(roles.OFFICER)
    make.refer(email=officer.email)
    assert open_owner_account(email=officer.email or "") == officer
    assert officer.memberships.count() == 0


@pytest.mark.parametrize("number", ["0001210000017", "0001-2100-00017"])
def test_the_nib_of_the_firm_proves_that_it_is_ones_own(number: str) -> None:
    make.refer(nib="0001210000017", phone="081234567890")
    owner = open_owner_account(phone="+6281234567890")
    assert owner is not None
    assert prove_membership(owner.memberships.get(), number=number, by=owner)
    assert owner.vendors_in_sight().count() == 1
    assert AuditEvent.objects.filter(act="prove_membership").count() == 1


def test_a_wrong_number_is_counted_and_after_five_only_an_officer_can_help() -> None:
    make.refer(nib="0001210000017", phone="081234567890")
    owner = open_owner_account(phone="+6281234567890")
    assert owner is not None
    membership = owner.memberships.get()
    for _try in range(PROOFS_ALLOWED):
        assert not prove_membership(membership, number="0001210000099", by=owner)
    with pytest.raises(Refused):
        prove_membership(membership, number="0001210000017", by=owner)


def test_nobody_proves_the_membership_of_another() -> None:
    make.refer(nib="0001210000017", phone="081234567890")
    owner = open_owner_account(phone="+6281234567890")
    assert owner is not None
    with pytest.raises(NotAllowed):
        prove_membership(
            owner.memberships.get(), number="0001210000017", by=make.make_user(roles.VENDOR)
        )


def test_an_officers_word_ties_an_owner_to_a_firm_once() -> None:
    vendor, owner = make.refer(), make.make_user(roles.VENDOR)
    officer = make.make_user(roles.OFFICER)
    membership = confirm_contact(vendor, owner, by=officer)
    assert membership.proved_by == officer
    again = confirm_contact(vendor, owner, by=make.make_user(roles.OFFICER))
    assert again.proved_by == officer
