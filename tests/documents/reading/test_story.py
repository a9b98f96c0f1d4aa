"""Whole documents are read with real eyes: text layers, scans, photographs, blank pages."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from documents.reading.story import Progress, read_document
from workflows.sample_deeds import SampleDeed, write_paper


def assert_reads(reading: dict[str, object], sample: SampleDeed) -> None:
    deed, fields = sample.deed, reading["fields"]
    assert isinstance(fields, dict)
    assert {
        "deed_number": fields["deed_number"],
        "deed_date": fields["deed_date"],
        "notary_name": fields["notary_name"],
        "notary_seat": fields["notary_seat"],
        "company_name": fields["company_name"],
        "company_seat": fields["company_seat"],
        "authorized_capital": fields.get("authorized_capital"),
        "niks": [person["nik"] for person in fields["persons"]],
    } == {
        "deed_number": str(deed.number),
        "deed_date": deed.signed_on.isoformat(),
        "notary_name": deed.notary,
        "notary_seat": deed.notary_seat,
        "company_name": deed.company,
        "company_seat": deed.seat,
        "authorized_capital": None if deed.form == "koperasi" else deed.capital,
        "niks": [founder.nik for founder in deed.founders],
    }


def test_clean_pdf_is_read_without_eyes_and_in_full(
    samples: dict[str, SampleDeed], tmp_path: Path
) -> None:
    sample = samples["pt-clean"]
    told: list[Progress] = []
    reading = read_document(
        sample.files, "deed", {"company_name": "PT. Contoh Maju Bersama", "deed_number": "18"},
        tmp_path, told.append,
    )  # fmt: skip
    assert_reads(reading, sample)
    assert reading["warnings"] == []
    assert [(progress.done, progress.total) for progress in told] == [(0, 2), (1, 2), (2, 2)]
    matches = reading["matches"]
    assert isinstance(matches, list)
    assert {match["field"]: match["verdict"] for match in matches} == {
        "deed_number": "differs",
        "company_name": "agrees",
    }


@pytest.mark.parametrize("name", ["cv-scan", "koperasi-photo", "cv-photo-upside-down"])
def test_worn_deed_is_read_right(samples: dict[str, SampleDeed], name: str) -> None:
    assert_reads(read_document(samples[name].files), samples[name])


def test_wrong_weekday_is_seen_and_shown(samples: dict[str, SampleDeed]) -> None:
    reading = read_document(samples["pt-wrong-weekday"].files)
    checks, evidence = reading["checks"], reading["evidence"]
    assert isinstance(checks, list)
    assert isinstance(evidence, list)
    (differing,) = [check for check in checks if check["verdict"] == "differs"]
    assert differing["name"] == "deed_date_weekday"
    assert differing["values"] == ["Selasa", "2024-02-15"]
    assert [spot["page"] for spot in differing["spots"]] == [1, 1]
    assert all(evidence[at]["field"] == "deed_date" for at in differing["evidence"])


def test_evidence_of_a_turned_photo_lies_on_the_print_in_both_frames(
    samples: dict[str, SampleDeed], tmp_path: Path
) -> None:
    reading = read_document([samples["koperasi-photo"].files[0]], out_dir=tmp_path)
    assert reading["turned"] == [90]
    assert reading["page_size"] == [[2400.0, 1800.0]]
    assert reading["display_size"] == [[1200, 1600]]
    evidence = reading["evidence"]
    assert isinstance(evidence, list)
    (name,) = [entry for entry in evidence if entry["field"] == "company_name"]
    left, top, right, bottom = name["display_box"]
    assert right - left > 3 * (bottom - top)
    x0, y0, x1, y1 = name["box"]
    assert y1 - y0 > 3 * (x1 - x0)
    with Image.open(tmp_path / "page-001.webp") as shown:
        assert shown.size == (1200, 1600)
        assert "exif" not in shown.info
        ink = shown.convert("L").crop((int(left), int(top), int(right), int(bottom)))
        assert min(ink.tobytes()) < 90


def test_other_papers_are_only_drawn(tmp_path: Path) -> None:
    paper = write_paper(tmp_path / "ktp.jpg", "KARTU CONTOH", ["NIK : 3578990000000000"])
    reading = read_document([paper], "other", out_dir=tmp_path)
    assert (reading["kind"], reading["fields"], reading["text"]) == ("other", {}, [""])
    assert (tmp_path / "page-001.webp").exists()


def test_blank_page_is_a_warning_and_no_refusal(
    samples: dict[str, SampleDeed], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(samples["pt-clean"].files[0]) as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    reading = read_document([path])
    assert reading["pages"] == 3
    assert reading["warnings"] == ["blank_page:3"]


def test_paper_that_is_no_deed_says_so(tmp_path: Path) -> None:
    paper = write_paper(tmp_path / "nota.jpg", "NOTA CONTOH", ["Beras 5 kg", "Gula 2 kg"])
    assert read_document([paper], "deed")["warnings"] == ["not_a_deed"]


def test_deed_of_another_kind_than_said_is_pointed_out(samples: dict[str, SampleDeed]) -> None:
    assert read_document(samples["pt-clean"].files, "akta_cv")["warnings"] == ["wrong_kind"]


def test_hidden_text_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    lies = "AKTA PENDIRIAN PERSEROAN TERBATAS PT CONTOH PALSU NOMOR 1 " * 3
    content = f"BT 3 Tr /F1 12 Tf 40 700 Td ({lies}) Tj ET".encode()
    page.Contents = pdf.make_stream(content)
    pdf.save(path)
    reading = read_document([path])
    assert reading["warnings"] == ["blank_page:1", "not_a_deed"]
