"""The national blacklist: brought in as a file, and the firms that it means or may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect as go_to, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import onboarding.actions
from config.gate.refusals import form_code
from onboarding.actions.blacklist import seen_on_list
from onboarding.errors import Refused
from onboarding.models import BlacklistEntry, BlacklistImport, Vendor
from onboarding.sentences import say
from workflows.forms.rules import AskRegisterForm, BlacklistForm, JudgeNameForm
from workflows.paging import newest_first
from workflows.views.vendorpage import vendor_page, visible_vendor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

IMPORT, JUDGE = "onboarding.import_blacklist", "onboarding.judge_blacklist"


def _is_sensitive(request: SignedIn) -> bool:
    """Whoever will choose a file is asked before, because a file is not kept meanwhile."""
    return request.method != "GET" or "bring" in request.GET


@require_http_methods(["GET", "POST"])
@permission_required("onboarding.view_blacklist", raise_exception=True)
@reauthentication_required(enabled=_is_sensitive)
def blacklist(request: SignedIn) -> HttpResponse:
    """Show the sanctions with our firms beside them; a form names the act that it asks for."""
    if request.method == "GET":
        return _page(request)
    acts = {"import": (IMPORT, _import), "judge": (JUDGE, _judge)}
    right, act = acts.get(request.POST.get("act", ""), (IMPORT, _import))
    if not request.user.may(right):
        raise PermissionDenied
    return act(request)


@require_POST
@permission_required("onboarding.ask_registers", raise_exception=True)
def ask_register(request: SignedIn, pk: int) -> HttpResponse:
    """Ask a register about a firm; whatever comes back stands on the firm's page as evidence."""
    firm = visible_vendor(request, pk)
    form = AskRegisterForm(request.POST, prefix="register")
    if not form.is_valid():
        return vendor_page(request, firm, status=422, bound={"register": form})
    try:
        answer = onboarding.actions.ask_register(
            firm,
            form.cleaned_data["register"],
            number=form.cleaned_data["number"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return vendor_page(request, firm, status=409, bound={"register": form})
    said = f"{answer.get_register_display()}: {answer.get_outcome_display()}"
    messages.success(request, said)
    return go_to(reverse("workflows:vendor", args=[pk]) + "?part=work#registers")


def _import(request: SignedIn) -> HttpResponse:
    form = BlacklistForm(request.POST, request.FILES)
    if not form.is_valid():
        onboarding.actions.note_refusal(door="blacklist", code=form_code(form), by=request.user)
        return _page(request, form=form, status=422)
    try:
        brought = onboarding.actions.import_blacklist(
            file=form.cleaned_data["file"], today=timezone.localdate(), by=request.user
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, form=form, status=409)
    messages.success(
        request,
        _("Brought in: %(created)s new, %(changed)s changed, %(refused)s rows handed back.")
        % {
            "created": brought.created,
            "changed": brought.changed,
            "refused": len(brought.refused),
        },
    )
    return go_to("workflows:blacklist")


def _judge(request: SignedIn) -> HttpResponse:
    form = JudgeNameForm(request.POST)
    if not form.is_valid():
        return _page(request, judge_form=form, status=422)
    answer = form.cleaned_data
    firm = get_object_or_404(Vendor.objects.visible_to(request.user), pk=answer["vendor"])
    entry = get_object_or_404(BlacklistEntry, pk=answer["entry"])
    onboarding.actions.judge_name(
        entry, firm, is_same=answer["is_same"] == "1", note=answer["note"], by=request.user
    )
    messages.success(request, _("Recorded. The rules have judged the business again."))
    return go_to("workflows:blacklist")


def _page(
    request: SignedIn,
    *,
    form: BlacklistForm | None = None,
    judge_form: JudgeNameForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    firms = Vendor.objects.visible_to(request.user).standing()
    shows_all = request.GET.get("part") == "all"
    entries = BlacklistEntry.objects.all() if shows_all else _of_ours(firms)
    keep = {"part": "all" if shows_all else ""}
    page = newest_first(entries, request.GET.get("before", ""), keep=keep)
    meant = seen_on_list(page.rows, firms)
    may_judge = request.user.may(JUDGE)
    last = BlacklistImport.objects.select_related("received_by").first()
    context: dict[str, Any] = {
        "rows": [
            {
                "entry": entry,
                "counts": entry.counts_on(today),
                "firms": [
                    {"firm": firm, "how": how, "word": word}
                    | _standing(how, word)
                    | {"form": _form(entry, firm, judge_form) if may_judge and not word else None}
                    for firm, how, word in meant.get(entry.pk, ())
                ],
            }
            for entry in page.rows
        ],
        "next_url": page.next_url,
        "tabs": [
            {"url": "?", "label": _("Our businesses"), "is_current": not shows_all},
            {"url": "?part=all", "label": _("All sanctions"), "is_current": shows_all},
        ],
        "last": last,
        "handed_back": [
            (row["row"], say(row["code"])) for row in (last.refused if last else [])[:20]
        ],
        "form": (form or BlacklistForm()) if request.user.may(IMPORT) else None,
        "asks_first": form is None and is_reauthentication_required(request, app=""),
        "failed": form or judge_form,
    }
    return render(request, "workflows/blacklist.html", context, status=status)


def _of_ours(firms: Any) -> Any:
    """The sanctions that mean one of our firms, or carry the name of one."""
    same_number = firms.filter(npwp=OuterRef("npwp")).exclude(npwp="")
    same_name = firms.filter(folded_name=OuterRef("folded_name"))
    return BlacklistEntry.objects.filter(Exists(same_number) | Exists(same_name))


def _standing(how: str, word: Any) -> dict[str, bool]:
    """Sure by its number or by a person's word; open where only the name is the same."""
    return {
        "is_sure": word.is_same if word else how == "npwp",
        "is_open": word is None and how == "name",
    }


def _form(entry: BlacklistEntry, firm: Vendor, bound: JudgeNameForm | None) -> JudgeNameForm:
    key = (str(entry.pk), str(firm.pk))
    if bound is not None and key == (bound.data.get("entry"), bound.data.get("vendor")):
        return bound
    return JudgeNameForm(
        initial={"entry": entry.pk, "vendor": firm.pk}, auto_id=f"id_{entry.pk}_{firm.pk}_%s"
    )
