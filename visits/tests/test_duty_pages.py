"""/visits/due/ and the pages of the rows behind it: what is still due, to whom it is shown, and how it goes out."""

import datetime as dt
import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cadres.models import HouseholdLink
from conftest import SINCE
from villages.models import Household, Resident, ResidentTag, TagHolding
from visits.models import ContactPolicy, Visit, VisitQuota

NOW = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 17)
DUE = "visits:due"


def see(home, by, ago, mode="home"):
    return Visit.objects.create(
        township=home.township, village=home.village, household=home, mode=mode,
        occurred_on=DAY - dt.timedelta(days=ago), entered_at=NOW, entered_by=by,
    )  # fmt: skip


@pytest.fixture
def homes(shiqiao, household, neighbours, li):
    """001 never seen, 002 a week ago, 003 a lonely old man seen 40 days ago, 004 long ago, 005 away."""
    homes = list(shiqiao.households.order_by("number"))
    see(homes[1], li, 7, "phone")
    see(homes[2], li, 40)
    see(homes[3], li, 200)
    old = Resident.objects.create(
        township=shiqiao.township, village=shiqiao, household=homes[2], name="吴桂香"
    )
    TagHolding.objects.create(resident=old, tag=ResidentTag.objects.get(name="独居老人"))
    homes[4].residence = "away"
    homes[4].save()
    return homes


def listed(client, **asked):
    answer = client.get(reverse(DUE), asked)
    assert answer.status_code == 200
    return [row.number for row in answer.context["page"].rows]


def test_it_lists_what_is_due_in_the_order_of_the_roll(signed_in, li, homes):
    client = signed_in(li)
    assert listed(client) == ["001", "003", "004"]
    assert listed(client, by="2027-05-09") == ["001", "002", "003", "004"]
    assert listed(client, by="2027-05-08") == ["001", "003", "004"]
    assert listed(client, need="never") == ["001"]
    assert listed(client, need="special") == ["003"]
    assert listed(client, need="ordinary") == ["001", "004"]
    assert listed(client, q="吴桂") == ["003"]
    page = client.get(reverse(DUE)).content.decode()
    assert "独居老人，30天一次" in page and "2026-11-07 前" in page and "已过" in page
    assert "%" not in page.split('id="list"')[1].split("</table>")[0]


def test_each_household_leads_to_the_form_that_names_it(signed_in, li, sun, contact, homes):
    """Who writes visits down; a contact reports instead, and who only reads finds neither."""
    to_form = f"{reverse('visits:log')}?household={homes[2].pk}"
    client = signed_in(li)
    assert f'href="{to_form}">去登记</a>' in client.get(reverse(DUE)).content.decode()
    assert 'value="003 吴桂香' in client.get(to_form).content.decode()
    assert "去登记" not in signed_in(sun).get(reverse(DUE)).content.decode()
    HouseholdLink.objects.create(
        village=homes[2].village, household=homes[2], kind="cadre", post=contact.post, since=SINCE
    )
    page = signed_in(contact).get(reverse(DUE)).content.decode()
    assert "去登记" not in page and reverse("desk:report", args=[homes[2].pk]) in page


def test_who_is_not_of_the_team_reads_no_sensitive_tag(signed_in, li, zhao, sun, zhou, homes):
    assert "独居老人，30天一次" in signed_in(li).get(reverse(DUE)).content.decode()
    for user in (zhao, sun, zhou):
        page = signed_in(user).get(reverse(DUE)).content.decode()
        assert "重点户，30天一次" in page
        assert "独居老人" not in page.split('id="list"')[1]


def test_the_next_village_s_are_not_there(signed_in, wang, qian, homes):
    assert listed(signed_in(wang)) == ["001"]  # of 和平村
    assert "周小山" not in signed_in(qian).get(reverse(DUE)).content.decode()


def test_the_office_looks_at_a_team_or_a_village(signed_in, zhao, li, wang, homes, shiqiao):
    client = signed_in(zhao)
    assert listed(client) == ["001", "003", "004", "001"]
    assert listed(client, team=li.team.pk) == ["001", "003", "004"]
    assert listed(client, village=wang.team.villages.get().pk) == ["001"]
    VisitQuota.objects.create(
        township=shiqiao.township, who="team", of="all", period="month", least=3, since=SINCE
    )
    page = client.get(reverse(DUE), {"team": li.team.pk})
    [duty] = page.context["duties"]
    assert (duty["words"], duty["number"]) == ("本月还可走访2户", 2)
    assert [row.number for row in client.get(duty["url"]).context["page"].rows] == ["001", "004"]


def test_the_number_of_a_duty_is_the_length_of_its_list(signed_in, li, homes):
    quota = VisitQuota.objects.create(
        township=homes[0].township, who="cadre", of="all", period="month", least=3, since=SINCE
    )
    client = signed_in(li)
    [duty] = client.get(reverse(DUE)).context["duties"]
    assert duty["words"] == "本月还可走访2户"
    assert len(client.get(duty["url"]).context["page"].rows) == duty["number"] == 2
    assert listed(client, quota=quota.pk + 999) == []  # nobody's
    see(homes[0], li, 0)
    see(homes[2], li, 0)
    [duty] = client.get(reverse(DUE)).context["duties"]
    assert (duty["words"], duty["number"]) == ("本月应走访的户都走到了", 0)


def test_supervisors_see_households_and_nobody_s_duty(signed_in, sun, zhou, li, homes):
    VisitQuota.objects.create(
        township=homes[0].township, who="cadre", of="all", period="month", least=3, since=SINCE
    )
    for user in (sun, zhou):
        page = signed_in(user).get(reverse(DUE))
        assert page.context["duties"] == []
        assert "李明" not in page.content.decode().split('id="list"')[1]


def test_mine_are_those_linked_to_me(signed_in, li, contact, homes):
    for home, post in ((homes[0], li.post), (homes[3], contact.post)):
        HouseholdLink.objects.create(
            village=home.village, household=home, kind="cadre", post=post, since=SINCE
        )
    assert listed(signed_in(li), whose="mine") == ["001"]
    assert listed(signed_in(contact)) == ["004"]
    todos = {todo.label: todo.count for todo in signed_in(contact).get("/").context["todos"]}
    assert (todos["我的联系户"], todos["应走访的户"]) == (1, 1)
    todos = {todo.label: todo for todo in signed_in(li).get("/").context["todos"]}
    assert todos["应走访的户"].count == 3
    assert signed_in(li).get(todos["应走访的户"].url).context["page"].total == 3


def test_it_goes_out_and_is_printed(signed_in, li, homes):
    client = signed_in(li)
    sheet = load_workbook(io.BytesIO(client.get(reverse(DUE), {"format": "xlsx"}).content)).active
    said = str(list(sheet.iter_rows(values_only=True)))
    assert "独居老人，30天一次" in said and "周小山" not in said
    page = client.get(reverse("visits:print_due"), {"need": "special"}).content.decode()
    assert "吴桂香" in page and "郑国强" not in page and "共1户" in page
    assert "重点户，30天一次" in page and "独居老人" not in page  # paper lies about
    assert "不需要打印" in client.get(reverse("visits:print_due"), {"q": "无人"}).content.decode()
    assert client.get(reverse("visits:print_due"), {"village": "abc"}).status_code == 200


def test_a_longer_list_costs_no_more_queries(signed_in, li, homes, django_assert_max_num_queries):
    client = signed_in(li)
    client.get(reverse(DUE))
    with django_assert_max_num_queries(18):
        client.get(reverse(DUE))
    for n in range(10, 30):
        Household.objects.create(
            township=homes[0].township, village=homes[0].village, group=homes[0].group,
            number=f"{n:03}",
        )  # fmt: skip
    with django_assert_max_num_queries(18):
        client.get(reverse(DUE))


# --- The rows behind it -----------------------------------------------------------------------


def test_the_office_sets_an_interval_and_a_quota(signed_in, zhao, qingshan):
    client, tag = signed_in(zhao), ResidentTag.objects.get(name="低保")
    said = {
        "form_key": str(uuid.uuid4()), "tag": tag.pk, "days": 20, "modes": ["home", "phone"],
        "since": "2026-11-20",
    }  # fmt: skip
    for _ in range(2):
        answer = client.post(reverse("visits:contact_policies"), said)
        assert answer.status_code == 302
    row = ContactPolicy.objects.get(township=qingshan)
    assert (row.tag, row.in_words()) == (tag, "20天一次(入户走访、电话)")
    assert "20天一次" in client.get(reverse("visits:contact_policies")).content.decode()
    said = {
        "form_key": str(uuid.uuid4()), "who": "cadre", "of": "all", "period": "month", "least": 50,
        "since": "2026-11-20",
    }  # fmt: skip
    assert client.post(reverse("visits:visit_quotas"), said).status_code == 302
    page = client.get(reverse("visits:visit_quotas")).content.decode()
    assert "至少50户" in page and "2026-12-01" in page
    early = said | {"form_key": str(uuid.uuid4()), "since": "2026-11-01"}
    refused = client.post(reverse("visits:visit_quotas"), early)
    assert refused.status_code == 422
    assert "不能早于今天" in refused.content.decode()


def test_they_stand_among_the_settings(signed_in, zhao, li):
    page = signed_in(zhao).get(reverse("settings:index")).content.decode()
    for words in ("走访间隔", "走访户数", "点单类型"):
        assert words in page
    assert signed_in(li).get(reverse("visits:visit_quotas")).status_code == 403
