"""Minutes (*berita acara*) and report of a session as facts: what its closed sheet says, in words.

Both are letters: DRAF until they are numbered and signed. Figures come from ``training.outcome``.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from django.core.files.storage import default_storage
from django.utils import formats, timezone, translation

from training.models import SessionPicture
from training.outcome import outcome_of
from workflows.models import Letter
from workflows.sample_deeds.numerals import words

if TYPE_CHECKING:
    from datetime import datetime

    from training.models import Session
    from training.outcome import Outcome

SUBJECTS: Final = {
    Letter.Kind.MINUTES: "Berita Acara Pelaksanaan Bimbingan Teknis",
    Letter.Kind.REPORT: "Laporan Pelaksanaan Bimbingan Teknis",
}
MOST_PHOTOGRAPHS: Final = 6


def facts_of(session: Session) -> dict[str, Any]:
    """Return what minutes and report say, as texts and numbers, reckoned now."""
    outcome = outcome_of(session)
    with translation.override("id"):
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        return {
            "day_in_words": _day_in_words(starts),
            "day": formats.date_format(starts, "l, j F Y"),
            "time": f"{starts:%H.%M} – {ends:%H.%M} WIB",
            "event": session.title,
            "audience": "instansi pemerintah" if session.audience == "government" else "UMKM",
            "place": session.place,
            "address": session.address,
            "region": session.region.display_name,
            "trainer": session.trainer.full_name,
            "syllabus": session.syllabus.title,
            "version": session.syllabus.version,
            "closed_at": _moment(session.closed_at),
            **_figures(outcome, session),
            "pictures": list(
                session.pictures.filter(kind=SessionPicture.Kind.PHOTOGRAPH)
                .order_by("pk")
                .values_list("pk", flat=True)[:MOST_PHOTOGRAPHS]
            ),
            "signed_lists": session.pictures.filter(kind=SessionPicture.Kind.SIGNED_LIST).count(),
        }


def pictures_of(letter: Letter) -> dict[str, Any]:
    """Return the photographs of a report as they are put into its pages; nothing for others."""
    if letter.kind != Letter.Kind.REPORT:
        return {}
    pictures = SessionPicture.objects.filter(pk__in=letter.content.get("pictures", ()))
    return {"photographs": [(_inline(picture), picture.caption) for picture in pictures]}


def _figures(outcome: Outcome, session: Session) -> dict[str, Any]:
    opinions, learnt = outcome.opinions, outcome.learnt
    return {
        "counts": [
            ["Diundang", outcome.invited],
            ["Menjawab undangan", outcome.answered],
            ["Menyatakan akan hadir", outcome.confirmed],
            ["Hadir", outcome.present],
            ["– di antaranya datang tanpa undangan", outcome.walk_ins],
            ["– di antaranya terlambat", outcome.late],
            ["– di antaranya pulang lebih awal", outcome.left_early],
            ["Tidak hadir", outcome.absent],
        ],
        "present": outcome.present,
        "present_in_words": words(outcome.present),
        "absent": outcome.absent,
        "regions": [[one.name, one.seats, one.present] for one in outcome.regions],
        "opinions": [
            ["Bermanfaat", _mean(opinions.useful)],
            ["Mudah dipahami", _mean(opinions.clear)],
            ["Siap berjualan", _mean(opinions.ready)],
        ]
        if opinions.count
        else [],
        "opinions_count": opinions.count,
        "learnt": {
            "count": learnt.count,
            "before": _mean(learnt.before),
            "after": _mean(learnt.after),
            "gain": _mean(learnt.gain),
        }
        if learnt
        else None,
        "cost": _rupiah(session.cost),
        "cost_per_person": _rupiah(outcome.cost_per_person),
    }


def _day_in_words(day: datetime) -> str:
    """As minutes begin: ``Senin tanggal dua puluh tiga bulan November tahun dua ribu …``."""
    name, month = formats.date_format(day, "l"), formats.date_format(day, "F")
    return f"{name} tanggal {words(day.day)} bulan {month} tahun {words(day.year)}"


def _moment(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y, H.i") if moment else ""


def _mean(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".replace(".", ",")


def _rupiah(sum_: int | None) -> str:
    return "" if sum_ is None else f"Rp{sum_:,}".replace(",", ".")


def _inline(picture: SessionPicture) -> str:
    with default_storage.open(picture.stored_as) as stored:
        return "data:image/jpeg;base64," + base64.b64encode(stored.read()).decode()
