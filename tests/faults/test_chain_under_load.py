"""Twenty who write at once leave one chain without a fork, and none waits for another for ever."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from onboarding import roles
from onboarding.models import Vendor
from tests import factories as make
from workflows import audit
from workflows.models import AuditEvent
from workflows.verifying import verify_trail

if TYPE_CHECKING:
    from onboarding.models import User

pytestmark = pytest.mark.usefixtures("office")
WRITERS, ACTS = 20, 15


def test_writers_at_once_leave_one_chain() -> None:
    people = [make.make_user(roles.OFFICER) for _ in range(WRITERS)]
    firms = [make.refer() for _ in range(2)]

    def write(by: User, first: int) -> None:
        try:
            for act in range(ACTS):
                with transaction.atomic():
                    # An event before a row is waited for: a chain that were locked by then would
                    # close a circle with the writer who holds the row and wants the chain.
                    if act % 2:
                        audit.record("claim_case", by=by, number=act)
                    firm = Vendor.objects.select_for_update().get(pk=firms[first].pk)
                    audit.record("claim_case", by=by, vendor=firm, number=act)
        finally:
            connection.close()

    before = AuditEvent.objects.count()
    threads = [
        threading.Thread(target=write, args=(by, place % 2)) for place, by in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    verdict = verify_trail()
    assert (verdict.ok, verdict.events) == (True, before + WRITERS * (ACTS + ACTS // 2))
