"""What of a firm and its owner is erased, column by column, and how: one table to read aloud.

Figures, dates, states, codes and hashes stay, so that counts stay right and the chain of the trail
holds; of an event only the words of its reason go, with their salt. The original of a list that
names the firm goes too (``workflows.originals``). What stays on purpose: who looked (``Look``),
what was agreed to (``Consent``), the answers of a quiz without a name, single words of names by
which a mistyped search is mended and that lead to no firm (``FirmWord``), and letters that name
many at once (kept under the law on archives).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from documents.models import DraftPage, PageImage, PaperFile
from onboarding import roles
from onboarding.identifiers import fold_name
from onboarding.models import (
    Membership,
    Referral,
    RuleFlip,
    RulePreview,
    SheetRow,
    User,
    Vendor,
)
from training.models import Certificate, CertificateBatch, Seat
from workflows import originals
from workflows.models import (
    AccessLink,
    AuditEvent,
    AuditPack,
    DeadContact,
    Letter,
    LetterRun,
    Message,
    Ticket,
    TicketEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    #: Rows, and what their columns become.
    Bound = list[tuple[QuerySet[Any], dict[str, Any]]]

#: Stands where a name stood. Owners and officers read Indonesian, so the data does too.
GONE: Final = "Data dihapus"

NO_FILE: Final = {"stored_as": ""}
MESSAGE: Final = dict.fromkeys(("to", "subject", "body", "sent_body", "reference"), "")

#: Model, the way from it to the firm, and what its columns become.
TABLE: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("onboarding.BlacklistVerdict", "vendor", {"note": ""}),
    ("onboarding.FirmPair", "first", {"note": "", "reasons": []}),
    ("onboarding.FirmPair", "second", {"note": "", "reasons": []}),
    ("onboarding.Referral", "vendor", {"received": {}, "reason": ""}),
    ("onboarding.RegisterAnswer", "vendor", {"number": "", "asked": "", "details": []}),
    ("onboarding.Screening", "vendor", {"facts": {}, "reasons": [], "notes": []}),
    ("documents.Paper", "vendor", {"declared": {}, "reviewed": {}, "upload_key": ""}),
    ("documents.Sighting", "paper__vendor", {"place": "", "note": ""}),
    (
        "documents.Reading",
        "paper__vendor",
        {
            **{key: [] for key in ("warnings", "checks", "text", "evidence")},
            **{key: {} for key in ("fields", "confidence", "further")},
            **dict.fromkeys(("source_hash", "identity"), ""),
        },
    ),
    (
        "documents.ReadValue",
        "reading__paper__vendor",
        {"declared": "", "value": "", "box": [], "shown_box": []},
    ),
    ("documents.Rereading", "paper__vendor", {"changes": [], "aside": {}}),
    ("documents.ValueReview", "paper__vendor", {"machine_value": "", "value": "", "note": ""}),
    ("documents.ValueObjection", "paper__vendor", {"machine_value": "", "note": ""}),
    ("training.Seat", "vendor", {"person_name": "", "person_role": "", "wish": "",
                                 "mark_reason": ""}),
    ("training.Feedback", "seat__vendor", {"remark": ""}),
    ("training.Scan", "seat__vendor", {"guest": {}, "reason": "", "remark": ""}),
    ("training.Certificate", "seat__vendor", {"stored_as": "", "revoke_reason": ""}),
    ("training.AllocationRow", "vendor", {"override_reason": ""}),
    ("workflows.Assistance", "vendor", {"consent_of": "", "note": ""}),
    ("workflows.Round", "case__vendor", {"recommendation": "", "reason": ""}),
    ("workflows.CorrectionItem", "request__case__vendor", {"text": "", "box": [], "answer": "",
                                                          "resolution": ""}),
    ("workflows.CaseNote", "case__vendor", {"text": ""}),
    ("workflows.Hold", "case__vendor", {"reason": ""}),
    ("workflows.PendingAct", "case__vendor", {"said": {}, "refusal": ""}),
    ("workflows.Conflict", "vendor", {"reason": "", "end_reason": ""}),
    ("workflows.FactCorrection", "vendor", {"value": "", "reason": "", "answer": ""}),
    ("workflows.Listing", "vendor", {"account": "", "operator_reason": ""}),
    ("workflows.Letter", "vendor", {"content": {}, "stored_as": ""}),
    ("workflows.SampledCase", "case__vendor", {"note": ""}),
    ("workflows.Merge", "kept", {"values": [], "moved": [], "left": [], "reason": "",
                                 "undo_reason": ""}),
    ("workflows.Merge", "merged", {"values": [], "moved": [], "left": [], "reason": "",
                                   "undo_reason": ""}),
    ("workflows.Message", "vendor", MESSAGE),
    ("workflows.AuditEvent", "vendor", {"reason": "", "salt": ""}),
)  # fmt: skip
#: Rows that are nothing without their words or their file.
GOES_WHOLE: Final = (
    ("documents.PaperDraft", "vendor"),
    ("documents.PageImage", "paper__vendor"),
    ("documents.PaperFile", "paper__vendor"),
    ("documents.PaperMissed", "vendor"),
)
TICKET: Final = dict.fromkeys(("text", "about_name", "firm_said", "contact", "secret_hash"), "")
VENDOR: Final[dict[str, Any]] = {
    **dict.fromkeys(("nib", "npwp", "nik", "phone", "email", "address", "owner_name"), ""),
    "category": "",
}
ROW: Final[dict[str, Any]] = {
    **{key: {} for key in ("received", "others", "fixes", "clean")},
    **{key: [] for key in ("damage", "overruled", "problems", "match_reasons")},
    "digest": "",
}


def firms_of(vendor: Vendor) -> list[int]:
    """The firm and all that were merged into it: they are one, and go together."""
    found, fresh = [vendor.pk], [vendor.pk]
    while fresh:
        merged = Vendor.objects.filter(merged_into__in=fresh).exclude(pk__in=found)
        fresh = list(merged.values_list("pk", flat=True))
        found += fresh
    return found


def files_of(firms: list[int], bound: Bound) -> list[str]:
    """The names under which the store keeps the papers, pages, drafts, letters, certificates, and
    what was ``bound_with`` them; ask it in the transaction that erases."""
    named: list[tuple[QuerySet[Any], str]] = [
        (PaperFile.objects.filter(paper__vendor__in=firms), "stored_as"),
        (PageImage.objects.filter(paper__vendor__in=firms), "stored_as"),
        (DraftPage.objects.filter(draft__vendor__in=firms), "stored_as"),
        (DraftPage.objects.filter(draft__vendor__in=firms), "small_as"),
        (Letter.objects.filter(vendor__in=firms), "stored_as"),
        (Certificate.objects.filter(seat__vendor__in=firms), "stored_as"),
        *((rows, "stored_as") for rows, becomes in bound if becomes == NO_FILE),
    ]
    named.append((originals.naming(firms), "stored_as"))
    return sorted(
        name for rows, column in named for name in rows.values_list(column, flat=True) if name
    )


def tickets_of(firms: list[int]) -> QuerySet[Ticket]:
    """Faults of the firms, and complaints of owners who have no other; what strangers complained
    of these firms is the strangers' own."""
    mine = Q(vendor__in=firms, kind=Ticket.Kind.SUPPORT) | Q(by__in=list(_owners_of(firms)))
    found = list(Ticket.objects.filter(mine).values_list("pk", flat=True))
    return Ticket.objects.filter(pk__in=found)


def packs_of(firms: list[int]) -> list[AuditPack]:
    """Packs of evidence that are kept or made here and hold a case of these firms; those that an
    auditor took away are out of reach."""
    whole = AuditPack.objects.filter(~Q(stored_as="") | Q(finished_at=None, has_failed=False))
    whole = whole.select_related("assignment", "case")
    named = Vendor.objects.filter(pk__in=firms)
    return [
        pack
        for pack in whole
        if (pack.case.vendor_id in firms if pack.case
            else named.filter(pack.assignment.firms()).exists())
    ]  # fmt: skip


def bound_with(firms: list[int]) -> Bound:
    """What was made of many firms and holds one of these, and what its columns become: packs,
    bound letters, bound certificates, lists of previews. One still being made is given up.

    The rows are locked, so that none is finished in between. Certificates of the others can be
    bound again by the same batch, so it is open again; the rest is ordered anew.
    """
    seats = Seat.objects.filter(vendor__in=firms)
    mine = Certificate.objects.filter(seat__in=seats)
    others = Certificate.objects.exclude(seat__in=seats).exclude(stored_as="")
    packs = _locked(AuditPack, pk__in=[pack.pk for pack in packs_of(firms)])
    runs = _locked(LetterRun, session__in=seats.values("session"), has_failed=False)
    batches = _locked(CertificateBatch, pk__in=mine.values("batch"))
    flips = RuleFlip.objects.filter(vendor__in=firms)
    previews = _locked(RulePreview, pk__in=flips.values("preview"))
    states, failed = RulePreview.State, {"has_failed": True}
    return [
        (packs, NO_FILE),
        (packs.filter(finished_at=None), failed),
        (runs, NO_FILE),
        (runs, failed),
        (batches, NO_FILE),
        (batches.filter(pk__in=others.values("batch")), {"finished_at": None}),
        (batches.filter(finished_at=None), failed),
        (previews, NO_FILE),
        (previews.filter(state=states.RUNNING), {"state": states.FAILED,
                                                 "finished_at": timezone.now()}),
    ]  # fmt: skip


@transaction.atomic
def erase(firms: list[int], bound: Bound) -> dict[str, int]:
    """Erase what the table says of these firms, what was ``bound_with`` them, and owners who have
    no other; returns how many
    rows of each kind. The files are the caller's: they go after the rows."""
    counts: dict[str, int] = {"tickets": erase_tickets(tickets_of(firms))}
    counts["people"] = _erase_owners(firms)
    _erase_addresses(firms)
    counts["originals"] = originals.take_away(originals.naming(firms))
    counts["rows"] = _erase_rows_of_lists(firms)
    for rows, becomes in bound:
        rows.update(**becomes)
    _erase_names_of_certificates(firms)
    waiting = (Message.State.QUEUED, Message.State.BY_HAND)
    Message.objects.filter(vendor__in=firms, state__in=waiting).update(state=Message.State.FAILED)
    unsigned = (Letter.State.DRAFT, Letter.State.NUMBERED)
    Letter.objects.filter(vendor__in=firms, state__in=unsigned).update(state=Letter.State.CANCELLED)
    for label, way, becomes in TABLE:
        rows = _rows(label, way, firms)
        if label == "workflows.AuditEvent":
            rows = rows.exclude(reason="")
        counts[label] = counts.get(label, 0) + rows.update(**becomes)
    for label, way in GOES_WHOLE:
        counts[label] = _rows(label, way, firms).delete()[0]
    for vendor in Vendor.objects.filter(pk__in=firms):
        name = f"{GONE} ({vendor.number})"
        named = {"name": name, "folded_name": fold_name(name)}
        Vendor.objects.filter(pk=vendor.pk).update(**named, **VENDOR)
    return {kind.rpartition(".")[2].lower(): count for kind, count in counts.items() if count}


def erase_tickets(tickets: QuerySet[Ticket]) -> int:
    """Words, contact, steps and messages of complaints and faults, also of those without a firm;
    number, topic, dates and states stay."""
    contacts = dict(tickets.values_list("pk", "contact"))
    entries = TicketEntry.objects.filter(ticket__in=contacts)
    keys = [f"ticket:{ticket}:received" for ticket in contacts]
    keys += [f"ticket:{ticket}:{pk}" for ticket, pk in entries.values_list("ticket", "pk")]
    empty_messages(Message.objects.filter(key__in=keys))
    DeadContact.objects.filter(to__in={one for one in contacts.values() if one}).delete()
    entries.update(text="")
    return Ticket.objects.filter(pk__in=contacts).update(**TICKET)


def empty_messages(sent: QuerySet[Message]) -> int:
    """Take text and address out of messages; what still waits does not leave any more."""
    waiting = (Message.State.QUEUED, Message.State.BY_HAND)
    sent.filter(state__in=waiting).update(state=Message.State.FAILED)
    return sent.update(**MESSAGE)


def _rows(label: str, way: str, firms: list[int]) -> QuerySet[Any]:
    model = apps.get_model(label)
    found = model._default_manager.filter(**{f"{way}__in": firms})
    # SQLite and PostgreSQL both change rows by key only where the firm stands in another table.
    return model._default_manager.filter(pk__in=list(found.values_list("pk", flat=True)))


def _locked(model: Any, **found: Any) -> QuerySet[Any]:
    held = model._default_manager.filter(**found).select_for_update()
    return model._default_manager.filter(pk__in=list(held.values_list("pk", flat=True)))


def _erase_names_of_certificates(firms: list[int]) -> None:
    """Which session, day and place it was for names nobody and stays on the public page."""
    found = Certificate.objects.filter(seat__vendor__in=firms)
    for pk, facts in found.values_list("pk", "facts"):
        nameless = {**facts, "name": "", "business": ""}
        Certificate.objects.filter(pk=pk).update(facts=nameless)


def _erase_rows_of_lists(firms: list[int]) -> int:
    """Rows of lists that were linked to a firm, from which it came, or that named it again."""
    came = Referral.objects.filter(
        vendor__in=firms, sheet=OuterRef("sheet"), sheet_name=OuterRef("sheet_name"),
        row=OuterRef("row"),
    )  # fmt: skip
    again = list(Referral.objects.filter(vendor__in=firms).values_list("pk", flat=True))
    named = Q(known_vendor__in=firms) | Q(earlier__in=again)
    rows = SheetRow.objects.filter(named | Exists(came))
    return SheetRow.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(**ROW)


def _erase_addresses(firms: list[int]) -> None:
    """Addresses that were found dead, and links that still open."""
    contacts = Vendor.objects.filter(pk__in=firms).values_list("phone", "email")
    known = {one for pair in contacts for one in pair if one}
    DeadContact.objects.filter(to__in=known).delete()
    AccessLink.objects.filter(vendor__in=firms).delete()


def _erase_owners(firms: list[int]) -> int:
    """Close the accounts of owners all of whose firms go; an account with another firm stays."""
    found = list(_owners_of(firms))
    for owner in found:
        EmailAddress.objects.filter(user=owner).delete()
        Authenticator.objects.filter(user=owner).delete()
        for session in UserSession.objects.filter(user=owner):
            session.end()
        User.objects.filter(pk=owner.pk).update(
            email=f"dihapus-{owner.pk}@invalid.test", phone=None, phone_verified=False,
            full_name=GONE, is_active=False, password=make_password(None),
        )  # fmt: skip
    return len(found)


def _owners_of(firms: list[int]) -> QuerySet[User]:
    others = Membership.objects.filter(user=OuterRef("pk")).exclude(vendor__in=firms)
    return User.objects.filter(
        ~Exists(others), role=roles.VENDOR, memberships__vendor__in=firms
    ).distinct()


def kept_words(vendor_id: int) -> Iterator[str]:
    """Yield every text that still stands about a firm, for the proof that nothing was left."""
    for label, way, becomes in TABLE:
        for row in _rows(label, way, [vendor_id]).values_list(*becomes):
            yield from (str(value) for value in row if value)
    yield from AuditEvent.objects.filter(vendor=vendor_id).values_list("reason", flat=True)
