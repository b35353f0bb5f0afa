"""Rows stored in bulk read as those Django stores one by one, on either database."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from desk.tests.at_once import at_once
from liaison.bulk import insert_many, maker, reserve_keys, store_rows, update_many
from liaison.models import AuditEntry, Submission
from liaison.personal import Sealed
from villages.models import Household, Resident, ResidentTag, SearchToken

NASTY = "曾\t一\n二\r\\N\\.\"'%s;𠮷=1+1"


def person(household, name="周大山", **facts):
    """A resident not yet stored."""
    return Resident(
        township=household.township,
        village=household.village,
        household=household,
        name=name,
        **facts,
    )


def home(household, number):
    """A household not yet stored, beside another."""
    return Household(
        township_id=household.township_id,
        village_id=household.village_id,
        group_id=household.group_id,
        number=number,
    )


def stored(model, *without):
    """Every row as the database's own values, without its key and some fields."""
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in ("id", *without)]
    return list(model.objects.order_by("pk").values_list(*names))


def test_rows_read_as_bulk_create_would_have_stored_them(household):
    def rows():
        born = dt.date(1970, 1, 31)
        return [
            person(household, birth_date=born, birth_month_only=True, phones="15400000001"),
            person(household, NASTY, remark=NASTY, id_number=NASTY, left_on=born),
            person(household, "", version=7),
        ]

    Resident.objects.bulk_create(rows())
    expected = stored(Resident)
    Resident.objects.all().delete()
    insert_many(Resident, rows())
    assert stored(Resident) == expected


@pytest.mark.django_db
def test_json_moments_and_identifiers_are_stored_too():
    now = timezone.now()

    def lines():
        said = {"住址": NASTY, "数": [1, None, True]}
        return [
            AuditEntry(chain="9", position=1, at=now, after=said, township_id=3),
            AuditEntry(chain="9", position=2, at=now, actor_id=2, before={}),
        ]

    with transaction.atomic():
        AuditEntry.objects.bulk_create(lines())
        expected = stored(AuditEntry)
        AuditEntry.objects.all().delete()
        insert_many(AuditEntry, lines())
        assert stored(AuditEntry) == expected
    form = Submission(uuid=uuid.uuid4(), user_id=1, purpose="a", content="机密", at=now)
    insert_many(Submission, [form])
    assert stored(Submission)[0] == (form.uuid, 1, "a", "", "机密", "", now)


def test_keys_go_up_in_the_order_given_and_go_on_after_a_deletion(household):
    first = insert_many(Household, [home(household, str(n)) for n in range(3)])
    assert [row.pk for row in first] == sorted(row.pk for row in first)
    assert [Household.objects.get(pk=row.pk).number for row in first] == ["0", "1", "2"]
    Household.objects.filter(pk=first[-1].pk).delete()
    again = insert_many(Household, [home(household, "4")])
    single = Household.objects.create(
        township=household.township, village=household.village, group=household.group, number="5"
    )
    assert first[-1].pk < again[0].pk < single.pk
    again[0].number = "6"
    again[0].save()
    assert Household.objects.get(pk=again[0].pk).number == "6"


def test_nothing_to_store_is_no_statement(household, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(0):
        assert reserve_keys(Household, 0) == []
    assert insert_many(Household, []) == []


def test_a_refused_row_leaves_none_of_them(household):
    rows = [home(household, number) for number in ("7", "8", household.number)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(Household, rows)
    assert Household.objects.filter(village=household.village).get() == household


def _breaking_off(household, how, after=1200):
    for at in range(after):
        yield household.township_id, household.village_id, household.group_id, f"9{at}"
    how()


@pytest.mark.parametrize("how", ["asking", "failing"])
def test_rows_that_break_off_on_their_way_leave_none_and_say_why(household, how):
    """They are made while the database stores the ones before, so it can be asked nothing meanwhile."""
    names = ("township_id", "village_id", "group_id", "number")
    ways = {"asking": Household.objects.count, "failing": lambda: int("户")}
    said = {"asking": (RuntimeError, "on their way"), "failing": (ValueError, "户")}[how]
    with pytest.raises(said[0], match=said[1]), transaction.atomic():
        store_rows(Household, names, _breaking_off(household, ways[how]))
    assert Household.objects.get() == household


@pytest.mark.django_db(transaction=True)
def test_keys_are_reserved_in_a_transaction_only():
    with pytest.raises(RuntimeError):
        reserve_keys(Household, 1)


def test_what_is_encrypted_beforehand_is_stored_as_it_is(household):
    number = Sealed("430181197001019017")
    insert_many(Resident, [person(household, id_number=number)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM villages_resident")
        assert cursor.fetchone() == (number.token,)
    assert Resident.objects.get().id_number == "430181197001019017"


@pytest.mark.django_db
def test_tuples_are_stored_from_an_iterator_with_defaults_for_the_rest():
    names = ("id", "township_id", "village_id", "kind", "token")
    store_rows(SearchToken, names, ((n, 1, 2, 1, f"王{n}") for n in range(3)))
    assert set(SearchToken.objects.values_list("token", "pk")) == {
        ("王0", 0),
        ("王1", 1),
        ("王2", 2),
    }
    store_rows(ResidentTag, ("name",), [("试用",)])
    tag = ResidentTag.objects.get(name="试用")
    usual = ResidentTag()
    assert (tag.sensitive, tag.order, tag.version) == (usual.sensitive, usual.order, 1)


def test_fields_are_written_back_row_by_row(household):
    rows = insert_many(Resident, [person(household, f"周{n}") for n in "一二三"])
    rows[0].birth_date, rows[0].remark = dt.date(1970, 1, 1), NASTY
    rows[2].phones, rows[2].version = Sealed("15400000001"), 2
    update_many(Resident, rows[::2], ["birth_date", "remark", "phones", "version"])
    assert list(
        Resident.objects.order_by("pk").values_list("birth_date", "remark", "phones", "version")
    ) == [(dt.date(1970, 1, 1), NASTY, "", 1), (None, "", "", 1), (None, "", "15400000001", 2)]
    update_many(Resident, [], ["remark"])


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_never_share_a_key(household):
    def run(letter):
        def call():
            with transaction.atomic():
                return [
                    row.pk
                    for row in insert_many(
                        Household, [home(household, f"{letter}{n}") for n in range(200)]
                    )
                ]

        return call

    results, count = at_once([run("a"), run("b")], Household.objects.count)
    assert len(set(results[0]) | set(results[1])) == 400
    assert count == 401


def test_instances_made_by_position_are_those_made_by_name(household):
    make = maker(Household, "township_id", "village_id", "group_id", "number")
    row = make(household.township_id, household.village_id, household.group_id, "9")
    named = home(household, "9")
    names = [field.attname for field in Household._meta.concrete_fields]
    assert [getattr(row, name) for name in names] == [getattr(named, name) for name in names]
    insert_many(Household, [row])
    assert Household.objects.get(number="9") == row
