"""The page of what a newer reader sees differently, and of the order to look again."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import Paper, Reading, Rereading
from onboarding import roles
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = reverse("workflows:rereadings")


@pytest.fixture
def paper() -> Paper:
    """A deed that an older reader read."""
    paper = make.hand_in(make.refer(), "akta-pendirian")
    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.READ)
    Reading.objects.filter(paper=paper).update(reader_version="1", finished_at=timezone.now())
    return paper


def signed_in(client: Client, role: str) -> Client:
    client.force_login(make.make_user(role))
    return client


def changed(paper: Paper) -> Rereading:
    return Rereading.objects.create(
        paper=paper,
        from_version="1",
        to_version="2",
        asked_by=make.make_user(roles.ADMIN),
        finished_at=timezone.now(),
        is_in_force=True,
        changes=[
            {"field": "deed_date", "old": "2023-06-09", "new": "2023-06-10"},
            {"field": "persons.0.name", "old": "", "new": "CONTOH BUDI"},
            {"field": "check.deed_date_weekday", "old": "agrees", "new": "differs"},
            {"field": "kind", "old": "akta_pt", "new": "akta_cv"},
        ],
    )


def test_the_keeper_sees_how_many_papers_it_would_be_before_ordering(
    client: Client, paper: Paper
) -> None:
    keeper = signed_in(client, roles.ADMIN)
    since = timezone.localdate().isoformat()
    page = keeper.get(PAGE, {"since": since})
    assert page.context["would_be"] == 1
    assert not Rereading.objects.exists()
    page = keeper.post(PAGE, {"since": since, "until": ""}, follow=True)
    assert "1 " in str(next(iter(page.context["messages"])))
    assert page.context["waiting"] == "1"
    assert Rereading.objects.get().paper == paper


def test_a_period_without_a_beginning_is_asked_for_again(client: Client) -> None:
    page = signed_in(client, roles.ADMIN).post(PAGE, {"until": "2026-01-01"})
    assert page.status_code == 400
    assert "since" in page.context["form"].errors


def test_an_officer_sees_what_changed_in_words_but_orders_nothing(
    client: Client, paper: Paper
) -> None:
    changed(paper)
    officer = signed_in(client, roles.OFFICER)
    page = officer.get(PAGE)
    (row,) = page.context["rows"]
    assert next(change.old for change in row.changes) == "9 Juni 2023"
    assert "CONTOH BUDI" in page.content.decode()
    assert page.context["form"] is None
    assert officer.post(PAGE, {"since": "2026-01-01"}).status_code == 403


def test_the_keeper_sees_counts_and_no_values(client: Client, paper: Paper) -> None:
    changed(paper)
    page = signed_in(client, roles.ADMIN).get(PAGE)
    assert page.context["done"] == "1"
    assert "CONTOH BUDI" not in page.content.decode()


def test_an_owner_has_no_such_page(client: Client, paper: Paper) -> None:
    client.force_login(make.owner_of(paper.vendor))
    assert client.get(PAGE).status_code == 403


def test_an_empty_page_says_what_it_is_for(client: Client) -> None:
    assert signed_in(client, roles.AUDITOR).get(PAGE).status_code == 200
