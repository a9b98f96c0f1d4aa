"""What held sessions leave in the demonstration: opinions, a quiz, photographs, minutes,
certificates."""

from __future__ import annotations

import io
from random import Random
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

import training.actions
from onboarding.models import User
from training.models import Feedback, QuizResult, Session, SessionPicture, Syllabus
from workflows import actions
from workflows.models import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping

QUIZ = (
    ("Berapa batas nilai satu transaksi?", ("Rp50 juta", "Rp200 juta", "Tidak ada batas"), 0),
    ("Apa yang harus ada pada foto produk?", ("Nama pembeli", "Produk yang terang dan utuh"), 1),
    ("Berapa biaya pendaftaran?", ("Rp250 ribu", "Sesuai kelas usaha", "Tidak ada biaya"), 2),
)
REMARKS = (
    "Contoh: mohon lebih banyak waktu untuk latihan membuat akun.",
    "Contoh: suara di bagian belakang kurang jelas.",
    "Contoh: sangat membantu, semoga ada kelas lanjutan.",
)


def leave_traces(people: Mapping[str, User]) -> None:
    """Let the two newest sessions that were held leave all that a session leaves."""
    by = people["petugas"]
    for version in Syllabus.objects.filter(sessions__state=Session.State.CLOSED).distinct():
        for text, answers, right in QUIZ:
            training.actions.save_question(version, text=text, answers=answers, right=right, by=by)
    held = Session.objects.filter(state=Session.State.CLOSED).order_by("-starts_at")
    for session in held[:2]:
        _answer(session)
        actions.add_pictures(
            session, kind=SessionPicture.Kind.PHOTOGRAPH, caption="Suasana kegiatan (contoh)",
            file=_photograph(session.pk), by=by,
        )  # fmt: skip
        actions.write_session_paper(session, kind=Letter.Kind.MINUTES, by=by)
        batch = training.actions.order_certificates(
            session, signed_by_name="Contoh Kepala Biro", signed_on=timezone.localdate(), by=by
        )
        actions.draw_certificates(batch.pk, by=User.objects.system(), beat=lambda: None)


def _answer(session: Session) -> None:
    """Opinions and both quizzes of those who were there, but for the last two of them."""
    random = Random(session.pk)  # noqa: S311 - demonstration data, not a secret
    there = session.seats.filter(arrived_at__isnull=False).order_by("vendor__name")
    for place, seat in enumerate(list(there)[:-2]):
        Feedback.objects.create(
            seat=seat,
            useful=random.choice((4, 5, 5)),
            clear=random.choice((3, 4, 5)),
            ready=random.choice((2, 3, 4, 5)),
            remark=REMARKS[place] if place < len(REMARKS) else "",
            given_at=session.ends_at,
        )
        for moment, least in ((QuizResult.Moment.BEFORE, 0), (QuizResult.Moment.AFTER, 2)):
            score = random.randint(least, least + 1)
            QuizResult.objects.create(
                seat=seat, moment=moment, score=score, out_of=len(QUIZ),
                answers={str(n): q[2] for n, q in enumerate(QUIZ[:score], start=1)},
                given_at=session.ends_at,
            )  # fmt: skip


def _photograph(number: int) -> SimpleUploadedFile:
    """A drawn hall that nobody takes for a photograph of people."""
    image = Image.new("RGB", (1200, 900), (206, 220, 236))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 600, 1200, 900), fill=(150, 120, 90))
    draw.rectangle((350, 140, 850, 440), fill=(250, 250, 250), outline=(60, 60, 60), width=6)
    draw.text((380, 250), f"FOTO CONTOH {number}", fill=(20, 40, 80), font_size=56)
    for place in range(5):
        draw.ellipse((150 + 200 * place, 620, 250 + 200 * place, 720), fill=(90, 70, 50))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return SimpleUploadedFile("contoh.jpg", buffer.getvalue())
