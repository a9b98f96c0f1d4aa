"""Who may sign in: found, invited, switched off and on; nobody is ever deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding import actions, roles
from onboarding.errors import Refused
from onboarding.forms import FindPeopleForm, InvitePersonForm
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
    found = _found(form.cleaned_data if form.is_valid() else {})
    page = newest_first(request, found.select_related("agency"))
    invitations = Invitation.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now())
    context = {
        "form": form,
        "page": page,
        "lines": [
            {"person": person, "contact": person.email or mask_phone(person.phone or "")}
            for person in page.rows
        ],
        "invitations": invitations.select_related("agency", "created_by")[:MOST_INVITATIONS],
        "is_narrowed": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "onboarding/people.html", context)


@permission_required("onboarding.manage_people", raise_exception=True)
@require_http_methods(["GET", "POST"])
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
def set_person_active(request: SignedIn, pk: int) -> HttpResponse:
    """Switch an account off, which ends its sessions, or on again."""
    person = get_object_or_404(User.objects.exclude(role=roles.SYSTEM), pk=pk)
    active = request.POST.get("active") == "1"
    actions.set_person_active(person, active=active, by=request.user)
    said = (
        _("The account of %(name)s was switched on.")
        if active
        else _("The account of %(name)s was switched off.")
    )
    messages.success(request, said % {"name": person})
    return redirect("onboarding:people")


def _found(chosen: dict[str, str]) -> QuerySet[User]:
    found = User.objects.exclude(role=roles.SYSTEM)
    if chosen.get("role"):
        found = found.filter(role=chosen["role"])
    elif not chosen.get("name"):
        found = found.exclude(role=roles.VENDOR)
    if chosen.get("active"):
        found = found.filter(is_active=chosen["active"] == "1")
    if name := chosen.get("name", "").strip():
        found = found.filter(Q(full_name__icontains=name) | Q(email__icontains=name))
    return found
