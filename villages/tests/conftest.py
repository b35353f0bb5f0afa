"""People of the household of 石桥村, invented: ID order codes 9xx, phones 154…."""

import datetime as dt
from types import SimpleNamespace

import pytest

from liaison.idempotency import new_key
from villages.models import Household, Resident, ResidentTag
from villages.search import refresh_residents

ZHOU_ID = "430181197001019017"
PHONE = "15400000001"


@pytest.fixture
def zhou_dashan(household):
    """周大山, head of the household of 石桥村, with an ID number, a phone and a sensitive tag."""
    person = Resident(
        township=household.township,
        village=household.village,
        household=household,
        name="周大山",
        pinyin="zhoudashan zds",
        relation="户主",
        sex="M",
    )
    person.set_id_number(ZHOU_ID)
    person.set_phones([PHONE])
    person.save()
    refresh_residents([person], new=True)
    for name, sensitive in (("社区矫正", True), ("党员", False)):
        # Seeded by a migration, and gone after a test that empties the tables.
        tag, _ = ResidentTag.objects.get_or_create(name=name, defaults={"sensitive": sensitive})
        person.tags.add(tag)
    household.residents_count = 1
    household.save()
    return person


@pytest.fixture
def newcomer():
    """A filled form of one more member."""
    return {"form_key": new_key(), "name": "周小山", "relation": "子", "sex": "M", "phones": PHONE}


@pytest.fixture
def family(zhou_dashan):
    """``.head``, ``.wife`` and ``.son`` of ``.home``, the household of 石桥村; ``.lin`` of ``.neighbour`` (002)."""
    home = zhou_dashan.household
    place = {"township": home.township, "village": home.village}
    wife = Resident.objects.create(
        household=home, name="王秀英", relation="妻", birth_date=dt.date(1972, 3, 4), **place
    )
    son = Resident.objects.create(
        household=home, name="周小山", relation="子", birth_date=dt.date(1995, 5, 6), **place
    )
    home.residents_count = 3
    home.save()
    neighbour = Household.objects.create(
        group=home.group, number="002", head_name="林水生", residents_count=1, **place
    )
    lin = Resident.objects.create(household=neighbour, name="林水生", relation="户主", **place)
    return SimpleNamespace(
        head=zhou_dashan, wife=wife, son=son, home=home, neighbour=neighbour, lin=lin
    )
