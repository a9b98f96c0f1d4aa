"""The rules of eligibility: read aloud, changed as a draft, looked at before they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import onboarding.actions
from onboarding.errors import Refused
from onboarding.models import ENDED, RuleFlip, RulePreview, RuleVersion
from onboarding.sentences import rule_title, say
from workflows.actions.rulework import BEFORE_INVITED
from workflows.forms.rules import PlanForm, RuleForm, SwitchOnForm
from workflows.rulewords import bands_of, line_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

VIEW, CHANGE = "onboarding.view_rules", "onboarding.change_rules"
SAMPLE, VERSIONS = 20, 30
State = RuleVersion.State
LOOKS = {
    State.DRAFT: ("info", "edit"),
    State.ON: ("ok", "check"),
    State.REPLACED: ("off", ""),
    State.DROPPED: ("off", "x"),
}


@require_GET
@permission_required(VIEW, raise_exception=True)
def rules(request: SignedIn) -> HttpResponse:
    """Show the rules that count today, the draft if there is one, and every version."""
    current = RuleVersion.objects.in_force(timezone.localdate())
    versions = list(
        RuleVersion.objects.select_related("made_by", "switched_on_by").defer("rules")[:VERSIONS]
    )
    context = {
        "current": current,
        "lines": [line_words(rule) for rule in current.as_rules],
        "draft": next((version for version in versions if version.state == State.DRAFT), None),
        "versions": [(version, *LOOKS[State(version.state)]) for version in versions],
        "may_change": request.user.may(CHANGE),
        "may_see_blacklist": request.user.may("onboarding.view_blacklist"),
    }
    return render(request, "workflows/rules.html", context)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def draft_rules(request: SignedIn) -> HttpResponse:
    """Begin a change, or go on with the one at hand."""
    draft = onboarding.actions.draft_rules(by=request.user)
    return redirect("workflows:rule_version", number=draft.number)


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
@reauthentication_required(allow_get=True)
def rule_version(request: SignedIn, number: int) -> HttpResponse:
    """Show one version; on a draft a form on the page names the act that it asks for."""
    version = get_object_or_404(
        RuleVersion.objects.select_related("made_by", "switched_on_by"), number=number
    )
    if request.method == "GET":
        return _page(request, version)
    if not request.user.may(CHANGE):
        raise PermissionDenied
    acts = {"plan": _plan, "preview": _preview, "drop": _drop, "switch_on": _switch_on}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return _page(request, version, status=422)
    try:
        return act(request, version)
    except Refused as refusal:
        form = SwitchOnForm(request.POST)
        form.add_error(None, refusal.sentence)
        return _page(request, version.__class__.objects.get(pk=version.pk), form=form, status=409)


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE, raise_exception=True)
def change_rule(request: SignedIn, number: int, line: int) -> HttpResponse:
    """Write one line of a draft; the button beside it makes a second line of the same rule."""
    version = get_object_or_404(RuleVersion, number=number, state=State.DRAFT)
    written = version.as_rules
    if line >= len(written):
        raise Http404
    if request.POST.get("act") == "repeat":
        new = onboarding.actions.repeat_rule(version, line, by=request.user)
        return redirect("workflows:change_rule", number=number, line=new)
    form = RuleForm(request.POST if request.method == "POST" else None, rule=written[line])
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            onboarding.actions.change_rule(version, line, changes=form.changes(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            messages.success(request, _("Saved in the draft. It counts once it is switched on."))
            return redirect("workflows:rule_version", number=number)
    elif request.method == "POST":
        status = 422
    context = {"form": form, "edition": version, "title": rule_title(written[line].code)}
    return render(request, "workflows/change_rule.html", context, status=status)


@require_GET
@permission_required(VIEW, raise_exception=True)
def preview_file(request: SignedIn, number: int) -> FileResponse:
    """Give the list of the firms that would flip; only to those who may see every firm."""
    if not request.user.sees_every_vendor():
        raise PermissionDenied
    version = get_object_or_404(RuleVersion, number=number)
    preview = version.previews.filter(state=RulePreview.State.DONE).first()
    if preview is None or not preview.stored_as:
        raise Http404
    return FileResponse(
        default_storage.open(preview.stored_as),
        as_attachment=True,
        filename=f"pratinjau-aturan-{number}.xlsx",
    )


def _plan(request: SignedIn, version: RuleVersion) -> HttpResponse:
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, version, plan_form=form, status=422)
    onboarding.actions.plan_rules(version, from_on=form.cleaned_data["from_on"], by=request.user)
    messages.success(request, _("Saved in the draft. It counts once it is switched on."))
    return redirect("workflows:rule_version", number=version.number)


def _preview(request: SignedIn, version: RuleVersion) -> HttpResponse:
    onboarding.actions.order_preview(version, by=request.user)
    messages.success(request, _("The preview is being worked out. Nobody is moved by it."))
    return redirect("workflows:rule_version", number=version.number)


def _drop(request: SignedIn, version: RuleVersion) -> HttpResponse:
    onboarding.actions.drop_draft(version, by=request.user)
    messages.success(request, _("The draft was dropped. It stays on record under its number."))
    return redirect("workflows:rules")


def _switch_on(request: SignedIn, version: RuleVersion) -> HttpResponse:
    form = SwitchOnForm(request.POST)
    if not form.is_valid():
        return _page(request, version, form=form, status=422)
    version = onboarding.actions.switch_on_rules(
        version, reason=form.cleaned_data["reason"], by=request.user
    )
    day = date_format(version.from_on or timezone.localdate())
    messages.success(request, _("Switched on. The rules count from %(day)s.") % {"day": day})
    return redirect("workflows:rule_version", number=version.number)


def _page(
    request: SignedIn,
    version: RuleVersion,
    *,
    form: SwitchOnForm | None = None,
    plan_form: PlanForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_draft = version.state == State.DRAFT
    may_change = is_draft and request.user.may(CHANGE)
    shown = version.previews.select_related("against", "ordered_by").first()
    is_good = is_draft and shown is not None and _is_good(version)
    is_own = version.made_by_id == request.user.pk
    context: dict[str, Any] = {
        "edition": version,
        "look": LOOKS[State(version.state)],
        "lines": [line_words(rule) for rule in version.as_rules],
        "may_change": may_change,
        "preview": shown,
        "is_good": is_good,
        "waits_for_another": may_change and is_good and is_own,
        "is_working": shown is not None and shown.state == RulePreview.State.RUNNING,
        "form": form or (SwitchOnForm() if may_change and is_good and not is_own else None),
        "plan_form": plan_form or PlanForm(initial={"from_on": version.from_on}),
        "failed": form or plan_form,
    }
    if shown is not None and shown.state == RulePreview.State.DONE:
        context |= bands_of(shown.counts) | _flips(request, shown)
    return render(request, "workflows/rule_version.html", context, status=status)


def _is_good(version: RuleVersion) -> bool:
    return onboarding.actions.preview_of(version, today=timezone.localdate()) is not None


def _flips(request: SignedIn, preview: RulePreview) -> dict[str, Any]:
    """A sample of the firms, and those on the road already, whom no rule moves."""
    if not request.user.sees_every_vendor():
        return {"sees_firms": False}
    flips = RuleFlip.objects.visible_to(request.user).filter(preview=preview)
    flips = flips.select_related("vendor__region")
    settled = (*BEFORE_INVITED, *ENDED)
    on_the_road = flips.filter(becomes_eligible=False).exclude(vendor__status__in=settled)
    return {
        "sees_firms": True,
        "sample": [_flip_words(flip) for flip in flips[:SAMPLE]],
        "on_the_road": [_flip_words(flip) for flip in on_the_road[:SAMPLE]],
        "may_open_firm": request.user.may("workflows.view_vendors"),
    }


def _flip_words(flip: RuleFlip) -> tuple[RuleFlip, str]:
    return flip, "; ".join(say(code) for code in flip.codes.split(",") if code)
