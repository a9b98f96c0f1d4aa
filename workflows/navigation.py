"""What every page shows around its content: the role's own menu, the demo ribbon, the office's
name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding import roles

if TYPE_CHECKING:
    from django.http import HttpRequest

QUEUE = ("workflows:queue", _("Queue"), "list")
VENDORS = ("workflows:vendors", _("Businesses"), "home")
REFERRALS = ("onboarding:referrals", _("Referrals"), "upload")
SESSIONS = ("training:sessions", _("Guidance"), "cal")
CAMPAIGNS = ("workflows:campaigns", _("Requests"), "send")
LETTERS = ("workflows:letters", _("Letters"), "doc")
MESSAGES = ("workflows:messages", _("Messages"), "chat")
TRAIL = ("workflows:trail", _("Trail"), "search")
TICKETS = ("workflows:tickets", _("Complaints"), "flag")
RULES = ("workflows:rules", _("Rules"), "table")
EVENNESS = ("workflows:evenness", _("Evenness"), "map")
OFFICES = ("onboarding:joining", _("Road of offices"), "flag")
OFFICE_SESSIONS = ("training:sessions_for_offices", _("Guidance"), "cal")
AUDITS = ("workflows:audits", _("Audits"), "shield")
ACCURACY = ("workflows:accuracy", _("Accuracy"), "check")
ALERTS = ("workflows:alerts", _("Alerts"), "alert")

MENUS: dict[str, tuple[tuple[str, Any, str], ...]] = {
    roles.OFFICER: (QUEUE, VENDORS, CAMPAIGNS, REFERRALS, SESSIONS, EVENNESS, LETTERS, MESSAGES),
    roles.APPROVER: (QUEUE, VENDORS, SESSIONS, EVENNESS, LETTERS),
    roles.AGENCY: (REFERRALS, OFFICE_SESSIONS, OFFICES),
    roles.COOPERATIVE: (REFERRALS, OFFICE_SESSIONS, OFFICES),
    roles.VENDOR: (("workflows:own_firms", _("My business"), "home"),),
    roles.TRAINER: (SESSIONS,),
    roles.AUDITOR: (
        AUDITS,
        TRAIL,
        VENDORS,
        CAMPAIGNS,
        REFERRALS,
        SESSIONS,
        EVENNESS,
        LETTERS,
        MESSAGES,
        ACCURACY,
        ALERTS,
    ),
    roles.MANAGER: (
        ("workflows:overview", _("Overview"), "chart"),
        EVENNESS,
        SESSIONS,
        TICKETS,
        RULES,
        AUDITS,
        ACCURACY,
        ALERTS,
    ),
    roles.ADMIN: (
        ("onboarding:people", _("People"), "people"),
        ("workflows:settings", _("Settings"), "shield"),
        ("workflows:health", _("Health"), "chart"),
        AUDITS,
        RULES,
        ACCURACY,
        ALERTS,
    ),
}


@dataclass(frozen=True)
class Entry:
    """One word of the menu."""

    url: str
    label: Any
    icon: str
    is_current: bool
    count: int | None = None


def home_of(role: str) -> str:
    """Return the URL name of the page on which this role's work begins."""
    return MENUS[role][0][0] if role in MENUS else "account_login"


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what ``base.html`` needs on every page, without a query."""
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    return {
        "demo": settings.DEMO,
        "sign_on": settings.SIGN_ON if settings.SIGN_ON.is_on else None,
        "office_name": settings.OFFICE_NAME,
        "source_url": settings.SOURCE_URL or reverse("source"),
        "version": settings.VERSION,
        "role_title": user.get_role_display() if is_known else "",  # type: ignore[union-attr]
        "may_search": is_known and user.may("workflows.search_everything"),  # type: ignore[union-attr]
        "may_see_tickets": is_known and user.may("workflows.view_tickets"),  # type: ignore[union-attr]
        "navigation": _menu(user, request.path) if is_known else [],
    }


def _menu(user: Any, path: str) -> list[Entry]:
    words = MENUS.get(user.role, ())
    if user.role == roles.AUDITOR and not user.running_audits:
        words = (AUDITS,)
    entries = [(reverse(name), label, icon) for name, label, icon in words]
    current = max((url for url, *_rest in entries if path.startswith(url)), key=len, default="")
    return [Entry(url, label, icon, url == current) for url, label, icon in entries]
