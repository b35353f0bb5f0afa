"""全局查找: what one may see, by what one knows of it; numbers of persons stay out of addresses."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import HouseholdLink
from liaison.models import AuditEntry

from .findable import ID_NUMBER, PHONE, URL, found, name_of, registry

__all__ = ["registry"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("text", ["长" * 100_000, "'\"--", "\\", "𠮷" * 60, "\x00"])
def test_nonsense_is_no_fault(signed_in, li, registry, text):
    assert signed_in(li).get(URL, {"q": text[:5000]}).status_code in (200, 400)
    assert signed_in(li).post(URL, {"q": text}).status_code in (200, 302, 400)


def test_roles_without_places_do_not_search(signed_in, auditor):
    assert signed_in(auditor).get(URL).status_code == 403


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
