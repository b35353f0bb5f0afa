"""A household's place on the drawing: the office's to give and to take, told in the trail, gone with the household."""

import pytest

from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from villages import actions
from villages.models import HousePoint
from villages.tests.roster_files import number, roster, row
from villages.tests.roster_pages import confirm, upload

pytestmark = pytest.mark.django_db


def test_the_office_places_a_house_moves_it_and_takes_it_off(zhao, household):
    for x, y in ((20, 30), (20, 30), (25, 30)):
        actions.place_house(household=household, x=x, y=y, by=zhao)
    point = HousePoint.objects.get()
    assert (point.x, point.y) == (25, 30)
    version = household.version
    household.refresh_from_db()
    assert household.version == version  # nothing of the household itself has changed
    actions.take_house_off(household=household, by=zhao)
    actions.take_house_off(household=household, by=zhao)
    assert not HousePoint.objects.exists()
    told = [(line.before, line.after) for line in AuditEntry.objects.order_by("pk")]
    assert told == [
        ({"位置": ""}, {"位置": "横20纵30"}),
        ({"位置": "横20纵30"}, {"位置": "横25纵30"}),
        ({"位置": "横25纵30"}, {"位置": ""}),
    ]


def test_nobody_else_does_and_nothing_beyond_the_drawing(zhao, li, qian, household):
    for by, x, sentence in (
        (li, 20, "不办理这项工作"), (qian, 20, "不在您联系的范围内"), (zhao, 101, "0到100"), (zhao, -1, "0到100"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=sentence):
            actions.place_house(household=household, x=x, y=0, by=by)
    with pytest.raises(NotAllowed):
        actions.take_house_off(household=household, by=li)
    household.residence = "cancelled"
    household.save()
    with pytest.raises(NotAllowed, match="已注销"):
        actions.place_house(household=household, x=20, y=0, by=zhao)
    assert not HousePoint.objects.exists()
    assert not AuditEntry.objects.exists()


def test_it_goes_with_a_household_whose_import_is_taken_back(
    signed_in, zhao, shiqiao, settings, tmp_path
):
    settings.PRIVATE_FILES = tmp_path
    client = signed_in(zhao)
    data = roster(row("钱多多", home="077", head="钱多多", id=number("19650505", 905)))
    address = upload(client, shiqiao, data=data).url
    confirm(client, address)
    home = shiqiao.households.get(number="077")
    actions.place_house(household=home, x=20, y=30, by=zhao)
    assert client.post(f"{address}undo/").status_code == 302
    assert not shiqiao.households.filter(number="077").exists()
    assert not HousePoint.objects.exists()
