"""说明进展: the villager was told how far his matter is; nothing else moves."""

import datetime as dt

import pytest

from grievances import actions
from grievances.models import Step
from liaison.errors import NotAllowed

from .conftest import DAY, moment


def test_who_met_the_villager_writes_a_line_and_the_matter_stays_where_it_is(li, matter_at):
    matter = matter_at("in_hand")
    actions.explain(grievance=matter, by=li, on=DAY, now=moment(DAY), words="下周进场")
    step = Step.objects.filter(grievance=matter).last()
    matter.refresh_from_db()
    assert (step.act_name, step.words, step.by, step.on) == ("说明进展", "下周进场", li, DAY)
    assert step.to_status == matter.status == "in_hand"


def test_not_by_who_visits_nobody_nor_of_what_is_settled_nor_before_it_was_said(
    li, chen, wang, matter_at, act
):
    matter = matter_at("in_hand")
    before = Step.objects.count()
    for by, on, sentence in (
        (chen, DAY, "不登记走访"),
        (wang, DAY, "不在您的工作范围"),
        (li, matter.registered_on - dt.timedelta(days=1), "早于登记日期"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            actions.explain(grievance=matter, by=by, on=on, now=moment(DAY))
    assert Step.objects.count() == before
    act("settle", matter)
    with pytest.raises(NotAllowed, match="办理反馈"):
        actions.explain(grievance=matter, by=li, on=DAY, now=moment(DAY))
    assert Step.objects.count() == before + 1
