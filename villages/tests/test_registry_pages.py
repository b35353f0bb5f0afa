"""The lists and pages of villages, households and residents: who sees what, and what bad input gets."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liaison.reading.excel_read import read_book
from villages.models import Group, Household, Resident, ResidentTag, Village

from .conftest import PHONE, ZHOU_ID

LISTS = ("villages:villages", "villages:households", "villages:residents")


def text_of(response):
    return response.content.decode()


def page_of(household):
    return reverse("villages:household", kwargs={"pk": household.pk})


@pytest.mark.parametrize("name", LISTS)
def test_a_cadre_lists_his_village_and_no_other(signed_in, li, heping, zhou_dashan, name):
    heping.households.update(head_name="吴长河")
    answer = text_of(signed_in(li).get(reverse(name)))
    assert "石桥村" in answer
    assert "和平村" not in answer
    assert "吴长河" not in answer


def test_the_office_lists_villages_in_administrative_order(signed_in, zhao, shiqiao, heping):
    answer = text_of(signed_in(zhao).get(reverse("villages:villages")))
    assert answer.index(">石桥村<") < answer.index(">和平村<")


def test_a_count_is_a_link_to_exactly_its_rows(signed_in, zhao, shiqiao, zhou_dashan):
    group = shiqiao.groups.get()
    for number, residence in (("002", "seasonal"), ("003", "away"), ("004", "vacant")):
        Household.objects.create(
            township=shiqiao.township,
            village=shiqiao,
            group=group,
            number=number,
            residence=residence,
        )
    client = signed_in(zhao)
    row = Village.objects.with_counts(zhao).get(pk=shiqiao.pk)
    assert (row.groups_count, row.on_roll_count, row.resident_count, row.people_count) == (
        1, 3, 2, 1,
    )  # fmt: skip
    listed = text_of(client.get(reverse("villages:villages")))
    asked = f"village={shiqiao.pk}&amp;residence=resident&amp;residence=seasonal"
    assert f"?{asked}&amp;residence=away" in listed
    on_roll = client.get(
        f"{reverse('villages:households')}?{asked}&amp;residence=away".replace("&amp;", "&")
    )
    resident = client.get(f"{reverse('villages:households')}?{asked}".replace("&amp;", "&"))
    assert on_roll.context["page"].total == 3
    assert resident.context["page"].total == 2


def test_the_county_reads_counts_and_no_names(signed_in, county, shiqiao, zhou_dashan):
    client = signed_in(county)
    village = client.get(reverse("villages:village", kwargs={"code": shiqiao.code}))
    assert village.status_code == 200
    assert "周大山" not in text_of(village)
    assert reverse("villages:households") not in text_of(village)
    for address in (
        reverse("villages:households"),
        reverse("villages:residents"),
        page_of(zhou_dashan.household),
    ):
        assert client.get(address).status_code == 403


def test_a_household_shows_masked_numbers_only(signed_in, li, zhou_dashan):
    answer = text_of(signed_in(li).get(page_of(zhou_dashan.household)))
    assert "430***********9017" in answer
    assert "154****0001" in answer
    assert ZHOU_ID not in answer
    assert PHONE not in answer


def test_a_sensitive_tag_is_for_the_team_of_the_village(signed_in, li, zhao, contact, zhou_dashan):
    home = zhou_dashan.household
    contact.post.household_links.create(
        village=home.village, household=home, kind="cadre", since="2020-01-01"
    )
    page, residents = page_of(home), reverse("villages:residents")
    for address in (page, residents):
        assert 'tag-sensitive">社区矫正' in text_of(signed_in(li).get(address))
        for outsider in (zhao, contact):
            answer = text_of(signed_in(outsider).get(address))
            assert "社区矫正" not in answer
            assert "党员" in answer


def test_a_sensitive_tag_finds_nobody_for_those_outside_the_team(signed_in, li, zhao, zhou_dashan):
    tag = ResidentTag.objects.get(name="社区矫正")
    address = f"{reverse('villages:residents')}?tag={tag.pk}"
    assert "周大山" in text_of(signed_in(li).get(address))
    refused = signed_in(zhao).get(address)
    assert refused.status_code == 422
    assert "周大山" not in text_of(refused)


def test_a_foreign_household_answers_as_a_missing_one(
    signed_in, li, heping, foreign_village, zhou_dashan
):
    client = signed_in(li)
    own, foreign = zhou_dashan.household, heping.households.get()
    far = foreign_village.households.get()
    assert client.get(page_of(own)).status_code == 200
    for pk in (foreign.pk, far.pk, 10**15, 9**20):
        for name in ("household", "edit_household", "add_resident"):
            address = reverse(f"villages:{name}", kwargs={"pk": pk})
            assert client.get(address).status_code == 404
            assert client.post(address, {}).status_code == 404


def test_a_foreign_village_answers_as_a_missing_one(signed_in, li, shiqiao, heping):
    client = signed_in(li)
    codes = {shiqiao.code: 200, heping.code: 404, "999999999999": 404, "不是代码": 404}
    for code, status in codes.items():
        answer = client.get(reverse("villages:village", kwargs={"code": code}))
        assert answer.status_code == status


@pytest.mark.parametrize("typed", ["周大", "zhoudashan", "zds", "ZHOU da"])
def test_a_resident_is_found_by_name_full_pinyin_or_initials(signed_in, li, zhou_dashan, typed):
    answer = signed_in(li).get(reverse("villages:residents"), {"q": typed})
    assert [row.name for row in answer.context["page"].rows] == ["周大山"]


@pytest.mark.parametrize("typed", ["%", "_", "周%山", "'; --", "\\", "张三"])
def test_signs_of_a_query_are_plain_signs(signed_in, li, zhou_dashan, typed):
    for name in LISTS:
        answer = signed_in(li).get(reverse(name), {"q": typed})
        assert answer.status_code == 200
        assert not answer.context["page"].rows


@pytest.mark.parametrize("typed", [PHONE, ZHOU_ID, "430181700101901"])
def test_an_id_or_phone_number_is_no_query(signed_in, li, zhou_dashan, typed):
    answer = signed_in(li).get(reverse("villages:residents"), {"q": typed})
    assert answer.status_code == 422
    assert "请按姓名或拼音查找" in text_of(answer)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"page={9**20}", 200),
        ("page=-1&page_size=0", 200),
        ("page=abc&after=zz~~&before=~", 200),
        ("page_size=99999", 200),
        ("order=password", 200),
        ("q=%00", 400),
        ("q=" + "长" * 300, 422),
    ],
)
def test_a_strange_address_gets_an_answer(signed_in, li, zhou_dashan, name, query, status):
    assert signed_in(li).get(f"{reverse(name)}?{query}").status_code == status


@pytest.mark.parametrize("value", ["abc", 9**20, -1, "1;2"])
def test_a_strange_filter_is_refused_with_a_sentence(signed_in, li, zhou_dashan, value):
    for name, field in (("households", "village"), ("households", "group"), ("residents", "tag")):
        answer = signed_in(li).get(reverse(f"villages:{name}"), {field: value})
        assert answer.status_code == 422
        assert "查询条件有误" in text_of(answer)


def test_an_empty_list_says_what_to_do_next(signed_in, li, zhou_dashan):
    answer = text_of(signed_in(li).get(reverse("villages:households"), {"q": "无此人"}))
    assert "暂无数据" in answer
    assert "导入本村花名册" in answer


def _fill(village, count):
    """So many more groups, households and residents, tagged."""
    groups = Group.objects.bulk_create(
        Group(village=village, name=f"第{n}组", number=n) for n in range(2, count + 2)
    )
    place = {"township": village.township, "village": village}
    homes = Household.objects.bulk_create(
        Household(**place, group=group, number=f"1{n:03}", head_name="钱满仓")
        for n, group in enumerate(groups)
    )
    people = Resident.objects.bulk_create(
        Resident(**place, household=home, name="钱满仓", relation="户主") for home in homes
    )
    tag = ResidentTag.objects.get(name="党员")
    through = Resident.tags.through
    through.objects.bulk_create(through(resident=p, tag=tag) for p in people)


def _villages(township, count):
    Village.objects.bulk_create(
        Village(township=township, code=f"{township.code[:9]}{n}", name=f"第{n}村")
        for n in range(300, 300 + count)
    )


def _queries(client, address):
    client.get(address)  # what is read once per process is read now
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer, len(seen)


@pytest.mark.parametrize("name", LISTS)
def test_fifty_rows_cost_as_many_queries_as_one(signed_in, zhao, shiqiao, zhou_dashan, name):
    client, address = signed_in(zhao), f"{reverse(name)}?page_size=100"
    short, few = _queries(client, address)
    _fill(shiqiao, 50)
    _villages(shiqiao.township, 50)
    long, many = _queries(client, address)
    assert len(long.context["page"].rows) >= len(short.context["page"].rows) + 50
    assert many == few
    assert many <= 12


def test_fifty_members_cost_as_many_queries_as_one(signed_in, li, zhou_dashan):
    client, home = signed_in(li), zhou_dashan.household
    _, few = _queries(client, page_of(home))
    place = {"township": home.township, "village": home.village, "household": home}
    Resident.objects.bulk_create(Resident(**place, name=f"周{n}") for n in range(50))
    answer, many = _queries(client, page_of(home))
    assert len(answer.context["members"]) == 51
    assert many == few


def test_the_export_holds_the_filtered_rows_with_masked_numbers(signed_in, li, zhou_dashan):
    answer = signed_in(li).get(reverse("villages:residents"), {"q": "周", "format": "xlsx"})
    assert answer.status_code == 200
    assert "居民名册" in unquote(answer["Content-Disposition"])

    said = str([sheet.rows for sheet in read_book(answer.content).sheets])
    assert "周大山" in said
    assert "430***********9017" in said
    assert ZHOU_ID not in said


def test_every_kept_personal_field_is_on_the_registry_page(signed_in, chen):
    answer = text_of(signed_in(chen).get(reverse("villages:personal_data")))
    for word in ("身份证号", "联系电话", "人群标签", "敏感标签只给本村驻点团队看"):
        assert word in answer
