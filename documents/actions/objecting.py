"""An owner says that the machine read a value wrongly; an officer sees it beside the value."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.errors import Refused
from documents.models import Paper, ReadValue, ValueObjection

MOST = 30  # objections to one paper: more is not a correction but a conversation


@transaction.atomic
def object_to_value(paper: Paper, *, field: str, note: str, by: Any) -> ValueObjection | None:
    """Keep what an owner says stands on the paper; None when that was said before.

    Raises ``Refused`` for a value that was not read, or a paper that is no longer looked at.
    """
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if paper.frozen_at or paper.state in (Paper.State.REPLACED, Paper.State.RECEIVED):
        raise Refused(_("This paper was replaced or is being decided on. Load the page again."))
    value = ReadValue.objects.filter(reading__paper=paper, field=field).exclude(value="").first()
    if value is None or paper.objections.count() >= MOST:
        raise Refused(_("This value is no longer on the page. Load the page again."))
    said = {"machine_value": value.value, "note": note}
    last = paper.objections.filter(field=field).last()
    if last and all(getattr(last, name) == part for name, part in said.items()):
        return None
    return ValueObjection.objects.create(paper=paper, field=field, by=by, **said)
