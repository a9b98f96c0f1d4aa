"""Official texts that an owner agrees to in the system; what was agreed to is kept word for word.

The texts are Indonesian whatever the language of the page, because they are what is signed. A
change
of wording is a new version; statements that were agreed to keep the old one. The integrity pact
follows the duties of Perpres 16/2018 jo. 12/2021 article 7, the other UU 42/2009 on VAT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onboarding.models import Vendor


@dataclass(frozen=True)
class Statement:
    """The words of one statement; ``version`` names the wording."""

    version: str
    title: str
    points: tuple[str, ...]
    closing: str


STATEMENTS: dict[str, Statement] = {
    "pakta-integritas": Statement(
        version="1 (21 November 2026)",
        title="PAKTA INTEGRITAS DAN PERNYATAAN KEBENARAN DOKUMEN",
        points=(
            "Data dan dokumen yang saya sampaikan adalah benar, sah, dan masih berlaku.",
            "Saya tidak akan melakukan korupsi, kolusi, dan nepotisme, serta tidak memberi atau "
            "menjanjikan uang, barang, atau jasa kepada siapa pun yang terkait dengan layanan ini.",
            "Saya tidak sedang dikenai sanksi daftar hitam dan usaha saya tidak sedang dihentikan "
            "kegiatannya.",
            "Saya bersaing secara sehat dan tidak bersekongkol dengan pelaku usaha lain.",
            "Saya akan memberitahukan setiap perubahan data usaha saya.",
        ),
        closing="Bila pernyataan ini tidak benar, saya bersedia menerima sanksi sesuai peraturan "
        "perundang-undangan.",
    ),
    "pkp": Statement(
        version="1 (21 November 2026)",
        title="PERNYATAAN BUKAN PENGUSAHA KENA PAJAK (NON-PKP)",
        points=(
            "Usaha saya belum dikukuhkan sebagai Pengusaha Kena Pajak (PKP).",
            "Saya tidak memungut Pajak Pertambahan Nilai (PPN) atas barang atau jasa yang saya "
            "jual.",
            "Bila usaha saya kelak dikukuhkan sebagai PKP, saya akan memberitahukannya dan "
            "mengirim surat pengukuhannya.",
        ),
        closing="Pernyataan ini saya buat dengan sebenarnya.",
    ),
}


def text_of(slug: str, vendor: Vendor) -> str | None:
    """Return the whole text of a statement for one firm, or None when there is none to agree to."""
    statement = STATEMENTS.get(slug)
    if statement is None:
        return None
    points = "\n".join(f"{number}. {point}" for number, point in enumerate(statement.points, 1))
    return (
        f"{statement.title}\n\n"
        f"Saya, {vendor.owner_name}, pemilik atau pimpinan {vendor.name}"
        f"{f' (NIB {vendor.nib})' if vendor.nib else ''}, menyatakan bahwa:\n\n"
        f"{points}\n\n"
        f"{statement.closing}\n\n"
        f"Versi teks: {statement.version}"
    )
