"""呈报层级 and 督办回复时限: general until a township takes the set over; then its own alone, by page and by file."""

import pytest
from django.urls import reverse

from demo.ladder import set_ladder
from demo.scheme import Scheme
from grievances import actions
from grievances.models import Rung, SupervisionRule
from liaison.errors import NotAllowed
from liaison.reference.tables import TABLES


def test_the_general_ladder_is_taken_over_and_then_changed(signed_in, zhao, qian, qingshan):
    client, url = signed_in(zhao), reverse("settings:rungs")
    page = client.get(url)
    assert "照通用的另设一套" in page.content.decode()
    assert reverse("settings:rungs_new") not in page.content.decode()
    client.post(reverse("settings:rungs_adopt"))
    own = Rung.objects.filter(township=qingshan)
    assert [str(rung) for rung in own] == [str(r) for r in Rung.objects.filter(township=None)]
    client.post(reverse("settings:rungs_adopt"))  # a second tap
    assert own.count() == 5
    last = own.last()
    edit = reverse("settings:rungs_edit", args=[last.pk])
    form = client.get(edit).context["form"]
    said = {"form_key": form["form_key"].value(), "version": 1, "order": 5, "role": "leader"}
    assert client.post(edit, {**said, "name": "常委会议", "overdue_days": ""}).status_code == 302
    last.refresh_from_db()
    assert (last.name, last.overdue_days) == ("常委会议", None)
    twice = {**said, "version": 2, "name": "现场办理"}
    assert "已经有了" in client.post(edit, twice).content.decode()
    assert signed_in(qian).get(edit).status_code == 404


def test_only_posts_of_the_office_and_leaders_of_this_township_stand_on_a_rung(
    zhao, zhou, chen, qian, qingshan
):
    actions.adopt_general(model=Rung, by=zhao)
    rung, table = Rung.objects.filter(township=qingshan).first(), TABLES["rungs"]
    offered = table.form(user=zhao).fields["post"].queryset
    assert set(offered) == {zhao.post, zhou.post}
    rung.post = chen.post
    with pytest.raises(Exception, match="请选择本镇驻点办或镇领导的岗位"):
        table.resource_class(is_trial=True).check(rung, is_new=False)


def test_who_may_not_take_it_over(sun, qingshan):
    with pytest.raises(NotAllowed, match="镇驻点办"):
        actions.adopt_general(model=SupervisionRule, by=sun)


def test_a_practice_brings_its_ladder_once(qingshan):
    scheme = Scheme.read("luyang")
    assert (set_ladder(scheme, qingshan), set_ladder(scheme, qingshan)) == (5, 0)
    ladder = Rung.objects.ladder_of(qingshan.pk)
    assert [rung.name for rung in ladder] == [
        "现场办结", "街道社区限时办结", "共建单位协调办结", "一线办统筹办结", "常委会议",
    ]  # fmt: skip
    assert [(rung.role, rung.meets_on) for rung in ladder][3] == ("leader", 25)
