"""The five practices' own time limits are those of the table of shipped ones (grievances/tests/shipped_limits.csv)."""

import pytest

from demo.limits import add_limits
from demo.scheme import KEYS, Scheme
from grievances.models import DeadlinePolicy
from grievances.tests.shipped import COLUMNS, shipped, told


@pytest.mark.parametrize("key", KEYS)
def test_a_practice_brings_exactly_its_rows(qingshan, key):
    scheme = Scheme.read(key)
    add_limits(scheme, qingshan)
    rows = [
        told(policy, scheme.name) for policy in DeadlinePolicy.objects.filter(township=qingshan)
    ]
    table = [{name: row[name] for name in COLUMNS} for row in shipped(scheme.name)]
    assert sorted(rows, key=str) == sorted(table, key=str)
    assert rows
