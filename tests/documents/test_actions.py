"""Papers are taken in whole and once, replaced by versions, frozen, and read with evidence."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import actions
from documents.actions.receiving import BYTES_A_FILE, FILES_A_PAPER
from documents.errors import FileRefused, PaperFrozen
from documents.models import DocumentType, PageImage, Paper, PaperFile
from onboarding.models import User, Vendor
from tests import factories as make
from workflows.sample_deeds import SampleDeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor() -> Vendor:
    return make.refer()


def receive(vendor: Vendor, *files: SimpleUploadedFile, slug: str = "ktp", key: str = "") -> Paper:
    return actions.receive_paper(
        vendor.pk,
        document_type=DocumentType.objects.get(slug=slug),
        files=files or [make.photo()],
        declared={},
        upload_key=key,
        by=make.owner_of(vendor),
    )


def read(paper: Paper) -> Paper:
    actions.read_paper(paper.pk, by=User.objects.system(), beat=lambda: None)
    return Paper.objects.get(pk=paper.pk)


def stored_originals() -> set[str]:
    if not default_storage.exists("papers"):
        return set()
    return set(default_storage.listdir("papers")[1])


# --- receiving ---
def test_a_paper_is_kept_byte_for_byte_under_a_made_up_name(vendor: Vendor) -> None:
    photo = make.photo("KTP Budi")
    sent = photo.read()
    photo.seek(0)
    kept = PaperFile.objects.get(paper=receive(vendor, photo))
    with default_storage.open(kept.stored_as) as stored:
        assert stored.read() == sent
    assert (kept.original_name, kept.size, kept.kind) == ("KTP Budi.jpg", len(sent), "jpeg")
    assert "Budi" not in kept.stored_as


def test_several_photos_are_one_paper_in_their_order(vendor: Vendor) -> None:
    paper = receive(vendor, make.photo("satu"), make.photo("dua"))
    assert [file.original_name for file in paper.files.all()] == ["satu.jpg", "dua.jpg"]
    assert paper.reading.pages_total == 2


def test_the_same_upload_sent_again_is_the_same_paper(vendor: Vendor) -> None:
    first = receive(vendor, key="a1")
    assert receive(vendor, key="a1") == first
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("kosong.jpg", b"", "empty_file"),
        ("catatan.jpg", b"bukan gambar sama sekali", "not_allowed_type"),
        ("besar.jpg", b"\xff\xd8" + b"0" * BYTES_A_FILE, "too_large"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_before_anything_is_kept(
    vendor: Vendor, name: str, content: bytes, code: str
) -> None:
    before = stored_originals()
    with pytest.raises(FileRefused) as refusal:
        receive(vendor, make.photo(), SimpleUploadedFile(name, content))
    assert refusal.value.code == code
    assert refusal.value.sentence
    assert not Paper.objects.exists()
    assert stored_originals() == before


def test_a_paper_without_files_or_with_too_many_is_refused(vendor: Vendor) -> None:
    kind = DocumentType.objects.get(slug="ktp")
    owner = make.owner_of(vendor)
    for files, code in (([], "no_file"), ([make.photo()] * (FILES_A_PAPER + 1), "too_many_pages")):
        with pytest.raises(FileRefused) as refusal:
            actions.receive_paper(vendor.pk, document_type=kind, files=files, declared={}, by=owner)
        assert refusal.value.code == code


# --- versions ---
def test_a_new_version_replaces_the_one_before_and_nothing_is_lost(vendor: Vendor) -> None:
    first, second = receive(vendor), receive(vendor)
    first.refresh_from_db()
    assert (first.state, second.version) == (Paper.State.REPLACED, 2)
    assert first.files.count() == 1


def test_the_same_file_again_is_refused_with_a_calm_sentence(vendor: Vendor) -> None:
    photo = make.photo()
    receive(vendor, photo)
    photo.seek(0)
    with pytest.raises(FileRefused) as refusal:
        receive(vendor, photo)
    assert refusal.value.code == "same_file"


def test_the_same_file_is_taken_again_when_it_was_returned(vendor: Vendor) -> None:
    photo = make.photo()
    receive(vendor, photo)
    actions.mark_papers(vendor.pk, returned=["ktp"])
    photo.seek(0)
    assert receive(vendor, photo).version == 2


def test_a_frozen_paper_is_not_replaced_until_it_is_opened_again(vendor: Vendor) -> None:
    read(receive(vendor))
    assert actions.freeze_papers(vendor.pk) == 1
    with pytest.raises(PaperFrozen):
        receive(vendor)
    actions.unfreeze_papers(vendor.pk)
    assert receive(vendor).version == 2


def test_a_returned_paper_is_not_in_force(vendor: Vendor) -> None:
    today = make.timezone.localdate()
    receive(vendor)
    missing = actions.missing_papers(vendor.pk, legal_form=vendor.legal_form, today=today)
    assert "ktp" not in missing
    actions.mark_papers(vendor.pk, returned=["ktp"])
    missing = actions.missing_papers(vendor.pk, legal_form=vendor.legal_form, today=today)
    assert "ktp" in missing


def test_a_sighted_original_is_recorded(vendor: Vendor) -> None:
    paper, today = receive(vendor), make.timezone.localdate()
    officer = make.make_user("officer")
    actions.record_sighting(paper, place="Loket Contoh", sighted_on=today, by=officer)
    assert paper.sighted_at == paper.sightings.get().at


# --- reading ---
def test_a_plain_paper_gets_its_pages_and_no_values(vendor: Vendor) -> None:
    paper = read(receive(vendor, make.photo(), make.photo()))
    assert paper.state == Paper.State.READ
    assert [page.number for page in paper.pages.all()] == [1, 2]
    assert not paper.reading.values_read.exists()
    assert paper.vendor.events.filter(act="read_paper").count() == 1


def test_a_page_image_is_not_the_original(vendor: Vendor) -> None:
    paper = read(receive(vendor))
    page = PageImage.objects.get(paper=paper)
    with default_storage.open(page.stored_as) as stored:
        assert stored.read(12)[8:] == b"WEBP"


def test_reading_again_changes_nothing(vendor: Vendor) -> None:
    paper = read(receive(vendor))
    before = list(paper.pages.values_list("stored_as", flat=True))
    paper = read(paper)
    assert list(paper.pages.values_list("stored_as", flat=True)) == before
    assert paper.vendor.events.filter(act="read_paper").count() == 1


def test_a_paper_that_was_replaced_while_it_was_read_stays_replaced(vendor: Vendor) -> None:
    first = receive(vendor)
    newer: list[Paper] = []

    def beat() -> None:
        if not newer:
            newer.append(receive(vendor))

    actions.read_paper(first.pk, by=User.objects.system(), beat=beat)
    first.refresh_from_db()
    assert first.state == Paper.State.REPLACED
    assert not first.pages.exists()
    assert Paper.objects.get(pk=newer[0].pk).state == Paper.State.RECEIVED


def test_a_paper_that_no_machine_could_read_waits_for_a_person(vendor: Vendor) -> None:
    paper = receive(vendor, slug="akta-pendirian")
    actions.give_up_reading(paper.pk, by=User.objects.system())
    paper.refresh_from_db()
    assert (paper.state, paper.reading.refusal) == (Paper.State.UNREADABLE, "reading_failed")
    verdicts = set(paper.reading.values_read.values_list("verdict", flat=True))
    assert verdicts == {"cannot_tell"}


def test_giving_up_what_was_read_in_the_meantime_changes_nothing(vendor: Vendor) -> None:
    paper = read(receive(vendor))
    actions.give_up_reading(paper.pk, by=User.objects.system())
    paper.refresh_from_db()
    assert paper.state == Paper.State.READ


def test_a_deed_says_what_agrees_and_what_differs_and_where(
    vendor: Vendor, samples: dict[str, SampleDeed]
) -> None:
    deed = next(sample for sample in samples.values() if sample.files[0].suffix == ".pdf")
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in deed.files]
    paper = actions.receive_paper(
        vendor.pk,
        document_type=DocumentType.objects.get(slug="akta-pendirian"),
        files=files,
        declared={"deed_number": "9999"},
        by=make.owner_of(vendor),
    )
    paper = read(paper)
    values = {value.field: value for value in paper.reading.values_read.all()}
    assert paper.state == Paper.State.READ
    assert values["deed_number"].verdict == "differs"
    assert values["deed_number"].page == 1
    assert len(values["deed_number"].box) == 4
    assert values["notary_name"].verdict == "cannot_tell"
