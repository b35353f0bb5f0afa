"""While a roster is taken in, everybody else's saves go on (PostgreSQL; SQLite has one writer at a time)."""

import threading

import pytest
from django.db import connection, connections

from grievances.actions import register
from grievances.models import Category, Source
from tests.lived_in import DAY, NOW
from villages.models import Household, Resident
from villages.roster import commit as taking
from villages.tests.roster_files import roster, row
from villages.tests.test_roster_stage import stage_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_a_matter_is_registered_while_a_roster_is_taken_in(li, shiqiao, monkeypatch):
    facts = {
        "village": shiqiao, "household": shiqiao.households.get(), "summary": "村口路灯不亮",
        "kind": "demand",
        "category": Category.objects.get_or_create(name="道路交通", defaults={"code": "99"})[0],
        "source": Source.objects.get_or_create(name="驻点日接待", defaults={"code": "99"})[0],
    }  # fmt: skip
    home = shiqiao.households.get()
    data = roster(row(home=home.number, address="2号"))
    staged = stage_file(data, township=shiqiao.township, village=shiqiao)
    registered = []

    def save():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        try:
            registered.append(register(by=li, on=DAY, now=NOW, **facts))
        finally:
            connections.close_all()

    def meanwhile(*args, **facts):
        other = threading.Thread(target=save)
        other.start()
        other.join(timeout=20)

    monkeypatch.setattr(taking, "registry_stamp", lambda township: staged.stamp)
    # The last thing an import does: all it locks is locked
    monkeypatch.setattr(taking.Writing, "_trail", meanwhile)
    taking.commit(staged=staged, by=None, file_name="名册.csv")
    assert registered[0].household == home
    assert Household.objects.get().address == "2号"
    assert Resident.objects.exists()
