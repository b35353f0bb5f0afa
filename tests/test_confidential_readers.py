"""A confidential matter opens for who is named in it, is written down on its own page, and is handed on."""

import pytest
from django.urls import reverse

from cadres.models import Holding, Notice, Post, User
from cadres.roles import Role
from conftest import SINCE, appoint
from grievances import actions
from grievances.models import Category, Grievance, SettlementMethod, Source
from grievances.secrecy import has_a_part
from liaison.errors import NotAllowed
from liaison.idempotency import new_key
from liaison.models import AuditEntry
from tests.confidential import WORDS, reported
from tests.lived_in import DAY, NOW
from villages.models import Household, Resident


def test_the_desk_works_on_it_and_another_reader_asks(town, signed_in):
    matter = reported(town)
    assert matter.number == "100-M-2026-00001"
    given = {"on": DAY, "now": NOW, "version": None}
    url = reverse("grievances:detail", args=[matter.number])
    assert (
        signed_in(town.sun).get(url).status_code == 200
    )  # who wrote it down, until it is taken up
    assert signed_in(town.zhou).get("/ledger/confidential/").status_code == 200
    actions.accept(grievance=matter, by=town.zhou, **given)
    assert signed_in(town.sun).get(url).status_code == 404
    slips = signed_in(town.sun).get("/ledger/confidential/").content.decode()
    assert matter.number in slips
    assert WORDS[0] not in slips

    actions.name_reader(grievance=matter, by=town.zhou, user=town.lyu, reason="协助核实", **given)
    method = SettlementMethod.objects.get(name="①实质办结")
    done = {"settlement": "substantive", "method": method, "words": "已立案"}
    actions.settle(grievance=matter, by=town.zhou, **done, **given)
    actions.answer(grievance=matter, by=town.zhou, mode="oral", **given)
    asking = {"answer": "satisfied", "mode": "phone"}
    with pytest.raises(NotAllowed, match="请由其他同志回访"):
        actions.verify(grievance=matter, by=town.zhou, **asking, **given)
    actions.verify(grievance=matter, by=town.lyu, **asking, **given)
    actions.close_out(grievance=matter, by=town.lyu, **given)
    page = signed_in(town.lyu).get(url).content.decode()
    assert "已销号" in page
    assert "周明" in page  # the looks and acts are on its page, for its readers


def test_each_look_is_a_line_of_the_trail(town, signed_in):
    matter = reported(town)
    signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    line = AuditEntry.objects.order_by("-pk").first()
    assert (line.actor_name, line.action, line.object_label) == ("周明", "查看", "涉密事项")


def test_whoever_stands_near_the_accused_cannot_be_named(town, minzheng, qingshan):
    """李 leads his team; 陈 shares his unit; 赵 does not, and may be named."""
    office = Post.objects.create(
        township=qingshan, title="民政办副主任", role=Role.HANDLER, department=minzheng
    )
    Holding.objects.create(user=town.feng, post=office, since=SINCE, is_main=False)
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou, "reason": "核实"}
    for near in (town.feng, town.li, town.chen):
        with pytest.raises(NotAllowed, match="须回避"):
            actions.name_reader(grievance=matter, user=near, **given)
    with pytest.raises(NotAllowed, match="不看台账"):
        actions.name_reader(grievance=matter, user=town.admin, **given)
    actions.name_reader(grievance=matter, user=town.zhao, **given)
    assert Grievance.every.open_to(town.zhao).filter(pk=matter.pk).exists()


def test_the_household_of_the_accused_is_kept_away(town):
    """An account whose name lives in the household: 周大山."""
    town.wang.display_name = "周大山"
    town.wang.save()
    matter = reported(town, people=[], accused_household=town.ours["Household"])
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou, "reason": "核实"}
    with pytest.raises(NotAllowed, match="须回避"):
        actions.name_reader(grievance=matter, user=town.wang, **given)


def test_joined_to_another_household_its_people_are_kept_away_still(town, qingshan):
    """并户 takes nobody out of it: 周大山 lives in the other household now."""
    home = town.ours["Household"]
    into = Household.objects.create(
        township=qingshan, village=home.village, group=home.group, number="077", head_name="周小山"
    )
    town.wang.display_name = "周大山"
    town.wang.save()
    matter = reported(town, people=[], accused_household=home)
    Resident.objects.filter(household=home).update(household=into)
    Household.objects.filter(pk=home.pk).update(merged_into=into, residence="cancelled")
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou, "reason": "核实"}
    with pytest.raises(NotAllowed, match="须回避"):
        actions.name_reader(grievance=matter, user=town.wang, **given)


def test_who_is_accused_later_sees_it_no_more_from_that_moment(town, signed_in):
    matter = reported(town, people=[])
    given = {"on": DAY, "now": NOW, "version": None}
    named = {"grievance": matter, "by": town.zhou, "reason": "协助", **given}
    actions.name_reader(user=town.li, **named)
    url = reverse("grievances:detail", args=[matter.number])
    assert signed_in(town.li).get(url).status_code == 200
    actions.accuse(grievance=matter, by=town.zhou, people=[town.feng], **given)
    assert signed_in(town.li).get(url).status_code == 404
    assert signed_in(town.li).get("/ledger/confidential/").status_code == 404


def test_a_leader_accused_is_passed_over_by_the_desk(town, signed_in):
    """The first leader is accused: the second has it, and the first finds nothing."""
    matter = reported(town, people=[town.zhou])
    assert Grievance.every.naming(town.lyu).get() == matter
    assert signed_in(town.zhou).get("/ledger/confidential/").status_code == 404


def test_the_handler_it_is_assigned_to_sees_it_and_his_colleagues_do_not(town, minzheng, qingshan):
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou}
    actions.accept(grievance=matter, **given)
    with pytest.raises(NotAllowed, match="请选择承办人"):
        actions.assign(grievance=matter, department=minzheng, **given)
    actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    other = appoint(qingshan, "kong", "孔亮", Role.HANDLER, department=minzheng)
    assert Grievance.every.open_to(town.chen).filter(pk=matter.pk).exists()
    assert not Grievance.every.open_to(other).filter(pk=matter.pk).exists()
    actions.take_in_hand(grievance=matter, **given | {"by": town.chen})


def test_notices_say_neither_number_nor_words_and_go_by_no_mail(town):
    reported(town)
    notices = Notice.objects.filter(kind="ledger")
    assert {notice.recipient for notice in notices} == {town.zhou}
    for notice in notices:
        assert notice.title == "有一件需您办理的事项"
        assert notice.url == "/ledger/confidential/"
        assert not notice.deliveries.exclude(channel="site").exists()


def test_it_is_written_down_on_its_own_page_and_handed_on(town, signed_in):
    client = signed_in(town.sun)
    typed = {
        "form_key": new_key(), "on": DAY, "village": town.ours["Village"].pk, "ground": "named",
        "persons": 1, "summary": WORDS[0], "category": Category.objects.first().pk,
        "source": Source.objects.first().pk, "people": [town.feng.pk],
    }  # fmt: skip
    answer = client.post("/ledger/confidential/new/", typed)
    matter = Grievance.every.confidential().get()
    assert answer["Location"] == f"/ledger/{matter.number}/"
    desk = signed_in(town.zhou)
    form = {"form_key": new_key(), "version": matter.version, "user": town.lyu.pk, "reason": "协助"}
    assert desk.post(f"/ledger/{matter.number}/readers/", form).status_code == 302
    assert Grievance.every.naming(town.lyu).exists()
    matter.refresh_from_db()
    row = matter.readers.get(user=town.lyu)
    form = {"form_key": new_key(), "version": matter.version, "row": row.pk, "reason": "核实完毕"}
    assert desk.post(f"/ledger/{matter.number}/readers/end/", form).status_code == 302
    assert not Grievance.every.naming(town.lyu).exists()


def test_the_office_sets_the_desk_and_the_next_report_comes_to_it(town, signed_in):
    client = signed_in(town.zhao)
    form = {"desk_post": town.lyu.post.pk, "least_told": 5}
    assert client.post("/ledger/confidential/rules/", form).status_code == 302
    assert [has_a_part(User.objects.get(pk=each.pk)) for each in (town.lyu, town.zhou)] == [
        True,
        False,
    ]
    matter = reported(town)
    assert Grievance.every.naming(town.lyu).get() == matter
    assert not Grievance.every.naming(town.zhou).exists()
