"""一户一档 and the forms of 办理: filled in as a browser without scripts would, once, by those who may."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liaison import clock
from tests.filling import fill_in, form_on
from villages.models import Household, RegistryEvent, Resident
from villages.views import life

from .conftest import ZHOU_ID
from .test_life_of_people import fresh


def page_of(household):
    return reverse("villages:household", kwargs={"pk": household.pk})


def act(household, name):
    return reverse(f"villages:{name}", kwargs={"pk": household.pk})


def text_of(response):
    return response.content.decode()


def filled(client, household, name, **values):
    """The form of an act as the page gives it, with these values."""
    _, data = form_on(client.get(act(household, name)), holding="version")
    return data | values


def test_a_split_is_done_from_the_page_and_shown_on_both(signed_in, li, family):
    client = signed_in(li)
    son = str(family.son.pk)
    answer = client.post(
        act(family.home, "split"),
        filled(client, family.home, "split", residents=[son], head=son, new_number="009"),
        follow=True,
    )
    made = Household.objects.get(number="009")
    assert answer.redirect_chain[-1][0] == page_of(made)
    assert "周小山由石桥村第1组001户分出" in text_of(answer)
    assert "周小山分出，另立石桥村第1组009户" in text_of(client.get(page_of(family.home)))
    assert fresh(family.son).relation == "户主"


def test_two_taps_split_once_and_other_words_are_shown_beside(signed_in, li, family):
    client, son = signed_in(li), str(family.son.pk)
    data = filled(client, family.home, "split", residents=[son], head=son, new_number="009")
    first, second = (client.post(act(family.home, "split"), data) for _ in range(2))
    assert first.url == second.url
    assert RegistryEvent.objects.filter(kind="split").count() == 1


@pytest.mark.parametrize("name", ["split", "move", "moving_out"])
def test_a_household_changed_meanwhile_says_so_and_keeps_who_was_ticked(
    signed_in, li, family, name
):
    client, son = signed_in(li), str(family.son.pk)
    more = {"split": {"head": son, "new_number": "009"}, "move": {"to_household": "002"}}
    data = filled(client, family.home, name, residents=[son], **more.get(name, {}))
    Household.objects.filter(pk=family.home.pk).update(version=99)
    late = client.post(act(family.home, name), data)
    assert late.status_code == 409
    assert "刚被别人改过" in text_of(late)
    assert "Manager" not in text_of(late)
    assert late.context["form"]["residents"].value() == [son]
    assert fresh(family.son).household_id == family.home.pk


def test_two_taps_join_once(signed_in, zhao, family):
    client = signed_in(zhao)
    data = filled(client, family.neighbour, "merge", to_household="001")
    first, second = (client.post(act(family.neighbour, "merge"), data) for _ in range(2))
    assert first.url == second.url == page_of(family.home)
    assert RegistryEvent.objects.filter(kind="merged").count() == 1


def test_one_form_with_other_words_shows_both(signed_in, li, family):
    client = signed_in(li)
    data = filled(client, family.home, "residence", residence="away")
    client.post(act(family.home, "residence"), data)
    other = client.post(act(family.home, "residence"), data | {"residence": "vacant"})
    assert other.status_code == 409
    assert fresh(family.home).residence == "away"


def test_an_old_form_is_told_and_can_be_sent_again(signed_in, li, zhao, family):
    client = signed_in(li)
    data = filled(client, family.home, "death", resident=str(family.wife.pk))
    signed_in(zhao).post(
        act(family.home, "residence"),
        filled(signed_in(zhao), family.home, "residence", residence="seasonal"),
    )
    client = signed_in(li)
    late = client.post(act(family.home, "death"), data)
    assert late.status_code == 409
    assert "刚被别人改过" in text_of(late)
    again = data | {"version": late.context["form"]["version"].value()}
    assert client.post(act(family.home, "death"), again).status_code == 302
    assert fresh(family.wife).left_as == "died"


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("split", {}, "请勾选要办理的成员"),
        ("move", {"to_household": "777"}, "没有户编号或户主"),
        ("move", {"to_village": "9" * 20}, "请从列表中选择迁入村"),
        ("death", {"resident": "abc"}, "成员"),
        ("death", {"resident": "", "on": "2026-13-45"}, "死亡日期"),
        ("moving_out", {"residents": ["1e9"]}, "成员"),
        ("head", {"head": ""}, "请选择新户主"),
        ("group", {}, "新的组"),
        ("residence", {"residence": "moon"}, "请从列表中选择居住状态"),
        ("cancel", {"reason": " "}, "注销原因"),
        ("cancel", {"reason": "误登"}, "还有3人在册"),
        ("residence", {"version": ""}, "页面已过期"),
        ("residence", {"form_key": "nonsense"}, "页面已过期"),
    ],
)
def test_a_wrong_form_is_refused_with_a_sentence(signed_in, li, family, name, values, sentence):
    client = signed_in(li)
    answer = client.post(act(family.home, name), filled(client, family.home, name, **values))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not RegistryEvent.objects.exists()


def test_the_house_someone_moves_to_is_found_by_number_or_head(signed_in, li, family):
    client, son = signed_in(li), str(family.son.pk)
    data = filled(client, family.home, "move", residents=[son], to_household="林水生")
    answer = client.post(act(family.home, "move"), data, follow=True)
    assert answer.redirect_chain[-1][0] == page_of(family.neighbour)
    Household.objects.create(
        township=family.home.township, village=family.home.village, group=family.home.group,
        number="003", head_name="林水生",
    )  # fmt: skip
    data = filled(
        client, family.home, "move", residents=[str(family.wife.pk)], to_household="林水生"
    )
    several = client.post(act(family.home, "move"), data)
    assert several.status_code == 422
    assert "请改填户编号" in text_of(several)


def test_the_menu_offers_what_may_be_done_now(signed_in, li, zhao, contact, sun, family):
    def offered(user, household):
        return {each["title"] for each in signed_in(user).get(page_of(household)).context["acts"]}

    everyday = {"迁移", "分户", "户主变更", "换组", "居住状态", "死亡", "迁出"}
    assert offered(li, family.home) == everyday
    assert offered(zhao, family.home) == everyday | {"并户"}
    assert offered(sun, family.home) == set()
    Resident.objects.filter(household=family.neighbour).update(left_on=clock.today())
    assert offered(li, family.neighbour) == {"换组", "居住状态", "注销"}
    Household.objects.filter(pk=family.neighbour.pk).update(residence="cancelled")
    assert offered(li, family.neighbour) == set()
    assert offered(zhao, family.neighbour) == {"恢复"}


def test_an_act_of_a_cancelled_household_leads_back_with_a_sentence(signed_in, li, family):
    Household.objects.filter(pk=family.neighbour.pk).update(residence="cancelled")
    for name in set(life.ACTS) - {"merge", "restore"}:
        answer = signed_in(li).get(act(family.neighbour, name), follow=True)
        assert "现在不能办理" in text_of(answer)


def test_a_joined_household_shows_its_visits_and_matters_where_it_went(
    signed_in, li, zhao, family, qingshan
):
    from grievances.models import Category, Grievance, Source
    from visits.models import Visit

    now = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
    place = {"township": qingshan, "village": family.home.village, "household": family.neighbour}
    Visit.objects.create(
        mode="home", occurred_on=now.date(), entered_at=now, entered_by=li, said="屋顶漏雨", **place
    )
    Grievance.objects.create(
        number="100-2026-0001", summary="村口路灯不亮", category=Category.objects.first(),
        source=Source.objects.first(), registered_on=now.date(), entered_at=now, registered_by=li, **place,
    )  # fmt: skip
    client = signed_in(zhao)
    client.post(
        act(family.neighbour, "merge"),
        filled(client, family.neighbour, "merge", to_household="001"),
    )
    assert fresh(family.neighbour).merged_into == family.home
    for household in (family.home, family.neighbour):
        shown = text_of(signed_in(li).get(page_of(household)))
        assert "屋顶漏雨" in shown
        assert "村口路灯不亮" in shown
    assert "已于" in text_of(signed_in(li).get(page_of(family.neighbour)))


def test_a_cancelled_household_is_listed_only_where_it_is_asked_for(signed_in, li, family):
    Household.objects.filter(pk=family.neighbour.pk).update(residence="cancelled")
    client, address = signed_in(li), reverse("villages:households")
    assert client.get(address).context["page"].total == 1
    asked = client.get(address, {"residence": "cancelled"})
    assert [row.number for row in asked.context["page"].rows] == ["002"]


def test_a_persons_page_tells_his_own_history_across_households(signed_in, li, wang, family):
    client, son = signed_in(li), str(family.son.pk)
    data = filled(client, family.home, "move", residents=[son], to_household="002")
    client.post(act(family.home, "move"), data)
    own = reverse("villages:resident", kwargs={"pk": family.son.pk})
    shown = text_of(client.get(own))
    assert "石桥村第1组001户：周小山迁往石桥村第1组002户" in shown
    assert ZHOU_ID not in text_of(client.get(own.replace(son, str(family.head.pk))))
    assert signed_in(wang).get(own).status_code == 404


def test_what_is_not_known_of_a_member_is_marked(signed_in, li, family):
    shown = signed_in(li).get(page_of(family.home))
    marks = {person.name: person.unchecked for person in shown.context["members"]}
    assert marks == {"周大山": ["无出生日期"], "王秀英": ["无身份证号"], "周小山": ["无身份证号"]}


def test_back_on_the_roll_from_the_persons_page(signed_in, li, family):
    Resident.objects.filter(pk=family.son.pk).update(left_on=clock.today(), left_as="moved_out")
    address = reverse("villages:return_to_roll", kwargs={"pk": family.son.pk})
    client = signed_in(li)
    fill_in(client, address, holding="relation", relation="子")
    assert fresh(family.son).left_on is None
    refused = client.post(address, form_on(client.get(address), holding="relation")[1])
    assert refused.status_code == 422
    assert "本来就在册" in text_of(refused)


def test_fifty_events_cost_as_many_queries_as_one(
    signed_in, li, family, django_assert_max_num_queries
):
    def event(person):
        RegistryEvent.objects.create(
            village=family.home.village, household=family.home, other_household=family.neighbour,
            resident=person, kind="moved", on=clock.today(), entered_at=clock.now(), by_name="李明",
        )  # fmt: skip

    client = signed_in(li)
    event(family.son)
    with CaptureQueriesContext(connection) as one:
        client.get(page_of(family.home))
    for _ in range(50):
        event(family.wife)
    with django_assert_max_num_queries(len(one)):
        client.get(page_of(family.home))
