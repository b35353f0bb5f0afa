"""村联络员: of a village's people he reads those of the households linked to him, on every page."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cadres.models import Holding, HouseholdLink, Post, Representative, Seat, User
from cadres.roles import Role
from conftest import SINCE
from liaison import clock
from villages.models import Household, Resident, Village
from villages.search import refresh_households
from visits.models import Visit

NOW = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 17)


@pytest.fixture
def homes(shiqiao, li):
    """Two households with a person and a visit each: 周大山's and 何秀英's."""
    first = shiqiao.households.get()
    second = Household.objects.create(
        township=shiqiao.township,
        village=shiqiao,
        group=first.group,
        number="002",
        head_name="何秀英",
        head_pinyin="he xiu ying hxy",
        address="2号",
    )
    for home in (first, second):
        Resident.objects.create(
            township=home.township, village=shiqiao, household=home, name=home.head_name
        )
        Visit.objects.create(
            township=home.township,
            village=shiqiao,
            household=home,
            occurred_on=DAY,
            entered_at=NOW,
            entered_by=li,
            said=f"{home.head_name}说路灯不亮",
        )
    refresh_households([first, second])
    return first, second


def link(home, since=SINCE, **who):
    """A link of a household to ``post=`` or ``representative=``."""
    kind = "cadre" if "post" in who else "representative"
    return HouseholdLink.objects.create(
        village=home.village, household=home, kind=kind, since=since, **who
    )


@pytest.fixture
def linked(contact, homes):
    """吴芳 answers for 周大山's household by her post."""
    return link(homes[0], post=contact.post)


def words(client, name, query=""):
    """A page's text."""
    return client.get(f"{reverse(name)}{query}").content.decode()


LISTS = ("villages:households", "villages:residents", "visits:visits", "visits:coverage")


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_their_sheets_hold_the_own_households(signed_in, contact, linked, name):
    client = signed_in(contact)
    page = words(client, name)
    assert "周大山" in page
    assert "何秀英" not in page
    assert "共 1 条" in page
    sheet = client.get(reverse(name), {"format": "xlsx"})
    if sheet["Content-Type"].startswith("text/html"):
        return  # this list is not taken out
    rows = load_workbook(io.BytesIO(sheet.content)).active.iter_rows(values_only=True)
    said = str(list(rows))
    assert "周大山" in said
    assert "何秀英" not in said


@pytest.mark.parametrize("name", LISTS)
def test_a_contact_without_households_is_told_what_to_do(signed_in, contact, homes, name):
    page = words(signed_in(contact), name)
    assert "周大山" not in page
    assert "请联系镇驻点办核对您的联系户" in page


def test_another_household_is_a_missing_one(signed_in, contact, linked, homes):
    client = signed_in(contact)
    assert client.get(reverse("villages:household", args=[homes[0].pk])).status_code == 200
    foreign = client.get(reverse("villages:household", args=[homes[1].pk]))
    missing = client.get(reverse("villages:household", args=[987654321]))
    assert (foreign.status_code, missing.status_code) == (404, 404)


def test_search_finds_the_own_ones(signed_in, contact, linked):
    client = signed_in(contact)
    assert "001" in words(client, "desk:search", "?q=周大山")
    assert "002" not in words(client, "desk:search", "?q=何秀英")


def test_the_village_counts_what_its_links_show(contact, li, linked, shiqiao):
    mine = Village.objects.visible_to(contact).with_counts(contact).get()
    assert (mine.groups_count, mine.on_roll_count, mine.people_count) == (1, 1, 1)
    group = shiqiao.groups.with_counts(contact).get()
    assert (group.on_roll_count, group.people_count) == (1, 1)
    whole = Village.objects.visible_to(li).with_counts(li).get()
    assert (whole.on_roll_count, whole.people_count) == (2, 2)


def test_a_liaison_day_counts_the_visits_he_may_read(signed_in, contact, linked, homes, plan):
    session = plan.sessions.create(
        township=plan.village.township,
        team=plan.team,
        village=plan.village,
        on=DAY,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place,
    )
    Visit.objects.update(session=session)
    listed = signed_in(contact).get(reverse("visits:sessions"), {"on_from": "2026-11-01"})
    assert listed.context["page"].rows == [session]
    page = signed_in(contact).get(reverse("desk:day", args=[session.pk])).content.decode()
    assert "周大山" in page
    assert "何秀英" not in page


def test_a_representative_with_an_account_reads_his_own(contact, homes, shiqiao):
    person = Representative.objects.create(village=shiqiao, name="吴芳", user=contact, since=SINCE)
    link(homes[1], representative=person)
    assert set(Household.objects.visible_to(contact)) == {homes[1]}
    person.until = clock.today()
    person.save()
    assert not Household.objects.visible_to(User.objects.get(pk=contact.pk)).exists()


def test_a_link_to_come_or_past_opens_nothing(contact, homes):
    link(homes[0], post=contact.post, since=clock.today() + dt.timedelta(days=1))
    old = link(homes[1], post=contact.post)
    old.until = clock.today()
    old.save()
    assert not Household.objects.visible_to(contact).exists()


def test_somebody_elses_links_open_nothing(contact, li, homes):
    link(homes[0], post=li.post)
    assert not Household.objects.visible_to(contact).exists()


def test_links_open_nothing_beyond_the_post_s_village(contact, heping, shiqiao):
    link(heping.households.get(), post=contact.post)
    assert not Household.objects.visible_to(contact).exists()


def test_the_link_goes_with_the_post_to_the_successor(contact, linked, homes, qingshan):
    heir = User.objects.create_user("heir", display_name="接班", township=qingshan)
    today = clock.today()
    Holding.objects.filter(post=contact.post).update(until=today - dt.timedelta(days=1))
    Holding.objects.create(user=heir, post=contact.post, since=today)
    assert set(Household.objects.visible_to(heir)) == {homes[0]}
    assert not Household.objects.visible_to(User.objects.get(pk=contact.pk)).exists()


def test_who_also_sits_in_the_team_as_a_cadre_reads_the_village(contact, linked, homes, li):
    post = Post.objects.create(township=contact.township, title="驻村干部", role=Role.CADRE)
    Seat.objects.create(team=li.team, post=post)
    Holding.objects.create(user=contact, post=post, since=SINCE, is_main=False)
    assert set(Household.objects.visible_to(User.objects.get(pk=contact.pk))) == set(homes)


def queries_of(user, model):
    """How many queries one look at a model's rows takes a fresh user."""
    user = User.objects.get(pk=user.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(model.objects.visible_to(user))
    return asked.captured_queries


def test_nobody_pays_for_it_with_a_query(li, zhao, contact, linked):
    assert len(queries_of(zhao, Household)) == 2  # posts, rows
    assert len(queries_of(li, Household)) == 2
    assert len(queries_of(contact, Household)) == 2
    assert "householdlink" not in str(queries_of(li, Household)[-1]["sql"])
