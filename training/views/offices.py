"""People of offices at sessions for government users: named by the bureau or by their office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training import actions
from training.errors import Refused
from training.forms.offices import OfficePeopleForm, OwnPersonForm
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PAGE = 50


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def seat_offices(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a pasted list of people of offices; all get a seat, or nobody."""
    session = _government_session(request, pk)
    offices = apps.get_model("onboarding", "Agency").objects.all()
    form = OfficePeopleForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        try:
            count = _seat_all(session, form.cleaned_data["people"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            return _paste_page(request, session, form, status=409)
        _say_seated(request, count)
        return redirect("training:session", pk)
    status = 422 if request.method == "POST" else 200
    return _paste_page(request, session, form, status=status)


@require_safe
@permission_required("training.name_participants", raise_exception=True)
def sessions_for_offices(request: HttpRequest) -> HttpResponse:
    """Show an office the sessions to which it may still send people, and whom it named."""
    sessions = list(_open_to_offices()[:PAGE])
    own = _own_seats(request).filter(session__in=sessions, state__in=SEATED)
    counts: dict[int, int] = dict(own.order_by().values_list("session").annotate(n=Count("pk")))
    lines = [
        {
            "session": session,
            "left": max(session.capacity - session.taken, 0),  # type: ignore[attr-defined]  # annotated
            "named": counts.get(session.pk, 0),
        }
        for session in sessions
    ]
    return render(request, "training/sessions_for_offices.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@permission_required("training.name_participants", raise_exception=True)
def name_participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Name people of one's own office to a session, or give a seat back."""
    session = get_object_or_404(_open_to_offices(), pk=pk)
    agency = request.user.agency  # type: ignore[union-attr]
    if agency is None:
        raise PermissionDenied
    if request.method == "GET":
        return _own_page(request, session, OwnPersonForm())
    form = OwnPersonForm(request.POST)
    if not form.is_valid():
        return _own_page(request, session, form, status=422)
    person = actions.Person(form.cleaned_data["name"], form.cleaned_data["position"])
    try:
        seats = actions.seat_office_people(session, agency=agency, people=[person], by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _own_page(request, session, form, status=409)
    _say_seated(request, len(seats))
    return redirect("training:name_participants", pk)


@require_POST
@permission_required("training.name_participants", raise_exception=True)
def release_office_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the seat of an office's person back: by that office, or by who plans sessions."""
    plans = request.user.has_perm("training.plan_session")
    seats = Seat.objects.visible_to(request.user).filter(agency__isnull=False)
    seat = get_object_or_404(seats if plans else _own_seats(request), pk=pk)
    actions.release_office_seat(seat, by=request.user)
    messages.success(request, _("The seat of %(name)s was given back.") % {"name": seat.name})
    back = "training:session" if plans else "training:name_participants"
    return redirect(back, seat.session_id)


def offices_of_session(request: HttpRequest, session: Session) -> dict[str, Any]:
    """What the page of a session shows of offices: how many of each, and the way to add people."""
    if session.audience != Session.Audience.GOVERNMENT:
        return {"offices": None}
    seats = Seat.objects.visible_to(request.user).filter(session=session, agency__isnull=False)
    by_office = seats.filter(state__in=SEATED).order_by("agency__name").values("agency__name")
    return {
        "offices": list(
            by_office.annotate(
                named=Count("pk"), present=Count("pk", filter=Q(arrived_at__isnull=False))
            )
        ),
        "may_seat_offices": request.user.has_perm("training.plan_session")
        and session.is_open
        and session.starts_at > timezone.now(),
    }  # fmt: skip


@transaction.atomic
def _seat_all(session: Session, people: dict[Any, Any], *, by: Any) -> int:
    return sum(
        len(actions.seat_office_people(session, agency=agency, people=persons, by=by))
        for agency, persons in people.items()
    )


def _say_seated(request: HttpRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Everybody on this list has a seat already."))
        return
    said = ngettext("%(count)d person got a seat.", "%(count)d people got a seat.", count)
    messages.success(request, said % {"count": count})


def _government_session(request: HttpRequest, pk: int) -> Session:
    sessions = Session.objects.visible_to(request.user).with_counts()
    return get_object_or_404(sessions, pk=pk, audience=Session.Audience.GOVERNMENT)


def _open_to_offices() -> QuerySet[Session]:
    """Sessions for government users that have not begun; they are no secret to an office."""
    return (
        Session.objects.filter(
            audience=Session.Audience.GOVERNMENT,
            state=Session.State.PLANNED,
            starts_at__gt=timezone.now(),
        )
        .with_counts()
        .select_related("region")
        .order_by("starts_at", "pk")
    )


def _own_seats(request: HttpRequest) -> QuerySet[Seat]:
    seats = Seat.objects.visible_to(request.user)
    return seats.filter(agency__isnull=False, agency=request.user.agency_id)  # type: ignore[union-attr]


def _paste_page(
    request: HttpRequest, session: Session, form: OfficePeopleForm, *, status: int
) -> HttpResponse:
    left = max(session.capacity - session.taken, 0)  # type: ignore[attr-defined]  # annotated
    context = {"session": session, "form": form, "left": left}
    return render(request, "training/seat_offices.html", context, status=status)


def _own_page(
    request: HttpRequest, session: Session, form: OwnPersonForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "session": session,
        "form": form,
        "people": list(_own_seats(request).filter(session=session, state__in=SEATED)),
        "left": max(session.capacity - session.taken, 0),  # type: ignore[attr-defined]  # annotated
    }
    return render(request, "training/name_participants.html", context, status=status)
