"""Halls that are used again and again, and the versions of what is taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training import actions
from training.errors import Refused
from training.forms.venues import MaterialForm, SyllabusForm, VenueForm
from training.models import Syllabus, Venue

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST = 200


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def venues(request: HttpRequest) -> HttpResponse:
    """Halls by region: where they are, how many chairs, how often used."""
    rows = Venue.objects.visible_to(request.user).select_related("region")
    rows = rows.annotate(used=Count("sessions")).order_by("region__name", "name")
    context = {"rows": rows[:MOST], "may_plan": request.user.has_perm("training.plan_session")}
    return render(request, "training/venues.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def keep_venue(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a hall down, or change what is known of it."""
    halls = Venue.objects.visible_to(request.user)
    venue = get_object_or_404(halls, pk=pk) if pk else None
    name = venue.name if venue else ""
    form = VenueForm(request.POST or None, instance=venue)
    status = 200 if request.method == "GET" else 400
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_venue(venue, by=request.user, **form.facts())
        except Refused as error:
            form.add_error(None, error.sentence)
            status = 409
        else:
            messages.success(request, _("The hall is saved."))
            return redirect("training:venues")
    context = {"form": form, "name": name}
    return render(request, "training/keep_venue.html", context, status=status)


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def syllabi(request: HttpRequest) -> HttpResponse:
    """What is taught, by version, with its materials; those who plan add a version."""
    return _syllabi_page(request)


@require_POST
@permission_required("training.plan_session", raise_exception=True)
def add_syllabus(request: HttpRequest) -> HttpResponse:
    """Add a version of what is taught."""
    form = SyllabusForm(request.POST)
    if not form.is_valid():
        return _syllabi_page(request, form=form, status=400)
    try:
        actions.add_syllabus(by=request.user, **form.cleaned_data)
    except Refused as error:
        form.add_error(None, error.sentence)
        return _syllabi_page(request, form=form, status=409)
    messages.success(request, _("The version is added. Now add its materials."))
    return redirect("training:syllabi")


@require_POST
@permission_required("training.plan_session", raise_exception=True)
def add_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file or a link to a version; participants find it on their page."""
    syllabus = get_object_or_404(Syllabus, pk=pk)
    form = MaterialForm(request.POST, prefix=f"of{pk}")
    if not form.is_valid():
        return _syllabi_page(request, material_form=form, of=pk, status=400)
    actions.add_material(syllabus, by=request.user, **form.cleaned_data)
    messages.success(request, _("The material is added."))
    return redirect("training:syllabi")


def _syllabi_page(
    request: HttpRequest,
    *,
    form: SyllabusForm | None = None,
    material_form: MaterialForm | None = None,
    of: int = 0,
    status: int = 200,
) -> HttpResponse:
    rows = list(
        Syllabus.objects.annotate(taught=Count("sessions")).prefetch_related("materials")[:MOST]
    )
    for row in rows:
        row.form = material_form if row.pk == of else MaterialForm(prefix=f"of{row.pk}")  # type: ignore[attr-defined]  # for the template
    context = {
        "rows": rows,
        "form": form or SyllabusForm(),
        "failed": form or material_form,
        "of": of,
        "may_plan": request.user.has_perm("training.plan_session"),
    }
    return render(request, "training/syllabi.html", context, status=status)
