"""Whatever brings people in, changes or takes them away: search knows at once, by every name they have now."""

import datetime as dt

import pytest

from liaison import clock
from liaison.imports.kinds import KINDS, Place
from liaison.imports.trace import TakenBack
from liaison.reading.excel_read import read_book
from villages import actions
from villages.looking import Look, household_ids, resident_ids
from villages.models import Household, Resident, SearchToken
from villages.roster.commit import commit
from villages.roster.stage import stage_book
from villages.search import refresh_households
from villages.typed import Typed

from .roster_files import number, roster, row

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 21)
ZHOU, MEI = number(), number("19720202", 902)


@pytest.fixture
def take(qingshan, shiqiao):
    """take(rows): a roster of 石桥村 comes in."""

    def run(*rows):
        place = Place(on=ON, township=qingshan, village=shiqiao)
        staged = stage_book(read_book(roster(*rows)), place)
        commit(staged=staged, by=None, file_name="名册.csv")

    return run


@pytest.fixture
def finds(li):
    """finds(text): names of the residents and of the heads that 李 is shown."""

    def look(text):
        found = Look(li, Typed.read(text))
        people, homes = found.residents(10), found.households(10)
        return [row.name for row, _ in people], [row.head_name for row, _ in homes]

    return look


def test_a_roster_that_came_in_is_found_and_what_it_changes_too(take, finds, household):
    take(row(id=ZHOU, phone="15400000001"), row("李梅", "妻", id=MEI, phone="15400000002"))
    assert finds("limei") == (["李梅"], [])
    assert finds("0002") == (["李梅"], [])
    assert finds(MEI[-4:]) == (["李梅"], [])
    take(row(id=ZHOU, phone="15400000001"), row("李小梅", "妻", id=MEI, phone="15400000003"))
    assert finds("limei") == ([], [])
    assert finds("lxm") == (["李小梅"], [])
    assert (finds("0002"), finds("0003")) == (([], []), (["李小梅"], []))


def test_what_an_undone_roster_made_is_found_no_more(take, finds, shiqiao):
    take(row("曾小山", "户主", id=ZHOU))
    people = list(Resident.objects.values_list("pk", flat=True))
    homes = list(Household.objects.filter(head_name="曾小山").values_list("pk", flat=True))
    assert finds("曾")[0] == ["曾小山"]
    removed = {"villages.resident": people, "villages.household": homes}
    KINDS["roster"].undone(TakenBack(removed, {}, township_id=shiqiao.township_id))
    assert finds("曾") == ([], [])
    assert not SearchToken.objects.filter(token__startswith="曾").exists()


def test_who_is_entered_and_put_right_by_hand_is_found(li, finds, shiqiao):
    head = {"name": "单小芳", "sex": "F", "id_number": "", "phones": ["15400004321"]}
    home = actions.add_household(
        by=li, group=shiqiao.groups.get(), number="077", head=head, address="", now=clock.now(),
        residence=Household.Residence.RESIDENT,
    )  # fmt: skip
    assert finds("shanx") == (["单小芳"], ["单小芳"])
    assert finds("77") == ([], ["单小芳"])
    assert finds("4321") == (["单小芳"], [])
    person = home.residents.get()
    actions.edit_resident(
        resident=person, by=li, version=person.version, tags=[], name="单大芳", now=clock.now()
    )
    assert finds("sdf") == (["单大芳"], ["单大芳"])
    assert finds("sxf") == ([], [])


def test_lists_are_filtered_by_the_same_words(li, wang, take, household):
    take(row(id=ZHOU), row("李梅", "妻", id=MEI))
    refresh_households([household])
    typed = Typed.read("mei")
    assert Resident.objects.visible_to(li).get(pk__in=resident_ids(li, typed)).name == "李梅"
    assert not resident_ids(wang, typed)
    homes = Household.objects.visible_to(li).filter(pk__in=household_ids(li, Typed.read("dashan")))
    assert [home.head_name for home in homes] == ["周大山"]
