"""告知并案: whoever brought a matter that is merged hears of that too, not only of the end."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import Notice
from desk.todo import todos
from grievances import actions
from grievances.models import Grievance
from liaison.errors import NotAllowed

from .conftest import DAY, moment

TOLD = "已并案，请告知反映人"


@pytest.fixture
def joined(li, facts, act, matter_at):
    """``joined()``: another matter of the same lamp, merged into the one in hand."""
    main = matter_at("in_hand")

    def merge(**more):
        other = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
        return act("merge", other, main_number=main.number, **more)

    return merge


def labels(user):
    """What stands on somebody's desk, by its words."""
    return {each.label: each for each in todos(user, DAY, moment(DAY, 12))}


def titles(user):
    """What somebody was told."""
    return [row.title for row in Notice.objects.filter(recipient=user)]


def test_merged_it_waits_on_the_desk_until_its_complainant_knows(joined, act, li, zhao):
    other = joined()
    assert Grievance.objects.joined_untold().get() == other
    assert f"诉求{other.number}{TOLD}" in titles(li)
    for person in (li, zhao):
        assert labels(person)["告知并案"].url == "/ledger/?untold=joined"
    other = act("tell_joined", other, words="他说知道了")
    assert (other.status, other.told_joined_on, other.told_joined_mode) == ("merged", DAY, "phone")
    step = other.steps.last()
    assert (step.by, step.words) == (li, "电话告知反映人并案办理。他说知道了")
    assert not Grievance.objects.joined_untold().exists() and "告知并案" not in labels(li)
    with pytest.raises(NotAllowed, match=f"已于{DAY}告知"):
        act("tell_joined", other)


def test_told_while_merging_nobody_has_to_tell_again(joined, li):
    other = joined(told_mode="oral")
    assert (other.told_joined_on, other.told_joined_mode) == (DAY, "oral")
    assert other.steps.last().words.endswith("。口头告知反映人并案办理")
    assert not Grievance.objects.joined_untold().exists()
    assert not [title for title in titles(li) if title.endswith(TOLD)]


def test_each_of_several_is_told_and_knowing_of_it_is_not_yet_the_end(joined, act, chen):
    told, untold = act("tell_joined", joined()), joined()
    assert Grievance.objects.joined_untold().get() == untold
    main = Grievance.objects.get(pk=told.merged_into_id)
    main = act("verify", act("answer", act("settle", main), by=chen))
    assert not Grievance.objects.joined_untold().exists()
    assert set(Grievance.objects.merged_untold()) == {told, untold}
    with pytest.raises(NotAllowed, match="请直接告知办理结果"):
        act("tell_joined", untold, version=None)
    with pytest.raises(NotAllowed, match="还有2件并入的诉求没有告知"):
        act("close_out", main)


def test_the_end_waits_on_the_desk_of_who_gave_his_word_too(joined, act, li, zhao, chen):
    """As the merging does: 李 tells both, so both are 待办 of his, and not of the office alone."""
    other = joined()
    main = Grievance.objects.get(pk=other.merged_into_id)
    act("answer", act("settle", main), by=chen)
    for person in (li, zhao):
        assert labels(person)["并案人待告知"].url == "/ledger/?untold=1"
    act("tell_merged", other, version=None)
    assert "并案人待告知" not in labels(li)


def test_taken_apart_and_merged_anew_it_is_told_anew(joined, act):
    other = act("tell_joined", joined())
    main = other.merged_into
    other = act("separate", other)
    assert (other.told_joined_on, other.told_joined_mode) == (None, "")
    act("merge", other, main_number=main.number)
    assert Grievance.objects.joined_untold().get() == other


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"mode": "fax"}, "请选择告知方式"),
        ({"on": DAY - dt.timedelta(days=1)}, "早于"),
    ],
)
def test_without_a_way_or_before_the_merging_it_is_refused(joined, act, wrong, words):
    with pytest.raises(NotAllowed, match=words):
        act("tell_joined", joined(), **wrong)


def test_by_nobody_who_does_not_answer_nor_for_a_matter_of_its_own(joined, act, matter_at, sun):
    with pytest.raises(NotAllowed, match="您的岗位不办理"):
        act("tell_joined", joined(), by=sun)
    with pytest.raises(NotAllowed, match="不能“告知并案”"):
        act("tell_joined", Grievance.objects.get(status="in_hand"))


def test_the_pages_of_both_say_who_is_still_to_be_told(signed_in, joined, act, li):
    other = joined()
    main, own = (
        reverse("grievances:detail", args=[number])
        for number in (other.merged_into.number, other.number)
    )
    client = signed_in(li)
    assert "1件的反映人未告知并案" in client.get(main).content.decode()
    assert f"{own}#act-tell-joined" in client.get(main).content.decode()
    assert "并案未告知反映人" in client.get(own).content.decode()
    act("tell_joined", other)
    assert "已电话告知并案，待主件反馈后告知结果" in client.get(main).content.decode()
    assert "并案未告知反映人" not in client.get(own).content.decode()
    rows = client.get(f"{reverse('grievances:ledger')}?untold=joined").context["page"].rows
    assert not list(rows)


def test_the_office_says_it_in_the_form_of_merging(signed_in, facts, li, matter_at, zhao):
    main = matter_at("in_hand")
    other = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
    client = signed_in(zhao)
    page = client.get(reverse("grievances:detail", args=[other.number]))
    form = next(each["form"] for each in page.context["acts"] if each["form"].act == "merge")
    data = {"form_key": form["form_key"].value(), "version": other.version, "on": DAY.isoformat()}
    data |= {"main_number": main.number, "words": "同一盏灯", "told_mode": "phone"}
    client.post(reverse("grievances:merge", args=[other.number]), data)
    other.refresh_from_db()
    assert (other.status, other.told_joined_mode) == ("merged", "phone")
