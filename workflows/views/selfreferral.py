"""The public page on which a business names itself, while the Bureau's setting allows it.

Whoever is known already is answered in the very same words: a stranger learns nothing of others.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import onboarding.actions
from onboarding.errors import Refused
from onboarding.models import User
from workflows import office
from workflows.forms.selfreferral import CONSENT, SelfReferralForm
from workflows.models import Setting
from workflows.views.access import open_to_all

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NUMBER = "self_referral_number"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def refer_oneself(request: HttpRequest) -> HttpResponse:
    """Take in a business that nobody named yet; doubts are shown once before it is sent."""
    if not Setting.value_of("self_referral"):
        return _page(request, None)
    key = request.POST.get("key", "")[:36] or str(uuid.uuid4())
    if request.method != "POST":
        return _page(request, SelfReferralForm(), key)
    return _take_in(request, SelfReferralForm(request.POST), key)


def _take_in(request: HttpRequest, form: SelfReferralForm, key: str) -> HttpResponse:
    if not form.is_valid() or form.is_to_be_looked_at():
        return _page(request, form, key, status=422 if form.errors else 200)
    if form.is_of_a_machine():
        return redirect("workflows:referred_oneself")
    if not ratelimit.consume(request, action="self_referral"):
        form.add_error(None, _("Too many businesses were sent from here. Try again in an hour."))
        return _page(request, form, key, status=429)
    try:
        referral = onboarding.actions.refer_oneself(
            values=form.cleaned_data["values"],
            consent=CONSENT,
            programme=form.cleaned_data["programme"],
            form_key=key,
            by=User.objects.system(),
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, form, key, status=409)
    request.session[NUMBER] = f"U-{referral.created_at:%Y}-{referral.pk:06d}"
    return redirect("workflows:referred_oneself")


@require_safe
@open_to_all
def referred(request: HttpRequest) -> HttpResponse:
    """Say what happens next; the number is shown to the browser that sent the form only."""
    context = {"number": request.session.get(NUMBER, ""), "office": office.contact()}
    return render(request, "workflows/referred_oneself.html", context)


def _page(
    request: HttpRequest, form: SelfReferralForm | None, key: str = "", *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "key": key, "office": office.contact()}
    return render(request, "workflows/refer_oneself.html", context, status=status)
