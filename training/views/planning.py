"""Planning: a session, the same for several dates, what changes of one, and where it moves to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from config.gate.keys import read_key
from training import actions
from training.errors import Refused, RowsRefused
from training.forms.planning import EditSessionForm, MoveSessionForm, PlanSessionForm
from training.forms.series import MORE, MOST_ROWS, SeriesForm, rows_of
from training.models import Series, Session
from training.views.looks import look_of_session, session_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def plan_session(request: HttpRequest) -> HttpResponse:
    """Plan a session; what was typed is kept when it is refused."""
    # The list of where to go next leads here with its region.
    form = PlanSessionForm(request.POST or None, initial={"region": request.GET.get("region")})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.plan_session(by=request.user, **form.facts())
        except Refused as error:
            form.add_error(None, error.sentence)
            status = 409
        else:
            messages.success(request, _("The session is planned. Now invite businesses."))
            _warn_of_chairs(request, planned)
            return redirect("training:session", planned.pk)
    return render(request, "training/plan_session.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def plan_series(request: HttpRequest) -> HttpResponse:
    """Plan the same session for several dates, all or none; each row says what is in its way."""
    form = SeriesForm(request.POST or None)
    rows = rows_of(_with_more_rows(request), way=request.POST.get("way", ""))
    context = {"form": form, "rows": rows, "most": MOST_ROWS}
    if request.method == "GET" or "more" in request.POST:
        return render(request, "training/plan_series.html", context)
    status = 400
    is_valid = all((form.is_valid(), rows.is_valid()))
    if is_valid and not rows.filled():
        form.add_error(None, _("Fill in at least one date."))
    elif is_valid:
        try:
            series = actions.plan_series(
                title=form.cleaned_data["title"], rows=_facts(form, rows), by=request.user
            )
        except Refused as error:
            form.add_error(None, error.sentence)
            for place, sentence in (error.rows if isinstance(error, RowsRefused) else {}).items():
                rows.filled()[place].add_error(None, sentence)
            status = 409
        else:
            count = series.sessions.count()
            sentence = ngettext("%(count)d session planned.", "%(count)d sessions planned.", count)
            messages.success(request, sentence % {"count": count})
            return redirect("training:series", series.pk)
    return render(request, "training/plan_series.html", context, status=status)


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """Sessions that were planned together, in the order of their dates."""
    shown = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    in_sight = Session.objects.visible_to(request.user).filter(series=shown)
    pks = list(in_sight.values_list("pk", flat=True))
    counted = Session.objects.filter(pk__in=pks).with_counts().select_related("region", "trainer")
    rows = list(counted.order_by("starts_at", "pk"))
    for row in rows:
        row.look = look_of_session(row)  # type: ignore[attr-defined]  # for the template
    return render(request, "training/series.html", {"series": shown, "rows": rows})


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def change_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a session is about; its date and place are moved on a page of their own."""
    held = session_or_404(request, pk)
    title = held.title
    form = EditSessionForm(request.POST or None, instance=held)
    status = 200 if request.method == "GET" else 400
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_session(
                held, shown=form.shown, by=request.user, **form.facts()
            )
        except Refused as error:
            form.add_error(None, getattr(error, "by_field", error.sentence))
            status = 409
        else:
            messages.success(request, _("The session is changed."))
            _warn_of_chairs(request, changed)
            return redirect("training:session", pk)
    context = {"form": form, "pk": pk, "title": title, "is_open": held.is_open}
    return render(request, "training/change_session.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def move_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a session another date, time or place; everybody who has a seat is told why."""
    held = session_or_404(request, pk)
    title = held.title
    form = MoveSessionForm.of(held, request.POST or None)
    status = 200 if request.method == "GET" else 400
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move_session(held, by=request.user, **form.facts())
        except Refused as error:
            form.add_error(None, error.sentence)
            status = 409
        else:
            messages.success(request, _("The session is moved. Everybody who has a seat is told."))
            _warn_of_chairs(request, moved)
            return redirect("training:session", pk)
    context = {"form": form, "pk": pk, "title": title, "is_open": held.is_open}
    return render(request, "training/move_session.html", context, status=status)


def _facts(form: SeriesForm, rows: Any) -> list[dict[str, Any]]:
    same = form.cleaned_data
    return [{**same, **row.facts()} for row in rows.filled()]


def _with_more_rows(request: HttpRequest) -> Any:
    """Return what was typed, with more empty rows when they were asked for."""
    if request.method == "GET":
        return None
    typed = request.POST.copy()
    count = read_key(typed.get("row-TOTAL_FORMS", ""), longest=3)
    if "more" in typed and count is not None:
        typed["row-TOTAL_FORMS"] = str(min(count + MORE, MOST_ROWS))
    return typed


def _warn_of_chairs(request: HttpRequest, session: Session) -> None:
    if session.venue is not None and session.is_over_chairs:
        messages.warning(
            request,
            _("%(seats)d seats are planned, but %(hall)s has %(chairs)d chairs.")
            % {
                "seats": session.capacity,
                "hall": session.venue,
                "chairs": session.venue.chairs,
            },
        )
