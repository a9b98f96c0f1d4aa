"""The heads of the trail by day, and whether the last walk along it found everything sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workflows import actions
from workflows.errors import Refused
from workflows.models import Message, TrailCheck, TrailHead
from workflows.paging import newest_first
from workflows.tasks import do_job

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

RESEND = "workflows.resend_head"
SHOWN = 30


@require_safe
@permission_required("workflows.view_heads", raise_exception=True)
def trail_heads(request: SignedIn) -> HttpResponse:
    """Show each day's head with what became of its message, and the last walks."""
    heads = TrailHead.objects.visible_to(request.user)
    page = newest_first(heads, request.GET.get("before", ""), size=SHOWN)
    sent = _sent(page.rows)
    context = {
        "heads": [(head, sent.get(head.day.isoformat())) for head in page.rows],
        "next_url": page.next_url,
        "trail_check": TrailCheck.objects.last_ended(),
        "checks": TrailCheck.objects.visible_to(request.user)[:7],
        "address": settings.INSPECTORATE_EMAIL,
        "may_act": request.user.may(RESEND),
    }
    return render(request, "workflows/trail_heads.html", context)


@require_POST
@permission_required(RESEND, raise_exception=True)
def resend_head(request: SignedIn, pk: int) -> HttpResponse:
    """Send one day's head to the inspectorate once more."""
    head = get_object_or_404(TrailHead.objects.visible_to(request.user), pk=pk)
    said = _("The head is in the outbox and leaves within a minute.")
    return _done(request, lambda: actions.resend_head(head, by=request.user), said)


@require_POST
@permission_required(RESEND, raise_exception=True)
def order_check(request: SignedIn) -> HttpResponse:
    """Have the whole trail verified now."""
    said = _("The trail is being verified. Open this page again in a few minutes.")
    return _done(request, lambda: actions.order_check(send=do_job.delay, by=request.user), said)


def _sent(heads: list[TrailHead]) -> dict[str, Message]:
    """The last message that carried each head, by its day."""
    if not heads:
        return {}
    since = min(head.taken_at for head in heads)
    sent = Message.objects.filter(kind="trail_head", created_at__gte=since).order_by("pk")
    return {message.key.split(":")[1]: message for message in sent}


def _done(request: SignedIn, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect("workflows:trail_heads")
