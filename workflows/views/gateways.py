"""Where gateways report what became of messages: public addresses that only a signature opens."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import (
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseNotFound,
    RawPostDataException,
)
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from onboarding.models import User
from workflows import actions
from workflows.senders.whatsapp_cloud import is_signed, read_reports

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def whatsapp_reports(request: HttpRequest) -> HttpResponse:
    """Answer WhatsApp's question whether we listen, and take its signed reports of delivery."""
    gateway = settings.GATEWAYS.whatsapp
    if not gateway.is_on:
        return HttpResponseNotFound()
    if request.method == "GET":
        return _challenge(request, gateway.verify_token)
    try:
        told = request.body
    except RawPostDataException:  # a form, not what the gateway sends
        return HttpResponseForbidden()
    if not is_signed(told, request.headers.get("X-Hub-Signature-256", ""), gateway.app_secret):
        return HttpResponseForbidden()
    actions.note_reports(read_reports(told), by=User.objects.system())
    return HttpResponse("ok", content_type="text/plain")


def _challenge(request: HttpRequest, token: str) -> HttpResponse:
    given = request.GET.get("hub.verify_token", "")
    if not token or not compare_digest(given.encode(), token.encode()):
        return HttpResponseForbidden()
    return HttpResponse(request.GET.get("hub.challenge", "")[:200], content_type="text/plain")
