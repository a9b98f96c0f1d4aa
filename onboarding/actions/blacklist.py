"""The national blacklist: brought in as a file, matched by NPWP, ended by its own dates."""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from config.gate.doors import plain_name
from config.gate.refusals import virus_code
from onboarding import events
from onboarding.actions.admitting import note_refusal
from onboarding.errors import NotAllowed, Refused
from onboarding.identifiers import fold_name
from onboarding.imports.refusal import SheetRefusedError
from onboarding.imports.sanctions import read_sanctions
from onboarding.models import BlacklistEntry, BlacklistImport, BlacklistVerdict, Vendor
from onboarding.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from onboarding.models import User

#: So many rows that were refused are kept to be shown; more of them is the wrong file.
MOST_REFUSED = 100
CHUNK = 500


def import_blacklist(*, file: UploadedFile, today: date, by: User) -> BlacklistImport:
    """Take a file of the blacklist in: new sanctions are added, known ones get their new end.

    What is not in the file is left as it is; sanctions end by their dates. The firms that are
    meant are judged again. Raises ``Refused`` for a file that cannot be read.
    """
    if not by.may("onboarding.import_blacklist"):
        raise NotAllowed(_("Your role cannot bring in the blacklist."))
    content = file.read()
    try:
        rows = _read(content)
    except SheetRefusedError as refusal:
        note_refusal(door="blacklist", code=refusal.code, by=by)
        raise Refused(say(refusal.code, dict(refusal.detail))) from refusal
    digest = hashlib.sha256(content).hexdigest()
    return _take_in(rows, plain_name(file.name or ""), digest, today=today, by=by)


def _read(content: bytes) -> list[dict[str, Any]]:
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        if code := virus_code(kept.file, settings.ANTIVIRUS):
            raise SheetRefusedError(code)
        return read_sanctions(Path(kept.name))


@transaction.atomic
def _take_in(
    rows: list[dict[str, Any]], name: str, digest: str, *, today: date, by: User
) -> BlacklistImport:
    """Everything after the reading, which holds no lock."""
    refused = [row for row in rows if row["problem"] and not _is_usable(row)]
    sound = [row for row in rows if not row["problem"] or _is_usable(row)]
    brought = BlacklistImport.objects.create(
        original_name=name,
        sha256=digest,
        rows=len(rows),
        refused=[{"row": r["row"], "code": r["problem"]} for r in refused][:MOST_REFUSED],
        received_by=by,
    )
    touched = _enter(sound, brought)
    touched_ids = {entry.pk for entry in touched}
    vendor_ids = firms_meant(touched)
    _remember_counted(BlacklistEntry.objects.filter(pk__in=touched_ids), today)
    counts = {
        "rows": brought.rows,
        "created": brought.created,
        "changed": brought.changed,
        "refused": len(refused),
        "firms": len(vendor_ids),
    }
    events.blacklist_changed.send(
        sender=BlacklistImport,
        act="import_blacklist",
        vendor_ids=vendor_ids,
        detail={"sha256": brought.sha256, **counts},
        by=by,
    )
    return brought


@transaction.atomic
def judge_name(
    entry: BlacklistEntry, vendor: Vendor, *, is_same: bool, note: str, by: User
) -> BlacklistVerdict:
    """Say whether a firm with a sanctioned name, or number, is the sanctioned one, and why."""
    if not by.may("onboarding.judge_blacklist"):
        raise NotAllowed(_("Your role cannot decide on the blacklist."))
    if not note.strip():
        raise Refused(_("Write how you found out."))
    verdict, _made = BlacklistVerdict.objects.update_or_create(
        entry=entry,
        vendor=vendor,
        defaults={"is_same": is_same, "note": note.strip()[:250], "decided_by": by},
    )
    events.blacklist_changed.send(
        sender=BlacklistVerdict,
        act="judge_blacklist",
        vendor_ids=[vendor.pk],
        detail={"entry": entry.pk, "verdict": "same" if is_same else "different"},
        reason=verdict.note,
        by=by,
    )
    return verdict


@transaction.atomic
def turn_blacklist(*, today: date, by: User) -> list[int]:
    """Find the sanctions that began or ended since the firms were judged; returns those firms."""
    in_force = Q(pk__in=BlacklistEntry.objects.in_force(today).values("pk"))
    turned = list(
        BlacklistEntry.objects.filter((in_force & Q(counted=False)) | (~in_force & Q(counted=True)))
    )
    if not turned:
        return []
    vendor_ids = firms_meant(turned)
    _remember_counted(BlacklistEntry.objects.filter(pk__in=[e.pk for e in turned]), today)
    events.blacklist_changed.send(
        sender=BlacklistEntry,
        act="turn_blacklist",
        vendor_ids=vendor_ids,
        detail={"entries": len(turned), "firms": len(vendor_ids)},
        by=by,
    )
    return vendor_ids


def firms_meant(entries: Iterable[BlacklistEntry]) -> list[int]:
    """Return the standing firms with the NPWP or the name of these sanctions."""
    every = list(entries)
    found: set[int] = set()
    for at in range(0, len(every), CHUNK):
        some = every[at : at + CHUNK]
        numbers = {entry.npwp for entry in some if entry.npwp}
        names = {entry.folded_name for entry in some}
        meant = Vendor.objects.standing().filter(Q(npwp__in=numbers) | Q(folded_name__in=names))
        found |= set(meant.values_list("pk", flat=True))
    return sorted(found)


def _is_usable(row: dict[str, Any]) -> bool:
    """A number that cannot be read leaves a name to look at; the rest of the row is sound."""
    return bool(row["problem"] == "sanction_npwp_unreadable")


def _enter(rows: Sequence[dict[str, Any]], brought: BlacklistImport) -> list[BlacklistEntry]:
    known: dict[tuple[str, str, str], BlacklistEntry] = {}
    for entry in BlacklistEntry.objects.filter(from_on__in={row["from_on"] for row in rows}):
        known[entry.npwp, entry.folded_name, entry.from_on.isoformat()] = entry
    new: list[BlacklistEntry] = []
    changed: list[BlacklistEntry] = []
    for row in rows:
        folded = fold_name(row["name"])[:160]
        end = date.fromisoformat(row["until_on"]) if row["until_on"] else None
        there = known.get((row["npwp"], folded, row["from_on"]))
        if there is None:
            fresh = BlacklistEntry(
                name=row["name"], folded_name=folded, npwp=row["npwp"], until_on=end,
                from_on=date.fromisoformat(row["from_on"]), basis=row["basis"], came_with=brought,
            )  # fmt: skip
            known[row["npwp"], folded, row["from_on"]] = fresh
            new.append(fresh)
        elif (there.until_on, there.basis) != (end, row["basis"]):
            there.until_on, there.basis = end, row["basis"]
            changed += [there] if there.pk else []
    BlacklistEntry.objects.bulk_create(new, batch_size=CHUNK)
    BlacklistEntry.objects.bulk_update(changed, ["until_on", "basis"], batch_size=CHUNK)
    brought.created, brought.changed = len(new), len(changed)
    brought.save(update_fields=["created", "changed"])
    return [*new, *changed]


def _remember_counted(entries: Any, today: date) -> None:
    in_force = BlacklistEntry.objects.in_force(today).values("pk")
    entries.filter(pk__in=in_force).update(counted=True)
    entries.exclude(pk__in=in_force).update(counted=False)


def seen_on_list(
    entries: Sequence[BlacklistEntry], firms: Any
) -> dict[int, list[tuple[Vendor, str, BlacklistVerdict | None]]]:
    """For each sanction the firms among ``firms`` that it means: ``(firm, "npwp" | "name", word)``.

    ``firms`` is a queryset already narrowed to what the reader may see.
    """
    numbers = {entry.npwp for entry in entries if entry.npwp}
    names = {entry.folded_name for entry in entries}
    meant = list(
        firms.filter(Q(npwp__in=numbers) | Q(folded_name__in=names)).select_related("region")[:200]
    )
    words = {
        (word.entry_id, word.vendor_id): word
        for word in BlacklistVerdict.objects.filter(
            entry__in=[entry.pk for entry in entries]
        ).select_related("decided_by")
    }
    found: dict[int, list[tuple[Vendor, str, BlacklistVerdict | None]]] = defaultdict(list)
    for entry in entries:
        for firm in meant:
            word = words.get((entry.pk, firm.pk))
            if entry.npwp and firm.npwp == entry.npwp:
                found[entry.pk].append((firm, "npwp", word))
            elif firm.folded_name == entry.folded_name:
                found[entry.pk].append((firm, "name", word))
    return found
