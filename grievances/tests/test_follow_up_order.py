"""The list of what villagers answered is read by an index, however many answers there are."""

import pytest
from django.db import connection

from grievances.views.lists import FollowUps

pytestmark = pytest.mark.django_db


def test_the_newest_answers_are_read_to_the_end_of_the_page_and_no_further(rf, zhao):
    view = FollowUps()
    view.request = rf.get("/ledger/follow-ups/")
    view.request.user = zhao
    if connection.vendor == "postgresql":  # a table of no rows is walked through otherwise
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    plan = view.get_queryset().order_by(*view.orders["new"])[:21].explain()
    assert "follow_up_newest" in plan
