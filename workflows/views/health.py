"""How the house is: a page for the keeper, numbers for their monitors."""

from __future__ import annotations

import hmac
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.cache import add_never_cache_headers
from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_safe

from workflows import watching

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onboarding.signed_in import SignedIn
    from workflows.watching import Measure

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@require_safe
@permission_required("workflows.view_health", raise_exception=True)
def health(request: SignedIn) -> HttpResponse:
    """Show each measure with its bound; what is wrong first."""
    found = sorted(watching.measures(), key=lambda one: not one.is_wrong)
    rows = [
        {"title": one.title, "value": _words(one), "bound": _bound(one), "is_wrong": one.is_wrong}
        for one in found
    ]
    wrong = sum(one.is_wrong for one in found)
    return render(request, "workflows/health.html", {"rows": rows, "wrong": wrong})


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus: from this machine itself, or with the token of the settings."""
    if not _may_ask(request):
        raise Http404
    response = HttpResponse(watching.as_metrics(), content_type="text/plain; version=0.0.4")
    add_never_cache_headers(response)
    return response


def _may_ask(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(said.encode(), token.encode()):
        return True
    # A proxy on this machine speaks for people elsewhere, and says so.
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _words(one: Measure) -> str:
    if one.value is None:
        return _("none is connected") if one.unit == watching.YES else _("unknown")
    return _in_units(one.value, one.unit)


def _bound(one: Measure) -> str:
    if one.unit == watching.YES:
        return _("yes")
    if one.most is not None:
        return _("at most %(value)s") % {"value": _in_units(one.most, one.unit)}
    if one.least is not None:
        return _("at least %(value)s") % {"value": _in_units(one.least, one.unit)}
    return ""


def _in_units(value: float, unit: str) -> str:
    as_words: dict[str, Any] = {
        watching.BYTES: filesizeformat, watching.SECONDS: _ago, watching.YES: _yes_or_no,
    }  # fmt: skip
    return str(as_words.get(unit, lambda number: number_format(int(number)))(value))


def _yes_or_no(value: float) -> str:
    return _("yes") if value else _("no")


def _ago(seconds: float) -> str:
    if seconds < 2 * watching.MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", int(seconds)) % {"n": int(seconds)}
    if seconds < 2 * watching.HOUR:
        minutes = int(seconds // watching.MINUTE)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * watching.DAY:
        hours = int(seconds // watching.HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = int(seconds // watching.DAY)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
