"""What is taught: a version that was taught is never changed, so that "consistent" can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from training import events
from training.errors import Refused
from training.models import Material, Syllabus

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def add_syllabus(*, version: str, title: str, in_force_on: date, by: Any) -> Syllabus:
    """Write down a new version of what is taught."""
    _check_may(by)
    if Syllabus.objects.filter(version__iexact=version).exists():
        raise Refused(_("Version %(version)s exists already.") % {"version": version})
    syllabus = Syllabus.objects.create(version=version, title=title, in_force_on=in_force_on)
    events.syllabus_kept.send(sender=Syllabus, syllabus=syllabus, by=by)
    return syllabus


@transaction.atomic
def add_material(syllabus: Syllabus, *, title: str, url: str, by: Any) -> Material:
    """Add a file or a link to a version; participants find it on their page."""
    _check_may(by)
    material = Material.objects.create(syllabus=syllabus, title=title, url=url)
    events.syllabus_kept.send(sender=Material, syllabus=syllabus, by=by)
    return material


def _check_may(by: Any) -> None:
    if not by.has_perm("training.plan_session"):
        raise Refused(_("Your role cannot change the syllabus."))
