"""全局查找: what one may see, by what one knows of it; numbers of persons stay out of addresses."""

import datetime as dt

import pytest
from django.urls import reverse

from grievances import actions as ledger
from grievances.models import Category, Source
from liaison import clock
from liaison.models import AuditEntry

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
    person.set_phones([PHONE])
    person.save()
    household.head_pinyin = "zhoudashan zds"
    household.save()
    ledger.register(
        by=li, on=dt.date(2026, 11, 17), now=clock.now(), village=shiqiao, summary="路灯不亮",
        category=Category.objects.first(), kind="demand", source=Source.objects.first(),
        household=household,
    )  # fmt: skip
    return person


def found(client, text):
    """{heading: titles} of a search."""
    answer = client.get(URL, {"q": text})
    assert answer.status_code == 200
    return {kind.heading: [hit.title for hit in kind.hits] for kind in answer.context["found"]}


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
        ("大山", {}),
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
    assert [hit.title for kind in answer.context["found"] for hit in kind.hits] == ["周大山"]
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


def test_somebody_who_left_is_not_listed(signed_in, li, registry):
    registry.left_on = dt.date(2026, 1, 1)
    registry.save()
    assert found(signed_in(li), "周大山") == {"户": ["周大山"]}


def test_no_more_than_twenty_of_a_kind(signed_in, li, shiqiao, household):
    for number in range(25):
        shiqiao.households.create(
            township=shiqiao.township,
            group=household.group,
            number=f"8{number}",
            head_name="欧阳海",
        )
    kind = signed_in(li).get(URL, {"q": "欧阳"}).context["found"][0]
    assert (len(kind.hits), kind.more) == (20, True)


@pytest.mark.parametrize("text", ["长" * 100_000, "'\"--", "\\", "𠮷" * 60, "\x00"])
def test_nonsense_is_no_fault(signed_in, li, registry, text):
    assert signed_in(li).get(URL, {"q": text[:5000]}).status_code in (200, 400)
    assert signed_in(li).post(URL, {"q": text}).status_code in (200, 302, 400)


def test_a_search_costs_few_queries(signed_in, li, registry, django_assert_max_num_queries):
    client = signed_in(li)
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL, {"q": "周"})


def test_roles_without_places_do_not_search(signed_in, auditor):
    assert signed_in(auditor).get(URL).status_code == 403
