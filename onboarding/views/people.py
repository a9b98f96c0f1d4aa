"""Who may sign in: found, invited, switched off and on; nobody is ever deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding import actions, roles
from onboarding.errors import Refused
from onboarding.forms import FindPeopleForm, InvitePersonForm, ResetFactorsForm
from onboarding.identifiers import mask_phone
from onboarding.models import Invitation, User
from onboarding.views.paging import newest_first

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

MOST_INVITATIONS = 25


@permission_required("onboarding.manage_people", raise_exception=True)
@require_GET
def people(request: SignedIn) -> HttpResponse:
    """Show the accounts, staff and offices first, and the invitations that nobody used yet."""
    form = FindPeopleForm(request.GET)
    known = User.objects.visible_to(request.user)
    found = _found(known, form.cleaned_data if form.is_valid() else {})
    page = newest_first(request, found.select_related("agency"))
    invitations = Invitation.objects.visible_to(request.user).standing()
    context = {
        "form": form,
        "page": page,
        "lines": [
            {"person": person, "contact": person.email or mask_phone(person.phone or "")}
            for person in page.rows
        ],
        "invitations": invitations.select_related("agency", "created_by")[:MOST_INVITATIONS],
        "with_factors": set(
            Authenticator.objects.filter(user__in=page.rows).values_list("user_id", flat=True)
        ),
        "is_narrowed": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "onboarding/people.html", context)


@permission_required("onboarding.manage_people", raise_exception=True)
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def invite_person(request: SignedIn) -> HttpResponse:
    """Send somebody the one link that opens an account."""
    if request.method == "GET":
        return render(request, "onboarding/invite_person.html", {"form": InvitePersonForm()})
    form = InvitePersonForm(request.POST)
    if not form.is_valid():
        return render(request, "onboarding/invite_person.html", {"form": form})
    answer = form.cleaned_data
    try:
        invitation = actions.invite_person(
            email=answer["email"],
            full_name=answer["full_name"],
            role=answer["role"],
            agency=answer["agency"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return render(request, "onboarding/invite_person.html", {"form": form}, status=409)
    messages.success(
        request,
        _("The invitation was sent to %(email)s. It is valid for 7 days.")
        % {"email": invitation.email},
    )
    return redirect("onboarding:people")


@permission_required("onboarding.manage_people", raise_exception=True)
@require_POST
@reauthentication_required
def withdraw_invitation(request: SignedIn, pk: int) -> HttpResponse:
    """Take an invitation back, so that its link opens no account."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.withdraw_invitation(invitation, by=request.user)
    said = _("The invitation of %(email)s was taken back. Its link opens nothing any more.")
    messages.success(request, said % {"email": invitation.email})
    return redirect("onboarding:people")


@permission_required("onboarding.manage_people", raise_exception=True)
@require_POST
@reauthentication_required
def set_person_active(request: SignedIn, pk: int) -> HttpResponse:
    """Switch an account off, which ends its sessions, or on again."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    active = request.POST.get("active") == "1"
    actions.set_person_active(person, active=active, by=request.user)
    said = (
        _("The account of %(name)s was switched on.")
        if active
        else _("The account of %(name)s was switched off.")
    )
    messages.success(request, said % {"name": person})
    return redirect("onboarding:people")


@permission_required("onboarding.manage_people", raise_exception=True)
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def reset_factors(request: SignedIn, pk: int) -> HttpResponse:
    """Take away the second step that somebody lost, with a reason."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = ResetFactorsForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "person": person}
        return render(request, "onboarding/reset_factors.html", context)
    actions.reset_factors(person, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(
        request, _("%(name)s sets up another second step at the next sign-in.") % {"name": person}
    )
    return redirect("onboarding:people")


def _found(found: QuerySet[User], chosen: dict[str, str]) -> QuerySet[User]:
    if chosen.get("role"):
        found = found.filter(role=chosen["role"])
    elif not chosen.get("name"):
        found = found.exclude(role=roles.VENDOR)
    if chosen.get("active"):
        found = found.filter(is_active=chosen["active"] == "1")
    if name := chosen.get("name", "").strip():
        found = found.filter(Q(full_name__icontains=name) | Q(email__icontains=name))
    return found
