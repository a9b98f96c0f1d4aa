"""What the keeper may change without a programmer: numbers of the programme and closed days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Max
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import actions
from workflows.errors import Refused
from workflows.forms.settings import HolidayForm, HolidayToRemoveForm, SettingForm
from workflows.models import AuditEvent, Holiday, Setting, TrailCheck
from workflows.models.programme import DEFAULT_SETTINGS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn


@dataclass(frozen=True)
class Line:
    """One number: what it means, what it is, what it was meant to be, who changed it last."""

    key: str
    meaning: str
    value: int
    default: int
    changed: AuditEvent | None


@permission_required("workflows.change_settings", raise_exception=True)
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def change_settings(request: SignedIn) -> HttpResponse:
    """Show the settings; a form on the page names the act that it asks for."""
    if request.method == "POST":
        acts = {"setting": _setting, "add_holiday": _add, "remove_holiday": _remove}
        act = acts.get(request.POST.get("act", ""))
        if act is not None:
            return act(request)
    key = request.GET.get("key", "")
    form = None
    if key in DEFAULT_SETTINGS:
        form = SettingForm(key=key, initial={"value": Setting.value_of(key)})
    return _page(request, form=form)


def _setting(request: SignedIn) -> HttpResponse:
    key = request.POST.get("key", "")
    if key not in DEFAULT_SETTINGS:
        return redirect("workflows:settings")
    form = SettingForm(request.POST, key=key)
    if not form.is_valid():
        return _page(request, form=form)
    answer = form.cleaned_data
    try:
        actions.change_setting(
            key=key, value=answer["value"], reason=answer["reason"], by=request.user
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, form=form, status=409)
    messages.success(request, _("Saved. It counts for everything that begins from now on."))
    return redirect("workflows:settings")


def _add(request: SignedIn) -> HttpResponse:
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _page(request, holiday_form=form)
    try:
        actions.add_holiday(**form.cleaned_data, by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, holiday_form=form, status=409)
    messages.success(request, _("The day was added."))
    return redirect("workflows:settings")


def _remove(request: SignedIn) -> HttpResponse:
    form = HolidayToRemoveForm(request.POST)
    if form.is_valid():
        actions.remove_holiday(day=form.cleaned_data["day"], by=request.user)
        messages.success(request, _("The day was removed."))
    return redirect("workflows:settings")


def _page(
    request: SignedIn,
    *,
    form: SettingForm | None = None,
    holiday_form: HolidayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    year = timezone.localdate().year
    context: dict[str, Any] = {
        "lines": _lines(),
        "trail_check": TrailCheck.objects.last_ended(),
        "form": form,
        "holiday_form": holiday_form or HolidayForm(),
        "holidays": Holiday.objects.filter(day__year__in=(year, year + 1)),
        "years": f"{year}–{year + 1}",
    }
    return render(request, "workflows/settings.html", context, status=status)


def _lines() -> list[Line]:
    values = dict(Setting.objects.values_list("key", "value"))
    newest = (
        AuditEvent.objects.filter(act="change_setting")
        .order_by()
        .values("detail__key")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    changed = {
        event.detail["key"]: event
        for event in AuditEvent.objects.filter(pk__in=newest).select_related("by")
    }
    return [
        Line(key, _(meaning), values.get(key, default), default, changed.get(key))
        for key, (default, meaning) in DEFAULT_SETTINGS.items()
    ]
