"""One box for everything. What was typed is posted and kept in the session under a key that says
nothing, so no number stands in an address or a log, and reload and back ask nothing again. Of
words with a number of a person only the firms are kept to which they led."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from config.gate.keys import read_key
from workflows import actions
from workflows.finding import KINDS, exact_hits, find_everything, firms_found, personal_kinds
from workflows.forms.searching import FindForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

KEPT: Final = "searches"
MOST_KEPT: Final = 8
#: Digits as people group them, also beside other words.
GROUPED: Final = re.compile(r"\+?\d[\d .\-/()’']*")


@require_http_methods(["GET", "POST"])
@permission_required("workflows.search_everything", raise_exception=True)
def search(request: SignedIn) -> HttpResponse:
    """Take what was typed (POST) and lead to what was found (GET); one thing is opened at once."""
    if request.method == "POST":
        return _look(request)
    kept = dict(request.session.get(KEPT, []))
    wanted = kept.get(request.GET.get("s", ""), "")
    form = FindForm(initial={"wanted": wanted} if isinstance(wanted, str) else {})
    return _page(request, form, wanted)


def _look(request: SignedIn) -> HttpResponse:
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, form, "", status=422)
    wanted = form.cleaned_data["wanted"]
    hits = exact_hits(request.user, wanted)
    personal = personal_kinds(wanted)
    if personal:
        actions.note_search(kinds=personal, found=len(hits), by=request.user)
    if len(hits) == 1 and hits[0].url:
        return redirect(hits[0].url)
    key = secrets.token_urlsafe(6)
    parts = (wanted, *wanted.split(), *GROUPED.findall(wanted))
    names_a_person = any(personal_kinds(part) for part in parts)
    kept = firms_found(request.user, wanted) if names_a_person else wanted
    request.session[KEPT] = [*request.session.get(KEPT, []), [key, kept]][-MOST_KEPT:]
    return redirect(f"{reverse('workflows:search')}?{urlencode({'s': key})}")


def _page(
    request: SignedIn, form: FindForm, wanted: str | list[int], *, status: int = 200
) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    page = read_key(request.GET.get("page", ""), longest=3) or 1
    context: dict[str, Any] = {
        "form": form,
        "was_asked": wanted != "",
        "key": request.GET.get("s", ""),
        "kind": kind,
        "page": page,
        "next_page": page + 1,
        "groups": find_everything(request.user, wanted, kind=kind, page=page) if wanted else [],
        "has_expired": bool(request.GET.get("s")) and wanted == "",
    }
    response = render(request, "workflows/search.html", context, status=status)
    add_never_cache_headers(response)
    return response
