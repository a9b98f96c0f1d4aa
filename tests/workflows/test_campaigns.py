"""From the letter to the answer: every office asked, reminded by number, counted once."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from python_calamine import load_workbook

import onboarding.actions
import onboarding.errors
from onboarding import roles
from onboarding.models import Agency, Campaign, Standing, User
from onboarding.tables import write_table
from tests import factories as make
from tests.onboarding import lists
from tests.workflows import campaigns as ask
from workflows import actions, responses, tasks
from workflows.errors import NotAllowed, NumberTaken, Refused
from workflows.messages import LINK_MARK, with_link
from workflows.models import AuditEvent, Holiday, Letter, LetterRun, Message

pytestmark = pytest.mark.django_db


def officer() -> User:
    return make.make_user(roles.OFFICER)


def written(campaign: Campaign, by: User, **run: object) -> LetterRun:
    ordered = actions.order_run(campaign, send=lambda _pk: None, by=by, **run)  # type: ignore[arg-type]  # as a view passes them
    make.run_jobs()
    ordered.refresh_from_db()
    return ordered


def standing(campaign: Campaign, code: str = "dindik") -> Standing:
    return ask.asked(campaign, code).standing(timezone.localdate())


def test_a_request_is_due_so_many_working_days_after_the_letter_over_holidays() -> None:
    Holiday.objects.all().delete()
    Holiday.objects.create(day=date(2026, 12, 25), name="Natal")
    campaign = ask.draft(dated_on=date(2026, 12, 22), days=3)
    assert campaign.due_on == date(2026, 12, 28)  # Wed, Thu, not Christmas, not the weekend, Mon


def test_the_whole_loop_from_the_letter_to_the_answer() -> None:
    by, staff = officer(), make.make_user(roles.AGENCY)
    campaign = ask.draft("dindik", "dinkes", by=by)
    run = written(campaign, by)
    with default_storage.open(run.stored_as) as stored, pikepdf.Pdf.open(stored) as bundle:
        assert len(bundle.pages) >= 2
    numbered = actions.number_run(
        campaign, first="027/81/022.1/2026", dated_on=timezone.localdate(), by=by
    )
    assert [letter.number for letter in numbered] == ["027/81/022.1/2026", "027/82/022.1/2026"]
    written(campaign, by, signed_by_name="Contoh Kepala Biro", signed_on=timezone.localdate())
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.State.SIGNED}
    actions.send_campaign(campaign, by=by)
    message = Message.objects.get(to=staff.email)
    assert LINK_MARK in message.body
    assert ask.link(ask.asked(campaign)) in with_link(message)
    sheet = onboarding.actions.receive_sheet(
        file=lists.file_of([make.values()]),
        agency=Agency.objects.get(code="dindik"),
        request=ask.asked(campaign),
        by=staff,
    )
    make.run_jobs()
    onboarding.actions.confirm_sheet(sheet, by=staff)
    make.run_jobs()
    line = responses.lines_of(campaign, by, timezone.localdate())[1]
    assert (line.standing, line.rows, line.named) == (Standing.ANSWERED, 1, 1)
    acts = list(AuditEvent.objects.values_list("act", flat=True))
    assert {"make_campaign", "write_letters", "send_campaign", "sign_letter"} <= set(acts)


def test_a_run_is_numbered_as_a_whole_or_not_at_all() -> None:
    by, today = officer(), timezone.localdate()
    first = ask.draft(by=by)
    written(first, by)
    cancelled = Letter.objects.filter(request__campaign=first).latest("pk")
    actions.number_letter(cancelled, number="027/12/2026", dated_on=today, by=by)
    cancelled.refresh_from_db()
    actions.cancel_letter(cancelled, reason="Salah alamat", by=by)
    with pytest.raises(NumberTaken, match="027/12/2026"):
        actions.number_run(first, first="027/11/2026", dated_on=today, by=by)
    with pytest.raises(NumberTaken, match="dua kali"):
        actions.number_run(first, numbers="9/1\n9/1", dated_on=today, by=by)
    with pytest.raises(Refused, match="2 surat menunggu nomor"):
        actions.number_run(first, numbers="9/1", dated_on=today, by=by)
    assert not Letter.objects.filter(state=Letter.State.NUMBERED).exists()
    with pytest.raises(NotAllowed):
        actions.number_run(first, first="1", dated_on=today, by=make.make_user(roles.AUDITOR))


def test_a_cancelled_letter_is_written_anew_and_no_office_gets_two() -> None:
    by = officer()
    campaign = ask.draft("dindik", by=by)
    written(campaign, by)
    written(campaign, by)
    assert Letter.objects.count() == 1
    actions.cancel_letter(Letter.objects.latest("pk"), reason="Salah alamat", by=by)
    written(campaign, by)
    assert Letter.objects.exclude(state=Letter.State.CANCELLED).count() == 1


def test_the_letters_own_date_moves_the_date_of_the_request() -> None:
    by = officer()
    campaign = ask.draft("dindik", by=by)
    written(campaign, by)
    earlier = timezone.localdate() - timedelta(days=7)
    actions.number_run(campaign, first="5/1", dated_on=earlier, by=by)
    letter = Letter.objects.get()
    actions.send_campaign(campaign, by=by)
    due_on = ask.asked(campaign).due_on
    assert due_on
    assert due_on < campaign.due_on
    assert str(due_on.year) in letter.content["due_on"]
    assert letter.content["due_on"].startswith(f"{due_on.day} ")


def test_an_office_says_nothing_and_sends_a_list_after_all() -> None:
    campaign, staff = ask.sent(), make.make_user(roles.AGENCY)
    request = ask.asked(campaign)
    said = {"via": "account", "said_by": "Contoh Kepala", "note": "Belum belanja daring"}
    onboarding.actions.answer_request(request, kind="nothing", by=staff, **said)
    assert standing(campaign) == Standing.NOTHING
    sheet = onboarding.actions.receive_sheet(
        file=lists.file_of([make.values()]), agency=request.agency, request=request, by=staff
    )
    assert standing(campaign) == Standing.ANSWERED
    with pytest.raises(onboarding.errors.Refused, match="sudah kami terima"):
        onboarding.actions.answer_request(request, kind="nothing", by=staff, **said)
    make.run_jobs()
    onboarding.actions.cancel_sheet(sheet, by=staff)
    assert standing(campaign) == Standing.NOTHING  # the list was taken back, the word stands


def test_one_business_by_the_form_is_an_answer_too() -> None:
    campaign, staff = ask.sent(), make.make_user(roles.AGENCY)
    request = ask.asked(campaign)
    onboarding.actions.refer_vendor(
        values=make.values(), agency=request.agency, request=request, by=staff
    )
    assert standing(campaign) == Standing.ANSWERED
    assert responses.rate(responses.lines_of(campaign, officer(), timezone.localdate())).answered


def test_nobody_answers_for_another_office() -> None:
    campaign, stranger = ask.sent(), make.make_user(roles.AGENCY, agency="dinkes")
    request = ask.asked(campaign)
    with pytest.raises(onboarding.errors.NotAllowed):
        onboarding.actions.answer_request(
            request, kind="nothing", via="account", said_by="X", note="-", by=stranger
        )
    with pytest.raises(onboarding.errors.NotAllowed):
        onboarding.actions.receive_sheet(
            file=lists.file_of([make.values()]),
            agency=stranger.agency,
            request=request,
            by=stranger,
        )


def test_silent_offices_are_reminded_by_number_and_once() -> None:
    campaign, by = ask.late(), officer()
    today = ask.open_day()
    keys = [request.pk for request in campaign.requests.all()]

    def remind(day: date) -> int:
        done = onboarding.actions.remind_offices(campaign, request_ids=keys, today=day, by=by)
        return len(done)

    make.make_user(roles.AGENCY)
    said = {"via": "phone", "said_by": "Contoh", "note": "Tidak ada"}
    onboarding.actions.answer_request(ask.asked(campaign, "dinkes"), kind="nothing", by=by, **said)
    assert (remind(today), remind(today)) == (2, 0)
    assert remind(today + timedelta(days=1)) == 2
    assert ask.asked(campaign).reminders == 2
    messages = Message.objects.filter(kind="request_reminder")
    said_now = {message.subject.split(":")[0] for message in messages}
    assert said_now == {"Pengingat I", "Pengingat II"}
    written(campaign, by, reminder=2)
    assert Letter.objects.filter(reminder=2, subject__startswith="Pengingat II:").count() == 2


def test_the_beat_reminds_after_the_set_days_and_stops_at_the_set_number() -> None:
    Holiday.objects.all().delete()
    campaign, system = ask.late("dindik", "dinkes"), User.objects.system()
    onboarding.actions.answer_request(
        ask.asked(campaign, "dinkes"), kind="more_time", via="phone", said_by="X", note="Audit",
        wanted_on=timezone.localdate() + timedelta(days=40), by=officer(),
    )  # fmt: skip
    days = [ask.open_day(), ask.open_day(1), ask.open_day(7), ask.open_day(14), ask.open_day(21)]
    reminded = [actions.remind_silent(today=day, by=system) for day in days]
    assert (sum(reminded), reminded[0], reminded[-1]) == (2, 1, 0)
    assert ask.asked(campaign, "dinkes").reminders == 0  # it waits for an officer's word


def test_a_closed_campaign_takes_no_answer_and_reminds_nobody() -> None:
    campaign, by = ask.late(), officer()
    onboarding.actions.close_campaign(campaign, by=by)
    with pytest.raises(onboarding.errors.Refused):
        onboarding.actions.answer_request(
            ask.asked(campaign), kind="note", via="phone", said_by="X", note="-", by=by
        )
    with pytest.raises(onboarding.errors.Refused):
        onboarding.actions.remind_offices(
            campaign, request_ids=[], today=timezone.localdate(), by=by
        )


def test_last_years_campaign_is_drafted_anew_a_year_later() -> None:
    by = officer()
    campaign = ask.sent(by=by)
    request = ask.asked(campaign)
    onboarding.actions.change_contact(
        request, addressee="Kepala Contoh", contact_name="Contoh", email="", phone="", by=by
    )
    again = actions.replay_campaign(campaign, by=by)
    assert (again.state, again.criteria, again.criteria_version) == ("DRAFT", campaign.criteria, 2)
    assert again.title.endswith("2027")
    assert again.dated_on.year == campaign.dated_on.year + 1
    assert again.due_on > again.dated_on
    assert ask.asked(again).addressee == "Kepala Contoh"
    assert not ask.asked(again).token_hash
    with pytest.raises(onboarding.errors.Refused):
        actions.replay_campaign(again, by=by)


def test_a_draft_whose_letters_are_written_keeps_its_offices_and_writes_them_anew() -> None:
    by = officer()
    campaign = ask.draft("dindik", "dinkes", by=by)
    written(campaign, by)
    values = {key: getattr(campaign, key) for key in ("title", "question", "criteria", "dated_on")}
    values |= {"days": 9, "title": "Judul lain"}
    kept = list(campaign.requests.values_list("agency_id", flat=True))
    with pytest.raises(onboarding.errors.Refused):
        actions.change_campaign(campaign, values=values, agency_ids=kept[:1], by=by)
    actions.change_campaign(campaign, values=values, agency_ids=kept, by=by)
    written(campaign, by)
    live = Letter.objects.exclude(state=Letter.State.CANCELLED)
    assert set(live.values_list("subject", flat=True)) == {"Judul lain"}


def test_a_campaign_to_seventy_offices_is_replayed_with_every_rate_right() -> None:
    by = officer()
    offices = Agency.objects.exclude(kind="bureau").order_by("pk")[:70]
    past = ask.late(*(office.code for office in offices))
    again = actions.send_campaign(actions.replay_campaign(past, by=by), by=by)
    assert again.requests.count() == 70
    for number, request in enumerate(past.requests.select_related("agency", "campaign")):
        if number % 7 == 0:  # ten say that they have nothing
            onboarding.actions.answer_request(
                request, kind="nothing", via="phone", said_by="Contoh", note="-", by=by
            )
        elif number % 2:  # thirty name a firm
            onboarding.actions.refer_vendor(
                values=make.values(), agency=request.agency, request=request, by=by
            )
    lines = responses.lines_of(past, by, timezone.localdate())
    total = responses.rate(lines)
    assert (total.asked, total.answered, total.nothing, total.silent) == (70, 30, 10, 30)
    assert (total.percent, total.late, total.median_days) == (57, 40, 30)
    assert sum(rate.asked for rate in responses.by_kind(lines)) == 70
    assert sum(rate.answered for rate in responses.by_region(lines)) == 30
    fresh = responses.rate(responses.lines_of(again, by, timezone.localdate()))
    assert (fresh.asked, fresh.percent, fresh.silent) == (70, 0, 0)


def test_the_monthly_note_is_written_once_to_each_person_of_an_office() -> None:
    staff = make.make_user(roles.AGENCY)
    make.make_user(roles.AGENCY, agency="dinkes")  # its office named nobody
    make.refer(by=staff)
    month = timezone.localdate().year * 100 + timezone.localdate().month
    system = User.objects.system()
    assert actions.write_notes(month, by=system, beat=lambda: None) == 1
    assert actions.write_notes(month, by=system, beat=lambda: None) == 0
    note = Message.objects.get(kind="monthly_note")
    assert (note.to, "Diusulkan seluruhnya: 1" in note.body) == (staff.email, True)
    assert staff.agency
    assert staff.agency.short_name in note.subject


def test_the_note_is_ordered_on_the_first_working_day_and_once_a_month() -> None:
    Holiday.objects.all().delete()
    Holiday.objects.create(day=date(2027, 1, 1), name="Tahun Baru")
    assert actions.note_due(date(2027, 1, 3)) is None  # Friday is a holiday, then the weekend
    assert actions.note_due(date(2027, 1, 4)) == 202612
    tasks.jobs.order("write_notes", 202612, send=lambda _pk: None)
    assert actions.note_due(date(2027, 1, 5)) is None


def test_what_is_exported_holds_no_formula() -> None:
    content = io.BytesIO()
    write_table(content, sheet="Contoh", titles=["A"], rows=[["=1+1"], [3], [None]])
    content.seek(0)
    sheet = load_workbook(content).get_sheet_by_index(0)
    assert sheet.to_python() == [["A"], ["'=1+1"], [3.0]]
