"""Files in a bucket of a real S3 server: all works as with a folder, and nothing is public."""

import hashlib
import uuid
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from config.env import read_env
from config.files import Bucket, storage_of
from config.storage import StoreAway
from documents.models import PageImage, Paper, PaperFile
from onboarding import roles
from tests import factories as make
from tests.stores import running_store
from workflows.backups.databases import names_in_store
from workflows.models import Job, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """The bucket of a store that runs as long as these tests."""
    with running_store() as url:
        data = str(tmp_path_factory.mktemp("data"))
        found = read_env({"MITRA_DATA": data, "FILES_URL": url}).bucket
        assert found is not None
        yield found


def keep_files_in(bucket: Bucket, settings: Settings) -> None:
    files = storage_of(bucket, settings.DATA_DIR / "files")
    settings.STORAGES = {**settings.STORAGES, "default": files}


@pytest.fixture
def store(bucket: Bucket, settings: Settings) -> Bucket:
    """Every file of this test goes to the bucket."""
    keep_files_in(bucket, settings)
    return bucket


@pytest.fixture
def store_away(bucket: Bucket, settings: Settings) -> None:
    """The store cannot be reached: nothing listens at its address."""
    keep_files_in(Bucket("http://127.0.0.1:9", "mitra", "k", "s"), settings)


def test_a_paper_goes_from_upload_to_read_and_is_served_from_the_bucket(
    client: Client, store: Bucket
) -> None:
    vendor = make.refer()
    client.force_login(make.owner_of(vendor))
    whole = make.photo().read()
    key, half = str(uuid.uuid4()), len(whole) // 2
    for start, end in ((0, half), (half, len(whole))):
        facts = {"key": key, "name": "ktp.jpg", "size": len(whole), "offset": start}
        piece = SimpleUploadedFile("piece", whole[start:end])
        at = reverse("workflows:send_piece", args=[vendor.pk, "ktp"])
        assert client.post(at, {**facts, "piece": piece}).status_code == 200
    sent = client.post(reverse("workflows:check_draft", args=[vendor.pk, "ktp"]), {"key": key})
    assert sent.status_code == 302
    make.run_jobs()
    assert Paper.objects.get().state == Paper.State.READ
    item = PaperFile.objects.get()
    original = client.get(reverse("documents:original", args=[item.pk]))
    body = b"".join(original.streaming_content)
    assert hashlib.sha256(body).hexdigest() == hashlib.sha256(whole).hexdigest() == item.sha256
    assert original["Content-Length"] == str(len(whole))
    picture = client.get(reverse("documents:page_image", args=[PageImage.objects.get().pk]))
    assert b"".join(picture.streaming_content)[8:12] == b"WEBP"
    for response in (original, picture):
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"
    pieces = [name for name in default_storage.listdir("drafts")[1] if name[-8:].isdigit()]
    assert pieces == []
    assert item.stored_as in names_in_store()
    with pytest.raises(NotImplementedError):  # a file has no address of its own
        default_storage.url(item.stored_as)


def test_a_letter_is_kept_in_the_bucket(client: Client, store: Bucket) -> None:
    make.invite(make.refer())
    letter = Letter.objects.get(kind=Letter.Kind.INVITATION)
    client.force_login(make.make_user(roles.OFFICER))
    page = client.get(f"/surat/{letter.pk}/pdf/")
    assert b"".join(page).startswith(b"%PDF")


def test_a_file_that_is_not_there_is_missing_as_on_a_disk(store: Bucket) -> None:
    for ask in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask("papers/none")
    assert not default_storage.exists("papers/none")
    assert default_storage.listdir("nowhere") == ([], [])
    default_storage.delete("papers/none")


def test_nothing_kept_is_written_over(store: Bucket) -> None:
    first = default_storage.save("papers/one", ContentFile(b"first"))
    second = default_storage.save("papers/one", ContentFile(b""))
    with default_storage.open(first) as one, default_storage.open(second) as other:
        assert (one.read(), one.size, other.read(), other.size) == (b"first", 5, b"", 0)
    assert set(default_storage.listdir("papers")[1]) >= {"one", second.removeprefix("papers/")}


def test_a_store_that_is_away_is_said_in_plain_words_and_nothing_is_half_kept(
    client: Client, store_away: None
) -> None:
    client.raise_request_exception = False
    vendor = make.refer()
    client.force_login(make.owner_of(vendor))
    at = reverse("workflows:hand_in_paper", args=[vendor.pk, "ktp"])
    answer = client.post(at, {"files": [make.photo()]})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Sistem sedang tidak dapat dihubungi" in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_job_waits_for_the_store_and_is_not_given_up(store: Bucket, settings: Settings) -> None:
    vendor = make.refer()
    make.hand_in(vendor, "ktp")
    keep_files_in(Bucket("http://127.0.0.1:9", "mitra", "k", "s"), settings)
    with pytest.raises(StoreAway):
        default_storage.exists("papers/none")
    make.run_jobs()
    job = Job.objects.get(kind=Job.Kind.READ_PAPER)
    assert (job.state, job.errors, job.attempts) == (Job.State.QUEUED, 0, 0)
    assert Paper.objects.get().state == Paper.State.RECEIVED
