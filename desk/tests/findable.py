"""周大山 and a namesake, to be found: what the tests of 全局查找 share."""

import datetime as dt

import pytest
from django.core.management import call_command

from grievances import actions as ledger
from grievances.models import Category, Source
from liaison import clock

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
