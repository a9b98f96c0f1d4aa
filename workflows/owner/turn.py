"""The one thing that the owner must do now: a headline, why, the points, and at most two buttons.

One small function per status that has something of the firm's own to say; the others say the words
of the status. Each costs at most one query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _, ngettext

from onboarding.models import Status, Vendor
from onboarding.sentences import reasons_in_words
from training.models import SEATED, Seat, Session
from workflows.models import Case, CorrectionItem, Listing, Round, Setting, Stage
from workflows.owner.papers import OwnPapers
from workflows.owner.road import Road, day
from workflows.owner.words import words_of
from workflows.points import with_spots

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from workflows.models import AuditEvent


@dataclass(frozen=True)
class Act:
    """A button: where it leads and what it says."""

    url: str
    label: str
    icon: str = "right"


@dataclass(frozen=True)
class Point:
    """One numbered point of a list: a reason with its path, or a thing to correct."""

    title: str
    lines: tuple[str, ...] = ()
    act: Act | None = None
    is_done: bool = False
    item: CorrectionItem | None = None


@dataclass(frozen=True)
class Turn:
    """What the owner's page says first; ``facts`` are (label, value), ``points`` are numbered."""

    kind: str
    icon: str
    title: str
    text: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    points: tuple[Point, ...] = ()
    act: Act | None = None
    second: Act | None = None
    ask_office: bool = False


Teller = Callable[[Vendor, OwnPapers, Road, Turn], Turn]


def turn_of(vendor: Vendor, papers: OwnPapers, road: Road) -> Turn:
    """Return what the owner of this firm must do now, whatever its status."""
    words = words_of(vendor.status)
    plain = Turn(words.kind, words.icon, str(words.title), (str(words.text),))
    return TELLERS.get(vendor.status, _as_it_stands)(vendor, papers, road, plain)


def open_points(vendor: Vendor) -> tuple[tuple[CorrectionItem, ...], CorrectionItem | None]:
    """Return the points of the list that was sent last, and one of them for its date (or None)."""
    items = (
        CorrectionItem.objects.filter(request__case__vendor=vendor, request__sent_at__isnull=False)
        .select_related("request", "document_type", "reason_code")
        .order_by("-request", "number")[:100]
    )
    newest = next(iter(items), None)
    if newest is None:
        return (), None
    return tuple(item for item in items if item.request_id == newest.request_id), newest


def _as_it_stands(_vendor: Vendor, _papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    return plain


def _ineligible(vendor: Vendor, _papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    screening = vendor.screenings.first()
    reasons = reasons_in_words(screening, vendor.region)
    points = tuple(Point(reason["title"], tuple(_path(reason["steps"]))) for reason in reasons)
    return replace(plain, points=points, ask_office=True)


def _path(steps: list[dict[str, str]]) -> list[str]:
    lines = []
    for step in steps:
        lines.append(step["what"])
        if step["issued_by"]:
            lines.append(_("Issued by: %(who)s") % {"who": step["issued_by"]})
        if step["helped_by"]:
            lines.append(_("Help: %(who)s") % {"who": step["helped_by"]})
        where = f" · {step['link']}" if step["link"] else ""
        lines.append(_("Cost: %(cost)s") % {"cost": step["cost"]} + where)
    return lines


def _eligible(vendor: Vendor, papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    text = list(plain.text)
    if vendor.no_shows:
        text.append(
            ngettext(
                "You missed %(count)d session; you will be invited again.",
                "You missed %(count)d sessions; you will be invited again.",
                vendor.no_shows,
            )
            % {"count": vendor.no_shows}
        )
    seat = _coming(vendor).exclude(state__in=SEATED).order_by("-answered_at").first()
    answer = None
    if seat is not None:
        answer = replace(_answer(vendor), label=_("Change my answer"))
        text.append(_said(seat))
    text.append(_early(papers))
    return replace(plain, text=tuple(text), act=next_paper(papers), second=answer)


def _coming(vendor: Vendor) -> QuerySet[Seat]:
    """Seats of sessions to come that the owner may still say something about."""
    planned = vendor.seats.filter(
        session__state=Session.State.PLANNED, session__starts_at__gt=now()
    )
    return planned.exclude(state=Seat.State.RELEASED).select_related("session")


def _answer(vendor: Vendor) -> Act:
    return Act(reverse("workflows:answer_own_invitation", args=[vendor.pk]), "", "cal")


def _said(seat: Seat) -> str:
    when = _span(seat.session.starts_at, seat.session.ends_at)
    if seat.state == Seat.State.WAITING:
        return _("You are on the waiting list of the session on %(when)s.") % {"when": when}
    return _("You gave back the seat of the session on %(when)s.") % {"when": when}


def _early(papers: OwnPapers) -> str:
    if papers.missing:
        return _("You can send your papers already, so that it goes faster afterwards.")
    return _("All your papers are already in. Well done.")


def _invited(vendor: Vendor, papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    seat = (
        vendor.seats.filter(state__in=SEATED, session__state=Session.State.PLANNED)
        .select_related("session")
        .first()
    )
    if seat is None:
        return replace(plain, ask_office=True)
    session = seat.session
    place = ", ".join(filter(None, (session.place, session.address)))
    facts = (
        (_("When"), _span(session.starts_at, session.ends_at)),
        (_("Where"), place),
        (_("What"), session.title),
    )
    answer = _answer(vendor)
    if session.starts_at <= now():  # no answer is taken any more
        text = (*plain.text, _early(papers))
        return replace(plain, text=text, facts=facts, act=next_paper(papers), ask_office=True)
    if seat.state == Seat.State.CONFIRMED:
        said = (_("You said that you will come."), _early(papers))
        second = replace(answer, label=_("Change my answer"))
        return replace(plain, text=said, facts=facts, act=next_paper(papers), second=second)
    text = (
        *plain.text,
        _("If you cannot come, say so before it begins; then it does not count as missed."),
        _early(papers),
    )
    return replace(
        plain,
        text=text,
        facts=facts,
        act=replace(answer, label=_("Answer the invitation")),
        second=next_paper(papers),
        ask_office=True,
    )


def _span(starts_at: datetime, ends_at: datetime) -> str:
    start, end = localtime(starts_at), localtime(ends_at)
    hours = f"{date_format(start, 'TIME_FORMAT')}–{date_format(end, 'TIME_FORMAT')} WIB"
    if start.date() == end.date():
        return f"{day(starts_at)}, {hours}"
    return f"{day(starts_at)} – {day(ends_at)}, {hours}"


def _guided(vendor: Vendor, papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    missing = len(papers.missing)
    if missing:
        title = ngettext(
            "%(count)d paper is still needed", "%(count)d papers are still needed", missing
        ) % {"count": missing}
        until = vendor.status_at + timedelta(days=Setting.value_of("submit_days"))
        text = (_("Send them until %(day)s.") % {"day": day(until)},)
        return replace(plain, title=title, text=text, act=next_paper(papers))
    return replace(
        plain,
        kind="info",
        icon="clock",
        title=_("All your papers are in"),
        text=(_("They are being read now. After that an officer checks them."),),
    )


def next_paper(papers: OwnPapers) -> Act | None:
    """The button that leads to the first required paper that is still to come, or None."""
    if not papers.missing or not papers.may_hand_in:
        return None
    row = papers.missing[0]
    again = row.paper is not None
    label = _("Send again: %(paper)s") if again else _("Send: %(paper)s")
    return Act(row.url, label % {"paper": row.document_type}, "camera")


def _waiting(vendor: Vendor, _papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    case = Case.objects.is_open().filter(vendor=vendor).first()
    if case is not None and case.held_since:
        waits = _("The check waits for an answer from elsewhere. You need not do anything now.")
        return replace(plain, text=(waits,))
    if case is None or case.due_at is None:
        return plain
    if case.appealed_at and case.stage in (Stage.VERIFY, Stage.DECIDE):
        plain = replace(
            plain, text=(_("Another officer and another approver look at your objection."),)
        )
    if case.due_at < now():
        late = _("This takes longer than planned. You may ask the office how it stands.")
        return replace(plain, text=(*plain.text, late), ask_office=True)
    until = _("At the latest: %(day)s.") % {"day": day(case.due_at)}
    return replace(plain, text=(*plain.text, until))


def returned(vendor: Vendor, papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    """The points that were sent last, each with its button, and the one that sends them off."""
    items, newest = open_points(vendor)
    with_spots(items)
    urls = {row.document_type.pk: row.url for row in papers.required + papers.others}
    points = tuple(_correction(item, urls) for item in items)
    waiting = sum(1 for item in items if item.document_type_id and item.resolved_at is None)
    text = list(plain.text)
    if newest and newest.request.due_on:
        text.insert(0, _("Until %(day)s.") % {"day": day(newest.request.due_on)})
    send = None
    if not waiting:
        text.append(_("Everything that was asked for is here. Now send it off."))
        send = Act(
            reverse("workflows:resubmit_case", args=[vendor.pk]), _("Send the corrections"), "send"
        )
    title = ngettext("%(count)d point to correct", "%(count)d points to correct", len(items)) % {
        "count": len(items)
    }
    return replace(plain, title=title, text=tuple(text), points=points, act=send, ask_office=True)


def _correction(item: CorrectionItem, urls: dict[str, str]) -> Point:
    is_done = item.resolved_at is not None
    if item.document_type is None:
        return Point(str(item.reason_code), is_done=is_done, item=item)
    url = urls.get(item.document_type.pk, "")
    act = Act(url, _("Take a new photo"), "camera") if url and not is_done else None
    return Point(str(item.document_type), (str(item.reason_code),), act, is_done, item)


def _registered(vendor: Vendor, _papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    return replace(plain, facts=_listings(vendor), ask_office=True)


def _active(vendor: Vendor, _papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    return replace(plain, facts=_listings(vendor))


def _listings(vendor: Vendor) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(listing.platform), "\n".join(_listing_lines(listing)))
        for listing in vendor.listings.select_related("platform")
    )


def _listing_lines(listing: Listing) -> list[str]:
    lines = [_("Account: %(name)s") % {"name": listing.account}]
    if listing.state == Listing.State.ON_SALE and listing.on_sale_on:
        lines.append(_("On sale since %(day)s") % {"day": day(listing.on_sale_on, long=False)})
    if listing.state == Listing.State.OFF_SALE:
        lines.append(_("Taken off sale: %(reason)s") % {"reason": listing.operator_reason})
    return lines


def _rejected(vendor: Vendor, _papers: OwnPapers, _road: Road, plain: Turn) -> Turn:
    verdict = (
        Round.objects.filter(case__vendor=vendor, decision=Round.Decision.REJECTED)
        .select_related("case", "reason_code")
        .order_by("-decided_at")
        .first()
    )
    if verdict is None:
        return replace(plain, ask_office=True)
    said = "\n".join(filter(None, (str(verdict.reason_code or ""), verdict.reason)))
    facts = ((_("Reason"), said),)
    case = verdict.case
    may_appeal = (
        case.stage == Stage.APPEAL
        and case.appealed_at is None
        and case.due_at is not None
        and case.due_at > now()
    )
    if not may_appeal:
        text = (_("The time for another look has passed, or there was one already."),)
        return replace(plain, text=text, facts=facts, ask_office=True)
    until = _("Until %(day)s.") % {"day": day(case.due_at)} if case.due_at else ""
    act = Act(
        reverse("workflows:appeal_case", args=[vendor.pk]), _("Ask for another look"), "again"
    )
    return replace(plain, text=(*plain.text, until), facts=facts, act=act, ask_office=True)


def _stopped(_vendor: Vendor, _papers: OwnPapers, road: Road, plain: Turn) -> Turn:
    reason = road.last.reason if road.last else ""
    facts = ((_("Reason"), reason),) if reason else ()
    return replace(plain, facts=facts, ask_office=True)


def _lapsed(_vendor: Vendor, _papers: OwnPapers, road: Road, plain: Turn) -> Turn:
    return replace(plain, text=(_why_lapsed(road.last), *plain.text), ask_office=True)


def _why_lapsed(last: AuditEvent | None) -> str:
    if last is not None and "missed sessions" in last.reason:
        return _("Technical guidance was missed too often.")
    if last is not None and last.from_status == Status.RETURNED:
        return _("The corrections did not arrive in time.")
    if last is not None and last.from_status == Status.GUIDED:
        return _("The papers did not arrive in time.")
    return _("For a long time nothing happened with this referral.")


TELLERS: Final[dict[str, Teller]] = {
    Status.INELIGIBLE: _ineligible,
    Status.ELIGIBLE: _eligible,
    Status.INVITED: _invited,
    Status.GUIDED: _guided,
    Status.SUBMITTED: _waiting,
    Status.RETURNED: returned,
    Status.VERIFIED: _waiting,
    Status.APPROVED: _waiting,
    Status.REGISTERED: _registered,
    Status.ACTIVE: _active,
    Status.REJECTED: _rejected,
    Status.SUSPENDED: _stopped,
    Status.WITHDRAWN: _stopped,
    Status.LAPSED: _lapsed,
}
