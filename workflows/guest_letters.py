"""Letters of invitation, one for each firm, with the papers that this firm must still bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone, translation

from onboarding.models import Vendor
from workflows.bringing import papers_to_bring
from workflows.letters import words_of_session
from workflows.models import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User
    from training.models import Session

LIVE = ~Q(state=Letter.State.CANCELLED)


def write_guest_letters(session: Session, *, vendor_ids: Iterable[int], by: User) -> list[Letter]:
    """Draft a letter for each of these firms that has none for this session yet."""
    has_letter = letters_of_guests(session).values("vendor")
    firms = Vendor.objects.filter(pk__in=list(vendor_ids)).exclude(pk__in=has_letter)
    found = list(firms.select_related("region").order_by("name", "pk"))
    missing = papers_to_bring(found)
    words = words_of_session(session)
    letters = []
    with translation.override("id"):
        for firm in found:
            content: dict[str, Any] = {
                **words,
                "owner": firm.owner_name,
                "name": firm.name,
                "region": firm.region.display_name,
                "papers": [str(paper) for paper in missing[firm.pk]],
            }
            letters.append(
                Letter(
                    kind=Letter.Kind.INVITATION,
                    subject="Undangan Bimbingan Teknis",
                    year=timezone.localdate().year,
                    session=session,
                    vendor=firm,
                    content=content,
                    created_by=by,
                )
            )
    return Letter.objects.bulk_create(letters, batch_size=500)


def letters_of_guests(session: Session) -> Any:
    """Return the letters of a session's guests that stand, in the order of their numbers."""
    return (
        Letter.objects.filter(LIVE, session=session, vendor__isnull=False)
        .select_related("vendor", "session")
        .order_by("vendor__name", "pk")
    )
