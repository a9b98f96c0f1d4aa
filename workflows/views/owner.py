"""The owner's pages: where am I, what must I do now, send a paper, correct, appeal, leave.

Firms are found through ``Vendor.objects.visible_to`` only, so another owner's firm does not exist.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import onboarding.actions
import onboarding.errors
from onboarding import roles
from onboarding.actions.people import PROOFS_ALLOWED
from onboarding.models import Membership, Vendor
from workflows import actions, lifecycle, office
from workflows.actions.changing import changes_of
from workflows.errors import MoveNotAllowed, Refused
from workflows.forms.owner import AppealForm, ProofForm, WithdrawForm
from workflows.looks import note_look
from workflows.models import Assistance, DeadContact, Look, Stage
from workflows.owner.changes import change_of_owner
from workflows.owner.guidance import own_sessions
from workflows.owner.papers import own_papers
from workflows.owner.road import road_of
from workflows.owner.turn import open_points, turn_of
from workflows.reach import reach_of
from workflows.ticketbook import tickets_of_owner

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.models.vendors import VendorQuerySet
    from onboarding.signed_in import SignedIn

OWN_PAGE = "workflows.own_page"
GET_AND_POST = ("GET", "HEAD", "POST")


@require_safe
@permission_required(OWN_PAGE, raise_exception=True)
def own_firms(request: SignedIn) -> HttpResponse:
    """List the owner's firms; with one of them only, go straight to it."""
    if request.user.role != roles.VENDOR:
        raise PermissionDenied
    memberships = list(
        request.user.memberships.filter(vendor__merged_into__isnull=True)
        .select_related("vendor")
        .order_by("vendor__name", "pk")[:100]
    )
    if len(memberships) == 1 and memberships[0].proved_at:
        return redirect("workflows:own_page", pk=memberships[0].vendor_id)
    context = {
        "proved": [membership for membership in memberships if membership.proved_at],
        "unproved": [membership for membership in memberships if not membership.proved_at],
        "office": office.contact(),
    }
    return render(request, "workflows/own_firms.html", context)


@require_safe
@permission_required(OWN_PAGE, raise_exception=True)
def own_page(request: SignedIn, pk: int) -> HttpResponse:
    """Show one firm: what to do now, the steps of the road, the papers.

    An address of a firm that was merged leads to the one that took it in.
    """
    try:
        vendor = own_firm(request, pk)
    except Http404:
        named = request.user.memberships.filter(vendor=pk, proved_at__isnull=True).first()
        if named:
            return redirect("workflows:prove_membership", pk=named.pk)
        gone = get_object_or_404(Vendor, pk=pk, merged_into__isnull=False)
        return redirect("workflows:own_page", pk=own_firm(request, gone.standing_firm().pk).pk)
    papers = own_papers(vendor)
    road = road_of(vendor, papers)
    context = {
        "vendor": vendor,
        "greeting": _greeting(request.user.full_name),
        "turn": turn_of(vendor, papers, road),
        "road": road,
        "papers": papers,
        "has_others": vendor.has_others,  # type: ignore[attr-defined]  # annotated
        "may_withdraw": lifecycle.can(vendor, "withdraw"),
        "office": office.contact(),
        "assisting": actions.check_acts_for(vendor, request.user),
        "helpers": _helpers(request, vendor),
        "own_sessions": own_sessions(vendor) if request.user.role == roles.VENDOR else [],
    }
    context |= change_of_owner(vendor, request.user, papers, road)
    context |= tickets_of_owner(vendor, request.user)
    if request.user.role == roles.VENDOR:
        context["reach"] = reach_of(vendor, request.user)
    return render(request, "workflows/own_page.html", context)


@require_http_methods(GET_AND_POST)
@permission_required(OWN_PAGE, raise_exception=True)
def prove_membership(request: SignedIn, pk: int) -> HttpResponse:
    """Prove that a firm is one's own by a number that its papers bear; five tries."""
    if request.user.role != roles.VENDOR:
        raise PermissionDenied
    memberships = Membership.objects.filter(user=request.user, vendor__merged_into__isnull=True)
    membership = get_object_or_404(memberships.select_related("vendor"), pk=pk)
    if membership.proved_at:
        return redirect("workflows:own_page", pk=membership.vendor_id)
    form = ProofForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            is_right = onboarding.actions.prove_membership(
                membership, number=form.cleaned_data["number"], by=request.user
            )
        except onboarding.errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            if is_right:
                messages.success(request, _("Thank you. This business is now open to you."))
                return redirect("workflows:own_page", pk=membership.vendor_id)
            membership.refresh_from_db(fields=["failed_proofs"])
            form.refuse(tries_left=PROOFS_ALLOWED - membership.failed_proofs)
    context = {
        "form": form,
        "membership": membership,
        "is_closed": membership.failed_proofs >= PROOFS_ALLOWED,
        "office": office.contact(),
    }
    return render(request, "workflows/prove_membership.html", context, status=status)


@require_http_methods(GET_AND_POST)
@permission_required("workflows.resubmit_case", raise_exception=True)
def resubmit_case(request: SignedIn, pk: int) -> HttpResponse:
    """Show what was asked and what came, then send the corrections off."""
    vendor = own_firm(request, pk)
    if not vendor.cases.filter(stage=Stage.CORRECT).exists():
        raise MoveNotAllowed(_("There is nothing to correct now."))
    sentence = ""
    if request.method == "POST":
        try:
            actions.resubmit_case(vendor, by=request.user)
        except Refused as refusal:
            sentence = refusal.sentence
        else:
            messages.success(request, _("Sent. An officer checks your corrections."))
            return redirect("workflows:own_page", pk=vendor.pk)
    papers = own_papers(vendor)
    items, newest = open_points(vendor)
    context = {
        "vendor": vendor,
        "items": items,
        "due_on": newest.request.due_on if newest else None,
        "waiting": [item for item in items if item.document_type_id and not item.resolved_at],
        "papers": papers,
        "sentence": sentence,
    }
    status = 409 if sentence else 200
    return render(request, "workflows/resubmit_case.html", context, status=status)


@require_http_methods(GET_AND_POST)
@permission_required("workflows.appeal_case", raise_exception=True)
def appeal_case(request: SignedIn, pk: int) -> HttpResponse:
    """Ask once for another look at a refusal."""
    vendor = own_firm(request, pk)
    _demand(vendor, "appeal", _("There is no decision that can still be appealed."))
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal_case(vendor, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            return _again(request, "appeal_case", vendor, form, refusal)
        messages.success(request, _("Sent. Another officer and another approver look at it."))
        return redirect("workflows:own_page", pk=vendor.pk)
    until = vendor.cases.filter(stage=Stage.APPEAL).values_list("due_at", flat=True).first()
    context = {"vendor": vendor, "form": form, "until": until}
    return render(request, "workflows/appeal_case.html", context)


@require_http_methods(GET_AND_POST)
@permission_required("workflows.withdraw_vendor", raise_exception=True)
@permission_required(OWN_PAGE, raise_exception=True)
def withdraw_vendor(request: SignedIn, pk: int) -> HttpResponse:
    """Leave the programme, with a reason and a tick that says so."""
    vendor = own_firm(request, pk, is_for_owner_only=True)
    _demand(vendor, "withdraw", _("Your business is no longer on the way into the programme."))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave_programme(vendor, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            return _again(request, "withdraw_own_firm", vendor, form, refusal)
        messages.success(request, _("Your business has left the programme."))
        return redirect("workflows:own_page", pk=vendor.pk)
    return render(request, "workflows/withdraw_own_firm.html", {"vendor": vendor, "form": form})


def own_firm(request: SignedIn, pk: int, *, is_for_owner_only: bool = False) -> Vendor:
    """Return a firm that this person has proved to be theirs; any other does not exist.

    Somebody of an office stands here only with the owner's consent, and not for what the owner
    alone may say.
    """
    firms = _known_beside(Vendor.objects.visible_to(request.user), request.user)
    if request.user.role == roles.VENDOR:
        return get_object_or_404(firms, pk=pk)
    if is_for_owner_only:
        raise PermissionDenied(_("Only the owner can say this."))
    vendor = firms.filter(assistance__in=Assistance.objects.running_by(request.user), pk=pk).first()
    if vendor is None:
        raise PermissionDenied(_("Only the owner acts here, or somebody whom the owner lets act."))
    note_look(request.user, vendor.pk, Look.What.VENDOR)
    return vendor


def _known_beside(firms: VendorQuerySet, user: User) -> VendorQuerySet:
    """Whether there is a change, a dead address or another firm comes with the firm, so that the
    page need not ask."""
    others = user.memberships.filter(vendor__merged_into__isnull=True)
    return firms.select_related("region", "contact_choice").annotate(
        has_change=Exists(changes_of(OuterRef("pk"))),
        has_dead_contact=Exists(DeadContact.objects.of_row()),
        has_others=Exists(others.exclude(vendor=OuterRef("pk"))),
    )


def new_key(typed: str = "") -> str:
    """Return the key that makes an upload count once: the one that was sent, if it is one."""
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return str(uuid.uuid4())


def _helpers(request: SignedIn, vendor: Vendor) -> list[Assistance]:
    """Return who may act for the owner now, for the owner to see and to end."""
    if request.user.role != roles.VENDOR:
        return []
    running = Assistance.objects.visible_to(request.user).running()
    return list(running.filter(vendor=vendor).select_related("helper")[:5])


def _again(
    request: SignedIn, page: str, vendor: Vendor, form: forms.Form, refusal: Refused
) -> HttpResponse:
    form.add_error(None, refusal.sentence)
    context = {"vendor": vendor, "form": form}
    return render(request, f"workflows/{page}.html", context, status=409)


def _demand(vendor: Vendor, verb: str, sentence: str) -> None:
    if not lifecycle.can(vendor, verb):
        raise MoveNotAllowed(sentence)


def _greeting(name: str) -> str:
    hour = localtime().hour
    if hour < 11:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 15:
        return _("Good day, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
