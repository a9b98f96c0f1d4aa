"""Every paper is told from every other, also when its title is spaced out or misread."""

import pytest

from documents.reading.deed import read_paper
from documents.reading.kinds import kind_of, page_kinds, paper_kind
from documents.reading.text import script_of_text
from tests.documents.reading import texts

OPENING = "\nPada hari ini, Senin, hadir di hadapan saya, CONTOH, S.H., Notaris di Kota Batu"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("A K T A   P E N D I R I A N\nY A Y A S A N", "akta_yayasan"),
        ("AKTA PENDIRIAN KOPERASI KONSUMEN CONTOH", "akta_koperasi"),
        ("AKTA PENDIRIAN PERSEKUTUAN FIRMA", "akta_firma"),
        ("PENDIRIAN PERSEKUTUAN KOMANDITER", "akta_cv"),
        ("AKTA PENDIRLAN PERSERGAN TERBATAS", "akta_pt"),
        ("PERNYATAAN KEPUTUSAN PARA PEMEGANG SAHAM", "akta_perubahan"),
        ("BERITA ACARA RAPAT UMUM PEMEGANG SAHAM LUAR BIASA", "akta_perubahan"),
        ("AKTA PERUBAHAN ANGGARAN DASAR", "akta_perubahan"),
    ],
)
def test_deed_is_told_by_its_title(title: str, kind: str) -> None:
    assert kind_of(title + OPENING) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA\nSERTIFIKAT PENDAFTARAN PENDIRIAN PERSEROAN"
            " PERORANGAN\nberdasarkan Pernyataan Pendirian",
            "sk_ahu",
        ),
        ("MENTERI HUKUM REPUBLIK INDONESIA\nPENERIMAAN PEMBERITAHUAN PERUBAHAN", "sk_ahu"),
        ("KEMENTERIAN KEUANGAN\nDIREKTORAT JENDERAL PAJAK\nSURAT KETERANGAN TERDAFTAR", "npwp"),
        ("NIK : 35\nNama : A\nAgama : ISLAM\nKewarganegaraan : WNI\nGol. Darah : O", "ktp"),
        ("INVOICE\nPT CONTOH\nNomor : 12\nTanggal 5 Mei 2024\nTotal Rp 5.000.000", "unknown"),
        ("SURAT KETERANGAN\nKepala Sekolah menerangkan bahwa", "unknown"),
    ],
)
def test_papers_of_offices_are_told_apart(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_cover_that_names_the_notarys_decree_is_no_decree() -> None:
    assert kind_of(texts.PT.split("\f", maxsplit=1)[0]) == "akta_pt"


def test_pages_without_title_belong_to_the_paper_before_them() -> None:
    script = script_of_text(f"{texts.PT}\f{texts.DECREE}\fKETIGA : Keputusan ini berlaku.")
    kinds = page_kinds(script)
    assert [kinds[page] for page in sorted(kinds)] == ["akta_pt"] * 3 + ["sk_ahu"] * 2
    assert paper_kind(kinds) == "akta_pt"


def test_deed_with_its_decree_gives_the_fields_of_both() -> None:
    decree = texts.DECREE.replace("Nomor 78", "Nomor 17").replace("11 Mei 2021", "9 Juni 2023")
    decree = decree.replace("17 Mei 2021", "19 Juni 2023").replace("TAHUN 2021", "TAHUN 2023")
    paper = read_paper(script_of_text(f"{texts.PT}\f{decree}"))
    assert paper.kind == "akta_pt"
    assert paper.values["deed_number"] == "17"
    assert paper.values["company_seat"] == "Kabupaten Sidoarjo"
    assert paper.values["sk_ahu_number"] == "AHU-0009397.AH.01.01.TAHUN 2023"
    assert paper.values["sk_ahu_date"] == "2023-06-19"
    verdicts = {check.name: check.verdict for check in paper.checks}
    assert verdicts["sk_cites_number"] == verdicts["sk_cites_date"] == "agrees"


def test_decree_of_another_deed_in_the_same_file_is_noticed() -> None:
    paper = read_paper(script_of_text(f"{texts.PT}\f{texts.DECREE}"))
    differing = {check.name for check in paper.checks if check.verdict == "differs"}
    assert {"sk_cites_number", "sk_cites_date", "sk_ahu_after_deed"} <= differing
