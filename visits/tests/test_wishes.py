"""村民点单: entered, picked up, done and told; who may, and what a contact sees of it."""

import datetime as dt
import io
import uuid

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cadres.models import HouseholdLink
from conftest import SINCE
from liaison.errors import NotAllowed, Stale
from visits.actions import wishes as actions
from visits.models import Visit, Wish, WishKind, WishState, WishStep
from visits.models.wish_states import ACTS, ENDED
from visits.wish_rules import allowed_acts

NOW = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 17)
FACTS = {
    "pick_up": {},
    "put_back": {},
    "do": {"on": DAY},
    "tell": {"on": DAY, "told_by": "oral"},
    "cannot": {"on": DAY, "told_by": "phone", "words": "没有这个政策"},
    "withdraw": {"words": "不要了"},
}


@pytest.fixture
def own(contact, household):
    """吴芳's one household."""
    HouseholdLink.objects.create(
        village=household.village, household=household, kind="cadre", post=contact.post, since=SINCE
    )
    return household


def wish_of(by, household=None, village=None, **more):
    facts = {"asked_on": DAY, "kind": WishKind.objects.get(name="代办证件"), "words": "代办老年证"}
    village = village or household.village
    return actions.enter_wish(
        by=by, now=NOW, village=village, household=household, **(facts | more)
    )


def act(name, wish, by, **more):
    verb = getattr(actions, name)
    return verb(wish=wish, by=by, now=NOW, **({"version": wish.version} | FACTS[name] | more))


def test_the_whole_way_of_a_wish(contact, own):
    wish = wish_of(contact, own)
    assert (wish.state, wish.group, wish.whose) == ("open", own.group, "第1组 周大山户(001)")
    wish = act("pick_up", wish, contact)
    assert (wish.picked_by, wish.team) == (contact, None)
    wish = act("do", wish, contact, words="到镇上办好了")
    wish = act("tell", wish, contact, told_by="phone")
    assert (wish.state, wish.told_on, wish.told_by) == ("told", DAY, "phone")
    steps = WishStep.objects.filter(wish=wish)
    assert [row.act_name for row in steps] == ["登记", "认领", "办好", "告知村民"]
    assert not Visit.objects.exists()


def test_what_was_done_at_the_door_is_a_visit_too(contact, own, li):
    wish = act(
        "do",
        act("pick_up", wish_of(contact, own), contact),
        contact,
        visit_mode="home",
        words="送药上门",
    )
    assert (wish.visit.household, wish.visit.said) == (own, "办理点单(代办证件)：送药上门")
    other = act("do", act("pick_up", wish_of(li, own), li), li, visit_mode="phone")
    assert other.visit.entered_by == li
    assert Visit.objects.count() == 2


def test_who_may_write_one_down_and_for_whom(
    contact, own, li, zhao, wang, sun, qian, heping, shiqiao
):
    for by in (contact, li, zhao):
        assert wish_of(by, own).entered_by == by
    next_door = shiqiao.households.create(
        township=shiqiao.township, group=own.group, number="009", head_name="何秀英"
    )
    assert wish_of(li, next_door)
    with pytest.raises(NotAllowed, match="没有联系给您"):
        wish_of(contact, next_door)
    for by in (wang, qian):
        with pytest.raises(NotAllowed, match="工作范围"):
            wish_of(by, own)
    with pytest.raises(NotAllowed, match="不登记点单"):
        wish_of(sun, own)
    with pytest.raises(NotAllowed, match="不属于这个村"):
        wish_of(zhao, own, village=heping)
    for more, words in (
        ({"words": " "}, "写明"), ({"words": "字" * 201}, "200字"),
        ({"asked_on": DAY + dt.timedelta(days=1)}, "今天以后"),
        ({"wanted_by": DAY - dt.timedelta(days=1)}, "早于提出"),
        ({"group": heping.groups.get(), "household": None, "village": shiqiao}, "不在石桥村"),
    ):  # fmt: skip
        facts = {"household": own} | more
        with pytest.raises(NotAllowed, match=words):
            wish_of(zhao, **facts)


def test_a_contact_sees_his_households_and_the_village_s_wishes(contact, own, li, shiqiao, wang):
    next_door = shiqiao.households.create(
        township=shiqiao.township, group=own.group, number="009", head_name="何秀英"
    )
    mine, village, foreign = (
        wish_of(li, own), wish_of(li, village=shiqiao, words="放一场电影"), wish_of(li, next_door)
    )  # fmt: skip
    assert set(Wish.objects.visible_to(contact)) == {mine, village}
    assert set(Wish.objects.visible_to(li)) == {mine, village, foreign}
    assert not Wish.objects.visible_to(wang).exists()
    with pytest.raises(NotAllowed, match="工作范围"):
        act("pick_up", foreign, contact)
    assert act("pick_up", village, contact).picked_by == contact
    assert set(WishStep.objects.visible_to(contact).values_list("wish", flat=True)) == {
        mine.pk, village.pk
    }  # fmt: skip


def test_a_team_goes_on_with_what_one_of_it_picked_up(contact, own, li, feng, wang, zhao):
    alone = act("pick_up", wish_of(li, own), feng)
    with pytest.raises(NotAllowed, match="冯兰认领"):
        act("do", alone, li)
    with pytest.raises(NotAllowed, match="不联系石桥村"):
        act("pick_up", wish_of(li, own), feng, team=wang.team)
    ours = act("pick_up", wish_of(li, own), feng, team=li.team)
    ours = act("do", ours, li)
    assert Wish.objects.visible_to(li).picked_up_by(li).get() == ours
    with pytest.raises(NotAllowed, match="认领"):
        act("tell", ours, contact)
    assert act("tell", ours, feng).state == "told"
    assert act("do", alone, zhao).state == "done"  # the office, on everybody's behalf


def test_cannot_and_withdrawn_need_a_reason(contact, own, li, zhao):
    wish = wish_of(contact, own)
    for name in ("cannot", "withdraw"):
        with pytest.raises(NotAllowed, match="原因"):
            act(name, wish, contact, words=" ")
    with pytest.raises(NotAllowed, match="录入的人"):
        act("withdraw", wish, li)
    gone = act("withdraw", wish, contact)
    assert gone.state in ENDED and not allowed_acts(gone, zhao)
    told = act("cannot", wish_of(contact, own), li)
    assert (told.state, told.told_on, told.told_by) == ("cannot", DAY, "phone")


def test_days_that_cannot_be(contact, own):
    wish = act("pick_up", wish_of(contact, own), contact)
    with pytest.raises(NotAllowed, match="还没有到"):
        act("do", wish, contact, on=DAY + dt.timedelta(days=1))
    with pytest.raises(NotAllowed, match="早于"):
        act("do", wish, contact, on=DAY - dt.timedelta(days=1))
    wish = act("do", wish, contact)
    with pytest.raises(NotAllowed, match="告知村民"):
        act("tell", wish, contact, told_by="smoke")


def test_two_do_not_pick_it_up_at_once(contact, own, li):
    wish = wish_of(contact, own)
    act("pick_up", wish, li)
    with pytest.raises(Stale):
        act("pick_up", wish, contact)


@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=8))
def test_however_it_goes_the_table_holds(household, zhao, acts):
    """The office tries anything in any order: only what the table says happens, and each leaves a step."""
    wish = wish_of(zhao, household)
    done = 0
    for name in acts:
        _, starts, to = ACTS[name]
        if wish.state in starts:
            wish, done = act(name, wish, zhao), done + 1
            assert wish.state == to
        else:
            with pytest.raises(NotAllowed, match="刷新页面"):
                act(name, wish, zhao)
    assert wish.steps.count() == done + 1
    assert (wish.state in ENDED) == (not allowed_acts(wish, zhao))


def test_the_table_leads_everywhere_and_ends_stay_ends():
    led_to = {to for _, _, to in ACTS.values()} | {WishState.OPEN}
    assert led_to == set(WishState)
    assert not {start for _, starts, _ in ACTS.values() for start in starts} & set(ENDED)


# --- Pages ------------------------------------------------------------------------------------


def test_a_contact_writes_one_down_and_takes_it_through(signed_in, contact, own):
    client = signed_in(contact)
    page = client.get(reverse("visits:wish_new"), {"household": own.pk}).content.decode()
    assert f'<option value="{own.pk}" selected>' in page
    said = {
        "form_key": str(uuid.uuid4()), "village": own.village_id, "household": own.pk,
        "kind": WishKind.objects.get(name="维修").pk, "words": "修水龙头", "asked_on": "2026-11-17",
    }  # fmt: skip
    for _ in range(2):
        answer = client.post(reverse("visits:wish_new"), said)
    wish = Wish.objects.get()
    assert answer["Location"] == reverse("visits:wish", args=[wish.pk])
    for name, more in (
        ("pick_up", {}), ("do", {"on": "2026-11-17", "visit_mode": "home"}),
        ("tell", {"on": "2026-11-17", "told_by": "oral"}),
    ):  # fmt: skip
        wish.refresh_from_db()
        answer = client.post(
            reverse(f"visits:wish_{name}", args=[wish.pk]), {"version": wish.version} | more
        )
        assert answer.status_code == 302, answer.content.decode()
    wish.refresh_from_db()
    assert (wish.state, wish.visit.household) == ("told", own)
    page = client.get(reverse("visits:wish", args=[wish.pk])).content.decode()
    assert "已告知" in page and "口头" in page
    assert "修水龙头" in client.get(reverse("visits:print_wish", args=[wish.pk])).content.decode()


def test_the_offer_follows_the_rules(signed_in, contact, own, li, sun):
    wish = wish_of(contact, own)
    url = reverse("visits:wish", args=[wish.pk])
    assert ">认领</button>" in signed_in(li).get(url).content.decode()
    assert ">认领</button>" not in signed_in(sun).get(url).content.decode()
    assert signed_in(sun).get(reverse("visits:wish_do", args=[wish.pk])).status_code == 403
    early = signed_in(li).get(reverse("visits:wish_tell", args=[wish.pk]), follow=True)
    assert "待认领" in early.content.decode()


def test_a_stale_form_is_refused(signed_in, contact, own, li):
    wish = act("pick_up", wish_of(contact, own), contact)
    said = {"version": wish.version - 1, "on": "2026-11-17"}
    answer = signed_in(contact).post(reverse("visits:wish_do", args=[wish.pk]), said)
    assert answer.status_code == 409


def test_the_list_filters_and_goes_out(signed_in, contact, own, li):
    waiting = wish_of(contact, own)
    taken = act("pick_up", wish_of(li, own, words="买药", wanted_by=DAY), li)
    client, url = signed_in(li), reverse("visits:wishes")

    def listed(**asked):
        return client.get(url, asked).context["page"].rows

    assert listed() == [taken, waiting]
    assert listed(state="open") == [waiting]
    assert listed(state="alive") == [taken, waiting]
    assert listed(whose="mine") == [taken]
    assert listed(whose="entered") == [taken]
    assert listed(late="1") == []
    assert listed(household=own.pk) == [taken, waiting]
    sheet = load_workbook(io.BytesIO(client.get(url, {"format": "xlsx"}).content)).active
    assert "买药" in str(list(sheet.iter_rows(values_only=True)))


def test_kinds_are_a_code_list(signed_in, zhao, contact, own):
    page = signed_in(zhao).get(reverse("settings:wish-kinds")).content.decode()
    assert "用药代购" in page
    kind = WishKind.objects.get(name="代办证件")
    kind.is_active = False
    kind.save()
    with pytest.raises(NotAllowed, match="停用"):
        wish_of(contact, own)
