"""A paper and a letter go their way over two hosts."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bench.failing.ground import people
from bench.failing.ground.hosts import wait
from bench.failing.ground.web import signed_in, upload
from bench.failing.table import Figure, all_of, none_of
from documents.models import PageImage, Paper, PaperFile
from onboarding import roles
from tests import factories as make
from tests.workflows import campaigns
from workflows.models import AuditEvent, LetterRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bench.failing.ground.hosts import Host

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HASH = """
import django; django.setup()
import hashlib, sys
from django.core.files.storage import default_storage
print(hashlib.sha256(default_storage.open(sys.argv[1]).read()).hexdigest())
"""


def figures(web: Host, work: Host, folder: Path, running: Mapping[str, Any]) -> Iterator[Figure]:
    """Send, read, look, order letters, fetch them; then see what each host has kept."""
    people.hurry()
    owner, desk = people.Owner(), signed_in(make.make_user(roles.OFFICER))
    picture = people.photo(1_000_000)
    body, kind = upload(picture)
    sent = web.ask(owner.path, body, {**owner.headers, **kind})
    yield all_of("a paper was sent to the web host", int(sent.status == 302), of=1)
    begun = time.monotonic()
    people.hand_in_deed(folder, 1)
    wait(lambda: not Paper.objects.exclude(state=Paper.State.READ).exists(), running)
    seconds = time.monotonic() - begun
    yield Figure(
        "it and a deed were read on the other host", "60 s", f"{seconds:.0f} s", seconds < 60
    )
    item, page = PaperFile.objects.earliest("pk"), PageImage.objects.earliest("pk")
    shown = web.ask(reverse("documents:page_image", args=[page.pk]), headers=desk)
    yield all_of(
        "the officer sees the page that was drawn there", int(shown.body[8:12] == b"WEBP"), of=1
    )
    digest = hashlib.sha256(picture).hexdigest()
    original = web.ask(reverse("documents:original", args=[item.pk]), headers=desk)
    here = hashlib.sha256(original.body).hexdigest()
    there = work.run("-c", HASH, item.stored_as)[1].split()[-1]
    yield all_of(
        "the original is the same on both, byte for byte", int(here == there == digest), of=1
    )
    campaign = campaigns.draft("dindik", "dinkes")
    web.ask(f"/permintaan/{campaign.pk}/surat/", b"act=write", {**desk, **FORM})
    wait(lambda: LetterRun.objects.exclude(stored_as="").exists(), running)
    bundle = web.ask(f"/permintaan/berkas/{LetterRun.objects.get().pk}/", headers=desk)
    yield all_of(
        "letters ordered here, bound there, fetched here", int(bundle.body[:4] == b"%PDF"), of=1
    )
    reads = AuditEvent.objects.filter(act="read_paper").count()
    yield Figure("papers read once each, with two schedulers", "2", str(reads), reads == 2)
    kept = web.files() | work.files()
    papers = {name for name in kept if not name.startswith(("static", "beat", "source", "."))}
    yield none_of(f"files of people on either host {sorted(papers)[:3]}", len(papers), of=len(kept))
