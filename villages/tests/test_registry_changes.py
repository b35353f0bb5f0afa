"""Households and residents put right and added: versions, double posts, refusals, and the trail they leave."""

import datetime as dt

import pytest
from django.urls import reverse

from liaison.errors import NotAllowed, Stale
from liaison.idempotency import new_key
from liaison.models import AuditEntry
from villages import actions
from villages.models import Household, Resident, ResidentTag

from .conftest import PHONE, ZHOU_ID

WIFE_ID = "43018119720304902X"


def text_of(response):
    return response.content.decode()


def address_of(name, row):
    return reverse(f"villages:{name}", kwargs={"pk": row.pk})


@pytest.fixture
def correction(household):
    """A filled form that moves the household's address."""
    return {
        "version": household.version,
        "number": "001",
        "address": "新村路8号",
    }


def test_a_cadre_puts_his_household_right(signed_in, li, household, correction):
    answer = signed_in(li).post(address_of("edit_household", household), correction)
    assert answer.url == address_of("household", household)
    household.refresh_from_db()
    assert (household.address, household.version) == ("新村路8号", 2)
    line = AuditEntry.objects.get(action="修改户信息")
    assert line.before == {"住址": "1号"}
    assert line.after == {"住址": "新村路8号"}
    assert line.actor_name == "李明"


def test_a_save_that_changes_nothing_leaves_no_line(signed_in, li, household, correction):
    same = correction | {"address": "1号"}
    assert signed_in(li).post(address_of("edit_household", household), same).status_code == 302
    household.refresh_from_db()
    assert household.version == 1
    assert not AuditEntry.objects.exists()


def test_a_stale_save_shows_both_and_keeps_what_was_typed(
    signed_in, li, zhao, household, correction
):
    address = address_of("edit_household", household)
    signed_in(zhao).post(address, correction | {"address": "老街2号"})
    late = signed_in(li).post(address, correction)
    assert late.status_code == 409
    answer = text_of(late)
    for words in ("别人改成", "老街2号", "您填的", 'value="新村路8号"'):
        assert words in answer
    household.refresh_from_db()
    assert household.address == "老街2号"
    again = signed_in(li).post(
        address, correction | {"version": late.context["form"]["version"].value()}
    )
    assert again.status_code == 302
    household.refresh_from_db()
    assert household.address == "新村路8号"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"version": ""}, "页面已过期"),
        ({"version": "-3"}, "没有保存"),
        ({"version": str(9**20)}, "别人已改过"),
        ({"number": "   "}, "没有保存"),
        ({"address": "长" * 201}, "没有保存"),
    ],
)
def test_a_wrong_correction_is_refused_with_a_sentence(
    signed_in, li, household, correction, wrong, sentence
):
    answer = signed_in(li).post(address_of("edit_household", household), correction | wrong)
    assert answer.status_code in (409, 422)
    assert sentence in text_of(answer)
    household.refresh_from_db()
    assert household.address == "1号"


def test_two_households_of_a_village_never_share_a_number(signed_in, li, household, correction):
    group = household.group
    Household.objects.create(
        township=household.township, village=household.village, group=group, number="002"
    )
    address = address_of("edit_household", household)
    taken = signed_in(li).post(address, correction | {"number": "002"})
    assert taken.status_code == 422
    assert "在本村已有" in text_of(taken)
    assert signed_in(li).post(address, correction | {"number": "003"}).status_code == 302


def test_the_verb_itself_refuses_other_hands(contact, wang, li, household):
    facts = {"household": household, "version": 1, "address": "别处"}
    for stranger in (contact, wang):
        with pytest.raises(NotAllowed):
            actions.edit_household(by=stranger, **facts)
    assert actions.edit_household(by=li, **facts).address == "别处"
    with pytest.raises(Stale):
        actions.edit_household(by=li, **facts)


def test_a_member_is_added_once_for_two_taps(signed_in, li, zhou_dashan, newcomer):
    client, home = signed_in(li), zhou_dashan.household
    tag = ResidentTag.objects.get(name="外出务工")
    filled = newcomer | {"id_number": "430181199505069033", "tags": [tag.pk]}
    first, second = (client.post(address_of("add_resident", home), filled) for _ in range(2))
    assert first.url == second.url == address_of("household", home)
    son = Resident.objects.get(name="周小山")
    assert (son.birth_date, son.sex, son.pinyin) == (dt.date(1995, 5, 6), "M", "zhouxiaoshan zxs")
    assert list(son.tags.all()) == [tag]
    home.refresh_from_db()
    assert home.residents_count == 2
    line = AuditEntry.objects.get(action="新增居民")
    assert "430***********9033" in str(line.after)
    assert "430181199505069033" not in str(line.after)


def test_the_same_form_with_other_content_shows_both(signed_in, li, zhou_dashan, newcomer):
    client, address = signed_in(li), address_of("add_resident", zhou_dashan.household)
    client.post(address, newcomer)
    other = client.post(address, newcomer | {"name": "周二山"})
    assert other.status_code == 409
    assert "周小山" in text_of(other)
    assert "周二山" in text_of(other)
    assert not Resident.objects.filter(name="周二山").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"id_number": "430181199505069034"}, "身份证号校验不通过"),
        ({"id_number": "4301811995"}, "应为18位"),
        ({"phones": "12345"}, "电话号码不对"),
        ({"birth_date": "2999-01-01"}, "出生日期不合理"),
        ({"birth_date": "1899-12-31"}, "出生日期不合理"),
        ({"name": "周<b>"}, "不该出现的字符"),
        ({"name": ""}, "姓名"),
        ({"relation": ""}, "与户主关系"),
        ({"relation": "户主"}, "一户只能有一位户主"),
        ({"tags": ["abc"]}, "标签"),
        ({"tags": [str(9**20)]}, "标签"),
        ({"form_key": ""}, "页面已过期"),
        ({"form_key": "nonsense"}, "页面已过期"),
    ],
)
def test_a_wrong_member_is_refused_with_a_sentence(
    signed_in, li, zhou_dashan, newcomer, wrong, sentence
):
    answer = signed_in(li).post(address_of("add_resident", zhou_dashan.household), newcomer | wrong)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Resident.objects.count() == 1


def test_an_id_number_stands_once_in_a_township(signed_in, li, wang, heping, zhou_dashan, newcomer):
    same = newcomer | {"id_number": ZHOU_ID, "name": "周大山"}
    seen = signed_in(li).post(address_of("add_resident", zhou_dashan.household), same)
    assert seen.status_code == 422
    assert "石桥村周大山户(001)" in text_of(seen)
    there = heping.households.get()
    unseen = signed_in(wang).post(address_of("add_resident", there), same | {"form_key": new_key()})
    assert "请联系镇驻点办核对" in text_of(unseen)
    assert "石桥村" not in text_of(unseen)


def test_a_household_comes_with_its_head(signed_in, zhao, shiqiao):
    filled = {
        "form_key": new_key(),
        "group": shiqiao.groups.get().pk,
        "number": "009",
        "name": "郑水生",
        "id_number": WIFE_ID,
        "phones": PHONE,
        "address": "桥头",
        "residence": "resident",
    }
    client = signed_in(zhao)
    first, second = (client.post(reverse("villages:add_household"), filled) for _ in range(2))
    home = Household.objects.get(number="009")
    assert first.url == second.url == address_of("household", home)
    assert (home.head_name, home.residents_count) == ("郑水生", 1)
    assert home.residents.get().relation == "户主"
    taken = client.post(reverse("villages:add_household"), filled | {"form_key": new_key()})
    assert taken.status_code == 422
    assert "已有" in text_of(taken)
    assert Household.objects.filter(number="009").count() == 1


def test_a_household_refused_for_its_head_leaves_nothing(signed_in, zhao, zhou_dashan):
    group = zhou_dashan.household.group
    filled = {
        "form_key": new_key(),
        "group": group.pk,
        "number": "010",
        "name": "周大山",
        "id_number": ZHOU_ID,
        "residence": "resident",
    }
    assert signed_in(zhao).post(reverse("villages:add_household"), filled).status_code == 422
    assert not Household.objects.filter(number="010").exists()


def test_no_household_is_added_in_another_village(signed_in, li, heping):
    filled = {
        "form_key": new_key(),
        "group": heping.groups.get().pk,
        "number": "011",
        "name": "郑水生",
        "residence": "resident",
    }
    assert signed_in(li).post(reverse("villages:add_household"), filled).status_code == 422
    assert not Household.objects.filter(number="011").exists()


def _filled(person, **more):
    return {"version": person.version, "name": person.name, "relation": person.relation} | more


def test_a_member_put_right_keeps_numbers_left_empty(signed_in, li, zhou_dashan):
    address = address_of("edit_resident", zhou_dashan)
    shown = text_of(signed_in(li).get(address))
    assert ZHOU_ID not in shown
    assert PHONE not in shown
    assert signed_in(li).post(address, _filled(zhou_dashan, name="周大善")).status_code == 302
    zhou_dashan.refresh_from_db()
    assert (zhou_dashan.name, zhou_dashan.id_number, zhou_dashan.sex) == ("周大善", ZHOU_ID, "M")
    zhou_dashan.household.refresh_from_db()
    assert zhou_dashan.household.head_name == "周大善"
    stale = signed_in(li).post(address, _filled(zhou_dashan, version=1, name="周大海"))
    assert stale.status_code == 409
    assert "周大善" in text_of(stale)


def test_the_office_never_drops_a_tag_it_cannot_see(signed_in, zhao, zhou_dashan):
    address = address_of("edit_resident", zhou_dashan)
    assert "社区矫正" not in text_of(signed_in(zhao).get(address))
    signed_in(zhao).post(address, _filled(zhou_dashan, tags=[]))
    held = {held.tag.name: held.valid_until for held in zhou_dashan.tag_holdings.in_order()}
    assert held["社区矫正"] is None
    assert held["党员"] is not None  # ended, not deleted
    line = AuditEntry.objects.get(action="修改居民")
    assert line.after == {"标签": "有改动"}
