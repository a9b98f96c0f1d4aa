"""What was to be erased is gone from every table and the store, figures and the chain stay, and a
backup brings nobody back."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from documents.models import Paper, PaperFile
from onboarding import roles
from onboarding.actions import cancel_sheet
from onboarding.models import ReferralSheet, SheetRow, Status, User, Vendor
from tests import factories as make
from tests.trail import at_the_end_of_the_transaction
from workflows import actions, audit, erasure_list, jobs
from workflows.erasure import GOES_WHOLE, TABLE
from workflows.errors import NotAllowed, Refused
from workflows.flows import CaseFlow
from workflows.models import (
    AuditEvent,
    AuditSample,
    Case,
    Consent,
    Erasure,
    Job,
    Look,
    SampledCase,
)
from workflows.verifying import verify_trail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

pytestmark = pytest.mark.django_db
PERSON = {
    "name": "Contoh Terhapus Jaya",
    "owner_name": "Contoh Sulastri Terhapus",
    "nik": "3599010101900077",
    "npwp": "1000000000770077",
    "nib": "0000000770077",
    "phone": "081299770077",
    "email": "sulastri.terhapus@contoh.test",
    "address": "Jalan Terhapus 77",
}
TOLD = "Sulastri pindah ke Jalan Terhapus"


@pytest.fixture
def firm() -> Vendor:
    """A firm with messages, notes and a look at it, whose owner left three years ago."""
    return a_firm()


@pytest.fixture
def firm_with_papers() -> Vendor:
    """The same with a paper that was read."""
    return a_firm(has_papers=True)


def a_firm(*, has_papers: bool = False) -> Vendor:
    vendor = make.refer(**PERSON)
    owner = make.owner_of(vendor)
    User.objects.filter(pk=owner.pk).update(full_name=PERSON["owner_name"])
    if has_papers:
        make.hand_in(vendor, "ktp", by=owner)
        make.run_jobs()
    actions.propose_correction(
        vendor, fact="address", value="Jalan Terhapus 78", reason=TOLD, by=owner
    )
    actions.open_complaint(
        topic="fee", text=TOLD, contact=PERSON["email"], key=str(uuid.uuid4()), by=owner
    )
    Look.objects.create(vendor=vendor, by=make.make_user(roles.OFFICER), what="case", role="x")
    case = Case.objects.create(flow_class=CaseFlow, vendor=vendor, region=vendor.region,
                               stage="CLOSED", finished=timezone.now())  # fmt: skip
    auditor = make.make_user(roles.AUDITOR)
    sample = AuditSample.objects.create(
        assignment=make.assign(auditor), method="random", seed="a", size=1, drawn_by=auditor
    )
    SampledCase.objects.create(sample=sample, case=case, position=1, note=TOLD)
    actions.leave_programme(vendor, reason=TOLD, by=owner)
    Vendor.objects.filter(pk=vendor.pk).update(status_at=timezone.now() - timedelta(days=1100))
    return vendor.refresh()


def head_of_office() -> User:
    return make.make_user(roles.MANAGER)


def erase(vendor: Vendor, *, by: User | None = None) -> Erasure:
    actions.list_erasures(1, by=User.objects.system(), beat=lambda: None)
    erasing = Erasure.objects.get(vendor=vendor)
    actions.confirm_erasure(
        erasing, reason="Waktunya habis", send=lambda _job: None, by=by or head_of_office()
    )
    make.run_jobs()
    erasing.refresh_from_db()
    return erasing


def every_text() -> Iterator[tuple[str, str]]:
    """Every value of every text and JSON column of the house, with where it stands."""
    for model in apps.get_models():
        columns = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        if model._meta.managed and not model._meta.proxy and columns:
            for row in model._default_manager.values_list(*columns):
                for column, value in zip(columns, row, strict=True):
                    yield f"{model._meta.label}.{column}", json.dumps(value, default=str)


def where_is(*words: str) -> set[str]:
    low = [word.lower() for word in words]
    return {place for place, text in every_text() if any(word in text.lower() for word in low)}


def test_nothing_of_the_person_is_left_in_any_table_or_file(firm_with_papers: Vendor) -> None:
    firm = firm_with_papers
    words = ("terhapus", "sulastri", *(PERSON[key] for key in ("nik", "npwp", "nib")), "99770077")
    assert where_is(*words)
    files = list(PaperFile.objects.filter(paper__vendor=firm).values_list("stored_as", flat=True))
    assert files
    assert all(map(default_storage.exists, files))
    erasing = erase(firm)
    assert erasing.state == Erasure.State.DONE
    # Single words by which a mistyped search is mended; they lead to no firm.
    assert where_is(*words) - {"onboarding.FirmWord.word"} == set()
    assert not any(map(default_storage.exists, files))


def test_figures_stay_and_the_chain_holds(firm_with_papers: Vendor) -> None:
    firm = firm_with_papers
    before = (AuditEvent.objects.filter(vendor=firm).count(), Paper.objects.count(), firm.status)
    consents = Consent.objects.filter(vendor=firm).count()
    at_the_end_of_the_transaction()
    erase(firm)
    at_the_end_of_the_transaction()
    verdict = verify_trail()
    assert verdict.ok
    gone = firm.refresh()
    after = AuditEvent.objects.filter(vendor=firm).exclude(
        act__in=("confirm_erasure", "erase_data")
    )
    assert (after.count(), Paper.objects.count(), gone.status) == before
    assert gone.region_id == firm.region_id
    assert Consent.objects.filter(vendor=firm).count() == consents
    assert Look.objects.filter(vendor=firm).exists()


def test_the_account_of_an_owner_without_another_firm_is_closed(firm: Vendor) -> None:
    owner = make.owner_of(firm)
    erase(firm)
    owner.refresh_from_db()
    assert (owner.is_active, owner.phone) == (False, None)
    assert not owner.has_usable_password()


def test_an_owner_with_another_firm_keeps_the_account(firm: Vendor) -> None:
    owner = make.owner_of(firm)
    other = make.refer()
    make.confirm_contact(other, owner, by=make.make_user(roles.OFFICER))
    erase(firm)
    owner.refresh_from_db()
    assert owner.is_active
    assert owner.full_name == PERSON["owner_name"]


def test_the_time_of_keeping_hangs_on_the_outcome(firm: Vendor) -> None:
    today = timezone.localdate()
    assert list(actions.erasing.overdue(today)) == [firm]
    audit.record("approve", by=User.objects.system(), vendor=firm)
    assert not actions.erasing.overdue(today)
    Vendor.objects.filter(pk=firm.pk).update(status_at=timezone.now() - timedelta(days=3700))
    assert list(actions.erasing.overdue(today)) == [firm]


def test_who_is_on_the_road_is_never_due_and_cannot_ask() -> None:
    vendor = make.refer()
    Vendor.objects.filter(pk=vendor.pk).update(status_at=timezone.now() - timedelta(days=9000))
    assert not actions.erasing.overdue(timezone.localdate())
    with pytest.raises(Refused, match=r"programme|program"):
        actions.ask_erasure(vendor, by=make.owner_of(vendor))


def test_only_the_head_of_the_office_decides_and_once(firm: Vendor) -> None:
    actions.list_erasures(1, by=User.objects.system(), beat=lambda: None)
    erasing = Erasure.objects.get()
    for role in (roles.ADMIN, roles.OFFICER, roles.AUDITOR):
        with pytest.raises(NotAllowed):
            actions.keep_data(erasing, reason="Contoh", by=make.make_user(role))
    actions.keep_data(erasing, reason="Sengketa", by=head_of_office())
    with pytest.raises(Refused):
        actions.keep_data(erasing, reason="Sengketa", by=head_of_office())
    assert not actions.erasing.overdue(timezone.localdate())
    assert list(actions.erasing.overdue(timezone.localdate() + timedelta(days=366))) == [firm]


def test_an_owner_who_left_asks_and_reads_the_answer(client: Client, firm: Vendor) -> None:
    client.force_login(make.owner_of(firm))
    client.cookies["django_language"] = "en"
    client.post(f"/saya/{firm.pk}/data/hapus/")
    erasing = Erasure.objects.get(ground=Erasure.Ground.REQUEST)
    head = head_of_office()
    client.force_login(head)
    body = {f"{erasing.pk}-act": "keep", f"{erasing.pk}-reason": "Masih ada pemeriksaan"}
    client.post(f"/penghapusan/{erasing.pk}/", body)
    client.force_login(make.owner_of(firm))
    page = client.get(f"/saya/{firm.pk}/data/").content.decode()
    assert "Masih ada pemeriksaan" in page


def test_a_backup_brings_nobody_back(firm: Vendor) -> None:
    owner_name, kept = firm.owner_name, Vendor.objects.filter(pk=firm.pk).values()[0]
    erasing = erase(firm)
    assert str(erasing.key) in {line.key for line in erasure_list.kept()}
    # The backup is from before: the firm as it was on its road, and no word of its erasure.
    Erasure.objects.all().delete()
    Vendor.objects.filter(pk=firm.pk).update(**kept | {"status": Status.ELIGIBLE})
    printed = io.StringIO()
    call_command("replay_erasures", "--print", stdout=printed)
    assert owner_name not in printed.getvalue()
    said = io.StringIO()
    call_command("replay_erasures", stdout=said)
    assert firm.refresh().owner_name == ""
    call_command("replay_erasures", stdout=said)
    assert Erasure.objects.filter(vendor=firm).count() == 1


def test_a_worker_that_was_killed_between_rows_and_files_goes_on(firm_with_papers: Vendor) -> None:
    firm = firm_with_papers
    actions.list_erasures(1, by=User.objects.system(), beat=lambda: None)
    erasing = Erasure.objects.get(vendor=firm)
    actions.confirm_erasure(erasing, reason="x", send=lambda _job: None, by=head_of_office())
    beats = iter(["rows", "killed"])

    def beat() -> None:
        if next(beats) == "killed":
            raise jobs.LeaseLost

    with pytest.raises(jobs.LeaseLost):
        actions.erase_firm(erasing.pk, by=User.objects.system(), beat=beat)
    erasing.refresh_from_db()
    assert erasing.files
    Erasure.objects.update(decided_at=timezone.now() - timedelta(hours=2))
    work = actions.erasures_due(now=timezone.now())
    assert (Job.Kind.ERASE_FIRM.value, erasing.pk) in work
    make.run_jobs()
    erasing.refresh_from_db()
    assert (erasing.state, erasing.files) == (Erasure.State.DONE, [])


def come_back(firm: Vendor) -> None:
    actions.welcome_back(firm, by=User.objects.system())


def be_merged(firm: Vendor) -> None:
    actions.merge_firms(kept=make.refer(), merged=firm, by=make.make_user(roles.OFFICER))


@pytest.mark.parametrize("meanwhile", [come_back, be_merged])
def test_a_firm_that_lives_again_after_the_confirmation_keeps_its_data_and_reads_why(
    firm: Vendor, meanwhile: Callable[[Vendor], None]
) -> None:
    actions.list_erasures(1, by=User.objects.system(), beat=lambda: None)
    erasing = Erasure.objects.get(vendor=firm)
    actions.confirm_erasure(erasing, reason="x", send=lambda _job: None, by=head_of_office())
    erasure_list.write(erasing)  # by a worker that was killed before the rows
    meanwhile(firm)
    make.run_jobs()
    assert firm.refresh().owner_name == PERSON["owner_name"]
    erasing.refresh_from_db()
    assert (erasing.state, erasing.done_at) == (Erasure.State.KEPT, None)
    assert AuditEvent.objects.get(vendor=firm, act="keep_data").reason == erasing.reason != ""
    assert str(erasing.key) not in {line.key for line in erasure_list.kept()}


#: Text that may stay when a firm's data goes, and why; whatever is new has to be put somewhere.
STAYS = {
    "who looked, in which role": {"workflows.Look"},
    "what was agreed to, in which words": {"workflows.Consent"},
    "a number of the house, a state or a hash": {
        "onboarding.Membership", "onboarding.RuleFlip", "workflows.AccessLink", "workflows.Case",
        "workflows.ContactChoice", "workflows.Erasure", "workflows.CorrectionRequest",
        "documents.PaperMissed", "workflows.RedFlag", "workflows.AuditPack", "workflows.ChainLink",
    },
    "answers to questions of a lesson": {"training.QuizResult"},
    "goes whole": {"documents.PaperDraft", "documents.DraftPage"},
    "goes with the one who wrote it": {"workflows.Ticket", "workflows.TicketEntry"},
    "has an act of its own": {"onboarding.SheetRow"},
}  # fmt: skip


def test_every_table_about_a_firm_is_in_the_list_of_what_goes_or_of_what_stays() -> None:
    named = {label for label, _way, _columns in TABLE} | set().union(*STAYS.values())
    about: set[type[models.Model]] = {Vendor}
    while more := {
        model
        for model in set(apps.get_models()) - about
        for field in model._meta.concrete_fields
        if field.related_model in about  # also through a case, a seat, a paper
    }:
        about |= more
    goes_whole = {label for label, _way in GOES_WHOLE}
    assert {model._meta.label for model in about - {Vendor}} - named - goes_whole == set()


def test_the_original_of_a_list_goes_at_once_with_a_firm_in_it_and_what_proves_it_stays(
    firm: Vendor, client: Client
) -> None:
    sheet, busy = (list_naming(firm, state=state) for state in ("ENTERED", "READ"))
    file, content = sheet.stored_as, PERSON["nik"].encode()
    erase(firm)
    sheet.refresh_from_db()
    assert not default_storage.exists(file)
    assert (sheet.stored_as, sheet.sha256) == ("", hashlib.sha256(content).hexdigest())
    assert PERSON["nik"] not in json.dumps(sheet.layout)
    client.force_login(head := make.make_user(roles.OFFICER))
    client.cookies["django_language"] = "en"
    page = client.get(f"/usulan/daftar/{sheet.pk}/").content.decode()
    assert sheet.original_name in page
    assert sheet.sha256 in page
    assert "3 rows" in page
    busy.refresh_from_db()
    assert default_storage.exists(busy.stored_as), "it is still worked on, and goes when it is over"
    cancel_sheet(busy, by=head)
    actions.list_erasures(2, by=User.objects.system(), beat=lambda: None)
    assert not default_storage.exists(busy.stored_as)


def list_naming(firm: Vendor, *, state: str) -> ReferralSheet:
    """A list in which a row was recognised as this firm, and whose columns were shown."""
    content = PERSON["nik"].encode()
    sheet: ReferralSheet = ReferralSheet.objects.create(
        agency=make.make_user(roles.AGENCY).agency, state=state, rows_read=3, size=len(content),
        original_name="contoh.csv", sha256=hashlib.sha256(content).hexdigest(),
        stored_as=default_storage.save("sheets/contoh", ContentFile(content)),
        layout={"sheets": [{"columns": [{"reason": "title", "samples": [PERSON["nik"]]}]}]},
        received_by=make.make_user(roles.AGENCY),
    )  # fmt: skip
    said = {"received": {"nik": PERSON["nik"]}, "verdict": "linked"}
    SheetRow.objects.create(sheet=sheet, row=2, known_vendor=firm, **said)
    return sheet
