"""A roster taken out of the house and brought back changes nothing."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liaison.imports.kinds import Place
from liaison.imports.text import is_nothing
from liaison.models import AuditEntry
from liaison.reading.excel_read import read_book
from villages.exports import RosterExport
from villages.models import Group, Household, Resident, ResidentTag, Section, TagHolding
from villages.roster.stage import stage_book
from villages.roster.text import read_name
from villages.search import refresh_residents

from .roster_files import number

ON = dt.date(2026, 11, 21)
# Rare, four-byte, compatibility and private-use characters, a minority's dot, letters.
NAMES = st.text("王张曾李周㐱䶮𠮷𫍯〇\uf900\ue000·AbÄ ", min_size=1, max_size=12)
TEXTS = st.text("=+-@|'\"\\,，、；;：: \n#1２路号第组栋𠮷ａ%_<&", max_size=30)
RELATIONS = st.sampled_from(["", "妻", "配偶", "子", "长子", "儿媳", "父亲", "=1+1", "@他", "其他"])
TAGS = st.sets(st.sampled_from(["低保", "党员", "外出务工", "木匠", "=标签"]), max_size=3)
PHONES = st.lists(
    st.integers(0, 99_999_999).map(lambda n: f"154{n:08d}") | st.just("073100000000"),
    max_size=3,
    unique=True,
)
BIRTHS = st.dates(dt.date(1901, 1, 1), dt.date(2026, 11, 20))
PEOPLE = st.fixed_dictionaries(
    {
        "name": NAMES, "relation": RELATIONS, "born": st.none() | BIRTHS, "has_id": st.booleans(),
        "month_only": st.booleans(), "sex": st.sampled_from(["", "M", "F"]), "phones": PHONES,
        "tags": TAGS, "remark": TEXTS, "gone": st.sampled_from([False, False, False, True]),
    }
)  # fmt: skip
# A number that says nothing ("0", "-") finds its household by the people in it; not what is tried here.
NUMBERS = st.text("0123456789-ＡB东", min_size=1, max_size=8).filter(lambda n: not is_nothing(n))


def kept_name(said):
    """The name as it is kept: without a number two of one name and household are one person."""
    return read_name(said["name"]).text


HOMES = st.fixed_dictionaries(
    {
        "number": NUMBERS,
        "group": st.sampled_from(["第1组", "第2组", "塘坡组", "面前领村", "未分组", "东片第3组"]),
        "section": st.sampled_from(["", "东片", "西片"]),
        "address": TEXTS,
        "people": st.lists(PEOPLE, min_size=1, max_size=4, unique_by=kept_name),
    }
)


def found(village, said):
    """Store what was drawn, as the desk stores it."""
    orders = iter(range(900, 990))
    for home in said:
        group = Group.objects.get_or_create(village=village, name=home["group"])[0]
        if home["section"] and group.section is None:
            section = Section.objects.get_or_create(village=village, name=home["section"])[0]
            group.section = section
            group.save()
        household = Household.objects.create(
            township=village.township, village=village, group=group, number=home["number"],
            address=home["address"],
        )  # fmt: skip
        for at, person in enumerate(home["people"]):
            resident(household, person, "户主" if at == 0 else person["relation"], orders)


def resident(household, said, relation, orders):
    """One person of a household; a number tells birth date and sex."""
    name = read_name(said["name"])
    assume(not name.wrong and not name.note)
    born = said["born"]
    person = Resident(
        township=household.township, village=household.village, household=household,
        name=name.text, relation=relation, sex=said["sex"], birth_date=born, remark=said["remark"],
    )  # fmt: skip
    if said["has_id"] and born:
        person.set_id_number(number(f"{born:%Y%m%d}", next(orders)))
        person.sex = "M" if int(person.id_number[16]) % 2 else "F"
    elif born and said["month_only"]:
        person.birth_date, person.birth_month_only = born.replace(day=1), True
    person.set_phones(said["phones"])
    person.left_on = ON if said["gone"] else None
    person.save()
    if relation == "户主" and not said["gone"]:
        household.head_name = person.name
        household.save()
    for tag in said["tags"]:
        TagHolding.objects.create(
            resident=person, tag=ResidentTag.objects.get_or_create(name=tag)[0]
        )


def taken_out(village, on=ON):
    """The bytes of a village's roster."""
    stream = BytesIO()
    tags = set(ResidentTag.objects.values_list("pk", flat=True))
    RosterExport(
        queryset=Resident.objects.filter(village=village).on_a_roster(on), user=None, on=on,
        township=village.township, village=village, reason="核对", tags=tags,
    ).write(stream)  # fmt: skip
    return stream.getvalue()


@settings(
    deadline=None,
    max_examples=15,
)
@given(said=st.lists(HOMES, min_size=1, max_size=4, unique_by=lambda home: home["number"]))
@pytest.mark.parametrize("alone", [True, False])
def test_what_goes_out_comes_in_without_a_change(shiqiao, alone, said):
    with transaction.atomic():
        Household.objects.filter(village=shiqiao).delete()
        found(shiqiao, said)
        people = Resident.objects.present().count()
        assume(people)
        place = Place(township=shiqiao.township, village=shiqiao if alone else None, on=ON)
        staged = stage_book(read_book(taken_out(shiqiao)), place)
        transaction.set_rollback(True)
    assert not staged.refused
    counts = staged.counts()
    assert {kind: n for kind, n in counts["residents"].items() if n} == {"unchanged": people}
    assert {kind for kind, n in counts["households"].items() if n} <= {"unchanged", "missing"}


def test_a_clerk_takes_a_village_out_for_a_reason_and_the_trail_keeps_it(
    zhao, zhou_dashan, heping, signed_in
):
    refresh_residents([zhou_dashan])
    client, address = signed_in(zhao), reverse("villages:roster_export")
    village = zhou_dashan.village
    assert village.name in client.get(f"{address}?village={village.pk}").content.decode()
    answer = client.post(address, {"village": village.pk, "reason": "核对15400000001"})
    assert answer.status_code == 200
    (sheet,) = read_book(answer.content).sheets
    cells = [str(cell) for line in sheet.rows for cell in line]
    assert zhou_dashan.id_number in cells
    assert "党员" in cells  # and not 社区矫正, which the village's team alone may see
    line = AuditEntry.objects.get(action="导出花名册")
    assert line.after == {"事由": "核对154****", "条数": 1}
    assert line.object_label == "石桥村花名册"


def test_without_a_reason_or_in_a_foreign_village_nothing_leaves(
    zhao, li, household, foreign_village, signed_in
):
    address = reverse("villages:roster_export")
    client = signed_in(zhao)
    assert client.post(address, {"village": household.village_id}).status_code == 422
    foreign = client.post(address, {"village": foreign_village.pk, "reason": "核对"})
    assert foreign.status_code == 422
    assert "请从列表中选择" in foreign.content.decode()
    assert signed_in(li).get(address).status_code == 403
    assert not AuditEntry.objects.filter(action="导出花名册").exists()
