"""全局查找: what one may see, by what one knows of it; numbers of persons stay out of addresses."""

import datetime as dt
import re
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.models import HouseholdLink
from grievances import actions as ledger
from grievances.models import Category, Source
from liaison import clock
from liaison.models import AuditEntry
from villages.looking import Look
from villages.models import Household
from villages.querysets import HouseholdQuerySet
from villages.typed import Typed

pytestmark = pytest.mark.django_db
URL = "/search/"
ID_NUMBER = "99000119900307901X"
PHONE = "15400001234"


@pytest.fixture
def registry(shiqiao, heping, household, li, neighbours):
    """周大山 with number and phone in 石桥村, a matter of his, and a namesake in 和平村."""
    person = household.residents.create(
        township=shiqiao.township, village=shiqiao, name="周大山", pinyin="zhoudashan zds"
    )
    person.set_id_number(ID_NUMBER)
    person.set_phones([PHONE, "15400005678"])
    person.save()
    household.head_pinyin = "zhoudashan zds"
    household.save()
    shiqiao.pinyin = "shiqiaocun sqc"
    shiqiao.save()
    ledger.register(
        by=li, on=dt.date(2026, 11, 17), now=clock.now(), village=shiqiao, summary="路灯不亮",
        category=Category.objects.first(), kind="demand", source=Source.objects.first(),
        household=household,
    )  # fmt: skip
    findable()
    return person


def findable():
    """Let what the fixtures stored be found, as the verbs do with what they store."""
    call_command("rebuild_search", verbosity=0)


def found(client, text):
    """{heading: titles} of a search."""
    answer = client.get(URL, {"q": text})
    assert answer.status_code == 200
    return {kind.heading: [name_of(hit) for hit in kind.hits] for kind in answer.context["found"]}


def name_of(hit):
    """A hit's name, put together again."""
    return hit.met.before + hit.met.mark + hit.met.after


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("100-2026-00001", {"诉求": ["100-2026-00001"]}),
        ("2026-00001", {"诉求": ["100-2026-00001"]}),
        ("周大山", {"户": ["周大山"], "居民": ["周大山"]}),
        (" 周 大　山 ", {"户": ["周大山"], "居民": ["周大山"]}),
        ("石 桥 村", {"村(社区)": ["石桥村"]}),
        ("zds", {"户": ["周大山"], "居民": ["周大山"]}),
        ("ZhouDa", {"户": ["周大山"], "居民": ["周大山"]}),
        ("wgx", {"户": ["吴桂香"]}),
        ("004", {"户": ["郑国强"]}),
        ("石桥", {"村(社区)": ["石桥村"]}),
        ("shiqiao", {"村(社区)": ["石桥村"]}),
        ("大山", {"户": ["周大山"], "居民": ["周大山"]}),
        ("dashan", {"户": ["周大山"], "居民": ["周大山"]}),
        ("ds", {"户": ["周大山"], "居民": ["周大山"]}),
        ("901x", {"居民": ["周大山"]}),
        ("1234", {"居民": ["周大山"]}),
        ("5678", {"居民": ["周大山"]}),
        ("4", {"户": ["郑国强"]}),
        ("zhou'da shan", {"户": ["周大山"], "居民": ["周大山"]}),
        ("ＺＤＳ", {"户": ["周大山"], "居民": ["周大山"]}),
        ("山大", {}),
        ("daishan", {}),
        ("%", {}),
        ("_", {}),
        ("周_山", {}),
        ("", {}),
        ("   ", {}),
    ],
)
def test_what_one_knows_finds_it(signed_in, li, registry, text, kinds):
    assert found(signed_in(li), text) == kinds


def test_everybody_finds_only_what_he_may_see(
    signed_in, registry, wang, zhao, qian, chen, county, contact
):
    assert found(signed_in(wang), "周大山") == {"户": ["周大山"]}  # the namesake of 和平村
    assert found(signed_in(wang), "100-2026-00001") == {}
    assert found(signed_in(zhao), "周大山") == {"户": ["周大山", "周大山"], "居民": ["周大山"]}
    assert found(signed_in(qian), "100-2026-00001") == {}
    assert found(signed_in(chen), "周大山") == {}
    assert found(signed_in(chen), "100-2026-00001") == {}  # not his department's
    assert found(signed_in(county), "周大山") == {}
    assert found(signed_in(contact), "100-2026-00001") == {}


@pytest.mark.parametrize("number", [ID_NUMBER, ID_NUMBER.lower(), PHONE, "154 0000 1234"])
def test_a_whole_number_is_refused_in_an_address_and_found_by_the_form(
    signed_in, li, registry, number
):
    client = signed_in(li)
    refused = client.get(URL, {"q": number})
    assert not refused.context["found"]
    assert "不能放在网址里" in refused.content.decode()
    assert number not in refused.content.decode()

    answer = client.post(URL, {"q": number})
    assert answer.status_code == 200
    assert [name_of(hit) for kind in answer.context["found"] for hit in kind.hits] == ["周大山"]
    text = answer.content.decode()
    assert number not in text and ID_NUMBER not in text and PHONE not in text
    assert "990***********901X" in text
    assert not AuditEntry.objects.filter(object_label__contains=number).exists()


def test_somebody_else_s_number_finds_nothing(signed_in, wang, registry):
    answer = signed_in(wang).post(URL, {"q": ID_NUMBER})
    assert not answer.context["found"]
    assert "没有找到这个号码" in answer.content.decode()


def test_a_name_sent_by_the_box_gets_an_address_of_its_own(signed_in, li, registry):
    answer = signed_in(li).post(URL, {"q": " 周大山 "}, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{reverse('desk:search')}?q=")
    assert answer.context["found"]


@pytest.mark.parametrize(
    ("left_as", "said"),
    [("died", "已死亡"), ("moved_out", "已迁出"), ("duplicate", "重复登记"), ("", "已离册")],
)
def test_somebody_who_left_stands_last_and_is_said_to_have_left(
    signed_in, li, registry, household, left_as, said
):
    registry.left_on, registry.left_as = dt.date(2026, 1, 1), left_as
    registry.save()
    household.residents.create(
        township=registry.township, village=registry.village, name="周大山石"
    )
    findable()
    people = signed_in(li).get(URL, {"q": "周大山"}).context["found"][0]
    assert [(name_of(hit), hit.state) for hit in people.hits] == [
        ("周大山石", ""),
        ("周大山", said),
    ]


def test_a_cancelled_household_stands_last(signed_in, li, registry, household):
    household.residence = "cancelled"
    household.save()
    other = household.village.households.get(number="004")
    other.head_name = "周大山石"
    other.save()
    findable()
    homes = signed_in(li).get(URL, {"q": "周大山"}).context["found"][1]
    assert [(name_of(hit), hit.state) for hit in homes.hits] == [
        ("周大山石", ""),
        ("周大山", "已注销"),
    ]


def test_no_more_than_twenty_of_a_kind(signed_in, li, shiqiao, household):
    for number in range(25):
        shiqiao.households.create(
            township=shiqiao.township,
            group=household.group,
            number=f"8{number}",
            head_name="欧阳海",
        )
    findable()
    answer = signed_in(li).get(URL, {"q": "欧阳"})
    kind = answer.context["found"][0]
    assert (len(kind.hits), kind.more) == (20, True)
    listed = signed_in(li).get(kind.more_url)
    assert "25 条" in listed.content.decode()
    assert f'href="{kind.more_url}"' in answer.content.decode()


@pytest.mark.parametrize("text", ["长" * 100_000, "'\"--", "\\", "𠮷" * 60, "\x00"])
def test_nonsense_is_no_fault(signed_in, li, registry, text):
    assert signed_in(li).get(URL, {"q": text[:5000]}).status_code in (200, 400)
    assert signed_in(li).post(URL, {"q": text}).status_code in (200, 302, 400)


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("", 5),  # session, account, posts; the bell; whether reminders are late
        ("周", 9),  # words of people and households together, both kinds' rows, villages
        ("zds", 9),
        ("5678", 8),  # words, people, matters; no household has such a number
        ("100-2026-00001", 8),  # words, matters, villages: as long as a division code
        ("无此人", 7),  # words, villages
    ],
)
def test_a_search_costs_few_queries(
    signed_in, zhao, registry, django_assert_num_queries, text, queries
):
    client = signed_in(zhao)
    client.get(URL)
    with django_assert_num_queries(queries):
        client.get(URL, {"q": text})


def test_suggestions_cost_no_frame(signed_in, zhao, li, registry, django_assert_num_queries):
    client, url = signed_in(zhao), reverse("desk:suggest")
    client.post(url, {"q": "周"})
    with django_assert_num_queries(7):
        client.post(url, {"q": "周"})
    client = signed_in(li)
    client.post(url, {"q": "周"})
    with django_assert_num_queries(10):  # his villages, their townships, where he stands in
        client.post(url, {"q": "周"})


def test_of_a_matter_no_more_is_read_than_is_shown(signed_in, zhao, registry):
    client = signed_in(zhao)
    with CaptureQueriesContext(connection) as asked:
        assert found(client, "2026-00001") == {"诉求": ["100-2026-00001"]}
    (ledger_read,) = [each["sql"] for each in asked if "summary" in each["sql"]]
    assert not re.search("complainant|phone|detail", ledger_read)


def test_words_of_many_places_are_read_piece_by_piece(li, registry):
    """One statement takes so many stretches; more are read by another, and nothing is left out."""
    look = {many: Look(li, Typed.read("zhou")) for many in (2, 300)}
    for many, each in look.items():
        with patch("villages.looking.UNITED", many):
            each.homes = [row.pk for row, _ in each.households(5)]
            each.people = [row.pk for row, _ in each.residents(5)]
    assert look[2].homes == look[300].homes != []
    assert look[2].people == look[300].people == [registry.pk]


def test_roles_without_places_do_not_search(signed_in, auditor):
    assert signed_in(auditor).get(URL).status_code == 403


@pytest.mark.parametrize(
    ("text", "why", "mark"),
    [
        ("周", "姓名", "周"),
        ("大山", "姓名", "大山"),
        ("zhoud", "拼音", "周大"),
        ("das", "拼音", "大山"),
        ("ds", "首字母", "大山"),
        ("901X", "身份证号末四位", ""),
        ("5678", "电话末四位", ""),
    ],
)
def test_what_matched_is_said_and_marked(signed_in, li, registry, text, why, mark):
    hit = signed_in(li).get(URL, {"q": text}).context["found"][0].hits[0]
    assert (hit.met.why, hit.met.mark) == (why, mark)


def test_numbers_are_masked_whatever_found_them(signed_in, li, registry):
    text = signed_in(li).get(URL, {"q": "5678"}).content.decode()
    assert "154****5678" in text and "15400005678" not in text
    text = signed_in(li).get(URL, {"q": "901X"}).content.decode()
    assert "990***********901X" in text and ID_NUMBER not in text


def test_suggestions_come_by_post_and_name_nobody_of_elsewhere(signed_in, li, wang, registry):
    url = reverse("desk:suggest")
    text = signed_in(li).post(url, {"q": ID_NUMBER}).content.decode()
    assert 'role="option"' in text and ID_NUMBER not in text
    assert "没有找到" in signed_in(wang).post(url, {"q": ID_NUMBER}).content.decode()
    assert signed_in(li).post(url, {"q": ""}).content.strip() == b""
    assert signed_in(li).get(url, {"q": "周"}).status_code == 405


def test_a_contact_finds_his_own_households_alone(signed_in, contact, registry, household):
    client = signed_in(contact)
    assert found(client, "周大山") == {}
    HouseholdLink.objects.create(
        village=household.village, household=household,
        kind=HouseholdLink.Kind.CADRE, post=contact.post, since=dt.date(2026, 1, 1),
    )  # fmt: skip
    assert found(client, "周大山") == {"居民": ["周大山"], "户": ["周大山"]}
    assert found(client, "吴桂香") == {}


def test_a_reader_of_few_households_misses_nothing_behind_many(signed_in, li, household, shiqiao):
    """Others' words fill what is read first; the one he may see stands behind them."""
    for number in range(120):
        shiqiao.households.create(
            township=shiqiao.township, group=household.group, number=f"9{number}", head_name="王明"
        )
    findable()
    last = shiqiao.households.order_by("pk").last()
    look = Look(li, Typed.read("wangm"))
    mine = Household.objects.filter(pk=last.pk)
    with patch.object(HouseholdQuerySet, "visible_to", lambda rows, user: rows & mine):
        assert [row.pk for row, _ in look.households(5)] == [last.pk]
