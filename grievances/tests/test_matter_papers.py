"""回执, 一事一档 and 可以这样答复群众: who is told what, and nobody else's data."""

import csv
import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from cadres.models import CardText
from grievances import actions
from grievances.models import SettlementMethod
from grievances.progress import to_say

from .conftest import DAY, moment

with (Path(__file__).parent / "told.csv").open(encoding="utf-8") as table:
    TOLD = [tuple(row.values()) for row in csv.DictReader(table)]
NOBODY_ELSE = ("陈静", "赵敏", "孙正", "15400001234", "154****1234")


@pytest.mark.parametrize(("status", "said", "not_said"), TOLD)
def test_what_may_be_told_at_each_step(matter_at, status, said, not_said):
    told = "".join(to_say(matter_at(status), moment(DAY, 12)))
    assert said in told
    assert not_said not in told
    assert not any(word in told for word in NOBODY_ELSE)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("forwarded", "已经转送有关单位办理"), ("escalated", "已经呈报上一级协调"),
        ("suspended", "暂时挂起"), ("merged", "合并办理"),
    ],
)  # fmt: skip
def test_what_rests_or_went_elsewhere_is_told_too(matter_at, status, said):
    matter = matter_at("in_hand")
    matter.status = status
    told = "".join(to_say(matter, moment(DAY, 12)))
    assert said in told and "已经办结" not in told


def test_of_what_rests_no_day_is_told_that_will_move(signed_in, li, matter_at, act):
    """Neither at the desk nor on the slip; the page says until when it may rest, and not that it is near or late."""
    matter = act("suspend", matter_at("in_hand"))
    after = moment(matter.due_on + dt.timedelta(days=1))
    for now in (moment(DAY, 12), after):
        told = "".join(to_say(matter, now))
        assert "暂时挂起" in told and "前办结" not in told
    client = signed_in(li)
    slip = client.get(reverse("grievances:slip", args=[matter.number])).content.decode()
    assert "恢复办理后顺延" in slip and str(matter.due_on) not in slip
    with time_machine.travel(after, tick=False):
        page = signed_in(li).get(reverse("grievances:detail", args=[matter.number]))
    (turn,) = (each["said"] for each in page.context["main_panels"] if "turn" in each["said"])
    assert (turn["turn"].by, turn["late"]) == (DAY + dt.timedelta(days=30), False)


def test_who_is_told_late_of_a_matter_nobody_handles_yet_hears_of_no_unit_being_urged(matter_at):
    matter = matter_at("registered")
    matter.registered_on = dt.date(2026, 11, 2)
    told = "".join(to_say(matter, moment(dt.date(2027, 2, 1))))
    assert "您2026年11月2日反映的" in told
    assert "已经过了，抱歉；我们会尽快安排办理，给您答复。" in told
    assert "催" not in told


def test_late_is_said_openly_and_long_is_called_long(matter_at, zhao):
    matter = matter_at("in_hand")
    late = moment(dt.date(2027, 2, 1))
    assert "已经过了，抱歉；我们会催民政办" in "".join(to_say(matter, late))
    matter = actions.put_on_book(
        grievance=matter, by=zhao, now=moment(DAY, 12), version=None,
        words="周大山家和邻居还在打官司", review_on=dt.date(2027, 3, 1),
    )  # fmt: skip
    told = "".join(to_say(matter, late))
    assert "登记为长期办理，2027-03-01再看进展" in told
    assert "打官司" not in told


def test_what_is_not_done_yet_is_not_called_done(matter_at, act):
    method = SettlementMethod.objects.get(name="⑤整合项目")
    again = {"comes_back_on": dt.date(2027, 3, 1)}
    matter = act("settle", matter_at("in_hand"), settlement="interim", method=method, **again)
    told = "".join(to_say(matter, moment(DAY, 12)))
    assert "还没有全部完成" in told and "约定2027-03-01再来看一次" in told
    assert "问题已处理" not in told


def test_who_answers_at_the_desk_has_it_on_the_page(signed_in, li, chen, sun, matter_at):
    url = reverse("grievances:detail", args=[matter_at("in_hand").number])
    for user, shown in ((li, True), (chen, True), (sun, False)):
        assert ("可以这样答复群众" in signed_in(user).get(url).content.decode()) is shown


@pytest.mark.parametrize("size", ["a5", "a6"])
def test_the_slip_holds_number_unit_day_and_where_to_ask(
    signed_in, li, matter_at, minzheng, qingshan, size
):
    minzheng.phone = "0663-1234567"
    minzheng.save()
    CardText.objects.create(township=qingshan, office_phone="0663-7654321")
    matter = matter_at("in_hand")
    url = reverse("grievances:slip", args=[matter.number])
    page = signed_in(li).get(url, {"size": size}).content.decode()
    for word in (
        matter.number, "2026年11月17日", "村口路灯不亮", "民政办", "0663-1234567", "0663-7654321",
        f"{matter.due_on}(按工作日算)", f"page-{size}.css",
    ):  # fmt: skip
        assert word in page
    for word in ("周大山", "陈静", "154"):
        assert word not in page


def test_the_file_holds_everything_but_the_phone(signed_in, sun, wang, qian, matter_at, act):
    matter = act(
        "verify", matter_at("answered"), answer="dissatisfied", verbatim="路灯还是不亮",
        and_reopen=True,
    )  # fmt: skip
    url = reverse("grievances:file", args=[matter.number])
    page = signed_in(sun).get(url).content.decode()
    for step in matter.steps.all():
        assert step.act_name in page
    for word in ("路灯还是不亮", "不满意", "已重办", "原办结", "154****1234", "周大山"):
        assert word in page
    assert "15400001234" not in page
    assert signed_in(wang).get(url).status_code == signed_in(qian).get(url).status_code == 404
