"""分派规则 on the pages: which rule decides is said before anything is saved."""

import pytest
from django.urls import reverse

from cadres.models import Department
from grievances import actions
from grievances.models import Category, RoutingRule, Step
from grievances.routing import route_of
from liaison.errors import NotAllowed
from tests.filling import fill_in, form_on
from villages.models import Section

from .conftest import DAY, moment
from .pages import text


def test_the_section_of_the_household_decides_and_is_told_while_typing(
    signed_in, li, zhao, facts, household, qingshan, django_assert_num_queries
):
    """片: known by the household the matter is about; without a household the rule does not apply."""
    east = Section.objects.create(village=household.village, name="东片")
    station = Department.objects.create(township=qingshan, name="东片站")
    RoutingRule.objects.create(
        township=qingshan, name="东片归东片站", section=east, department=station
    )
    asked = {
        "village": facts["village"].pk, "category": facts["category"].pk, "kind": "demand",
        "household": household.number,
    }  # fmt: skip
    client, ask = signed_in(li), reverse("grievances:routed")
    assert "东片站" not in text(client.post(ask, asked))
    household.group.section = east
    household.group.save()
    assert "按分派规则“东片归东片站”交东片站办理" in text(client.post(ask, asked))
    assert "东片站" not in text(client.post(ask, asked | {"household": "没有这一户"}))
    at_home = actions.register(by=li, on=DAY, now=moment(DAY), household=household, **facts)
    nowhere = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
    assert (route_of(at_home).department, route_of(nowhere)) == (station, None)
    client = signed_in(zhao)
    page = client.get(f"/ledger/{at_home.number}/")
    assert "按分派规则“东片归东片站”" in text(page)
    fill_in(client, page, "/accept/", on=str(DAY), also_assign="on")
    at_home.refresh_from_db()
    assert at_home.department == station
    with django_assert_num_queries(2):  # the rules, the 片 of the household
        route_of(at_home)


def test_the_rule_stands_on_the_page_before_it_is_accepted(
    signed_in, zhao, registered, to_minzheng
):
    page = text(signed_in(zhao).get(f"/ledger/{registered.number}/"))
    assert "按分派规则“路归民政办”交民政办主任办理" in page
    assert "受理并交办" in page


def test_accepted_and_assigned_in_one_go(signed_in, zhao, chen, registered, to_minzheng):
    client = signed_in(zhao)
    fill_in(client, f"/ledger/{registered.number}/", "/accept/", on=str(DAY), also_assign="on")
    registered.refresh_from_db()
    assert (registered.status, registered.handler) == ("assigned", chen)
    steps = Step.objects.filter(grievance=registered).order_by("pk")
    assert [step.act for step in steps] == ["register", "accept", "assign"]
    assert "按分派规则“路归民政办”" in steps.last().words


def test_another_category_shows_its_own_rule_before_anything_is_saved(
    signed_in, zhao, registered, to_minzheng, qingshan
):
    """Without scripts too: the first click shows what changed, the second does it."""
    other = Department.objects.create(township=qingshan, name="农业办")
    water = Category.objects.get(name="水利")
    RoutingRule.objects.create(
        township=qingshan, name="水归农业办", category=water, department=other
    )
    client = signed_in(zhao)
    url, data = form_on(client.get(f"/ledger/{registered.number}/"), "/accept/")
    data |= {"on": str(DAY), "category": water.pk, "also_assign": "on"}
    shown = client.post(url, data)
    assert shown.status_code == 422
    assert "适用的规则变了：按分派规则“水归农业办”交农业办办理" in text(shown)
    registered.refresh_from_db()
    assert registered.status == "registered"
    fill_in_again(client, shown)
    registered.refresh_from_db()
    assert (registered.status, registered.department) == ("assigned", other)


def fill_in_again(client, shown):
    """Send the refused form as it stands on the page."""
    url, data = form_on(shown, "/accept/")
    assert client.post(url, data).status_code == 302


def test_without_a_rule_nothing_is_assigned_beside(signed_in, zhao, registered, to_minzheng):
    RoutingRule.objects.update(category=Category.objects.get(name="水利"))
    client = signed_in(zhao)
    url, data = form_on(client.get(f"/ledger/{registered.number}/"), "/accept/")
    refused = client.post(url, data | {"on": str(DAY), "also_assign": "on"})
    assert refused.status_code == 422
    assert "没有适用的分派规则" in text(refused)
    with pytest.raises(NotAllowed, match="没有适用的分派规则"):
        actions.accept(
            grievance=registered, by=zhao, on=DAY, now=moment(DAY, 11), version=1, also_assign=True
        )
    registered.refresh_from_db()
    assert registered.status == "registered"  # both or neither


def test_the_unit_stands_beforehand_on_the_form_of_assigning(
    signed_in, zhao, chen, minzheng, matter_at, act, to_minzheng
):
    matter = matter_at("accepted")
    client = signed_in(zhao)
    page = client.get(f"/ledger/{matter.number}/")
    _, data = form_on(page, "/assign/")
    assert (data["department"], data["handler"]) == ([str(minzheng.pk)], [str(chen.pk)])
    assert "按分派规则“路归民政办”" in text(page)
    act("return_", act("assign", matter))
    page = client.get(f"/ledger/{matter.number}/")
    assert form_on(page, "/assign/")[1]["department"] == [""]
    assert "但该单位已退回" in text(page)


def test_the_registering_cadre_is_told_where_it_goes(signed_in, li, facts, to_minzheng, wang):
    client = signed_in(li)
    asked = {
        "village": facts["village"].pk, "category": facts["category"].pk, "kind": "demand", "summary": "x",
    }  # fmt: skip
    assert "交民政办" in text(client.post(reverse("grievances:routed"), asked))
    saved = fill_in(
        client, reverse("grievances:register"), on=str(DAY), village=facts["village"].pk,
        summary="村口路不平", category=facts["category"].pk, source=facts["source"].pk,
    )  # fmt: skip
    assert "受理后按分派规则“路归民政办”交民政办" in text(saved)
    assert "交民政办" not in text(signed_in(wang).post(reverse("grievances:routed"), asked))
