"""One request to twenty offices that went out a month ago: lists, "nothing", and silence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

import onboarding.actions
from onboarding.models import Agency, Campaign, Referral, ReferralRequest, RequestAnswer, User
from workflows import actions
from workflows.demo.firms import invent
from workflows.demo.people import OFFICES
from workflows.demo.sheets import fresh
from workflows.office_letters import due_from

if TYPE_CHECKING:
    from collections.abc import Mapping

AGO = timedelta(days=32)
OTHERS = (
    "dlh", "dispora", "satpol-pp", "bappeda", "bpbd", "pemkab-gresik", "pemkab-ngawi",
    "pemkot-kediri",
)  # fmt: skip
#: Days after the letter at which the offices answered with firms; the others did not.
ANSWERED = {"dindik": 2, "dinkes": 5, "disperindag": 7, "pemkot-malang": 9, "pemkab-jember": 21}
NOTHING = {"bkd": "Tidak ada belanja pada usaha mikro tahun ini.", "dpu-bina-marga": "Nihil."}
QUESTION = (
    "Mohon menyampaikan daftar usaha mikro, kecil, dan menengah yang sering menjadi tempat belanja"
    " kantor Saudara, agar dapat kami undang mengikuti bimbingan teknis JATIM BEJO."
)
CRITERIA = (
    "memiliki atau bersedia mengurus NIB\nberusaha di wilayah Jawa Timur\n"
    "menjual barang atau jasa yang dibeli pemerintah paling banyak Rp50 juta setiap transaksi"
)


def bring_campaign(people: Mapping[str, User]) -> Campaign:
    """Send it, answer it in the ways in which offices answer, then move it into the past."""
    by, system = people["petugas"], User.objects.system()
    values = {
        "title": "Permohonan data UMKM tempat belanja tahun 2026",
        "question": QUESTION,
        "criteria": CRITERIA,
        "dated_on": timezone.localdate(),
        "days": 10,
    }
    offices = Agency.objects.filter(code__in=(*OFFICES, *OTHERS))
    campaign = actions.make_campaign(values=values, agency_ids=[o.pk for o in offices], by=by)
    campaign = actions.send_campaign(campaign, by=by)
    requests = {one.agency.code: one for one in campaign.requests.select_related("agency")}
    for number, code in enumerate(ANSWERED):
        row = fresh(invent(1, seed=70 + number)[0], 700 + number)
        onboarding.actions.refer_vendor(
            values=row, agency=requests[code].agency, request=requests[code], by=people[code]
        )
    for code, note in NOTHING.items():
        onboarding.actions.answer_request(
            requests[code],
            kind=RequestAnswer.Kind.NOTHING,
            via=RequestAnswer.Via.LINK,
            said_by="Contoh Sekretaris",
            note=note,
            by=system,
        )
    onboarding.actions.answer_request(
        requests["dishub"],
        kind=RequestAnswer.Kind.MORE_TIME,
        via=RequestAnswer.Via.PHONE,
        said_by="Contoh Kepala Subbagian Umum",
        note="Sedang ada pemeriksaan.",
        wanted_on=timezone.localdate() + timedelta(days=7),
        by=by,
    )
    _move_back(campaign)
    silent = [requests[code].pk for code in OTHERS[:4]]
    onboarding.actions.remind_offices(
        campaign, request_ids=silent, today=timezone.localdate(), by=by
    )
    return campaign


def _move_back(campaign: Campaign) -> None:
    sent_at = timezone.now() - AGO
    dated_on = timezone.localdate(sent_at)
    due_on = due_from(dated_on, campaign.days)
    Campaign.objects.filter(pk=campaign.pk).update(
        dated_on=dated_on, due_on=due_on, sent_at=sent_at, created_at=sent_at
    )
    ReferralRequest.objects.filter(campaign=campaign).update(asked_at=sent_at, due_on=due_on)
    RequestAnswer.objects.filter(request__campaign=campaign).update(at=sent_at + timedelta(days=4))
    for code, days in ANSWERED.items():
        named = Referral.objects.filter(request__campaign=campaign, agency__code=code)
        named.update(created_at=sent_at + timedelta(days=days))
