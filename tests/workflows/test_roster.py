"""The attendance list on paper: every seat a row, no telephone number, rows that are no passes."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import Agency
from tests import factories as make
from training import actions
from training.models import Seat

pytestmark = pytest.mark.django_db


def test_the_list_names_every_seat_and_bears_no_number_and_no_pass(client: Client) -> None:
    session = make.make_session()
    firm = make.invite(make.refer(name="Contoh Kue"), session)
    Seat.objects.create(
        session=session,
        agency=Agency.objects.get(code="dindik"),
        person_name="Contoh Pegawai",
        person_role="Bendahara",
        given_by=session.trainer,
    )
    client.force_login(session.trainer)
    url = reverse("workflows:roster_pdf", args=[session.pk])
    answer = client.get(url)
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert "DAFTAR HADIR" in text.upper()
    for shown in ("Contoh Kue", firm.owner_name, "Contoh Pegawai", "Bendahara"):
        assert shown in text
    assert firm.phone[-8:] not in text
    assert actions.code_of(session.seats.get(vendor=firm)) not in text
    client.force_login(make.make_user(roles.TRAINER))
    assert client.get(url).status_code == 404
