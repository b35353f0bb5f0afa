"""Two taps and two colleagues at the same moment: one record, or one refusal with both shown."""

import pytest
from django.test import Client
from django.urls import reverse

from grievances.models import Grievance
from visits.models import Attendance, Visit

from .at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = {
    0: {"household": "001", "summary": "路灯不亮"},
    1: {"visitor": "匿名", "nothing_asked": "on"},
}


def hand(user):
    """A browser of one's own."""
    client = Client()
    client.force_login(user, backend="cadres.backends.RoleBackend")
    return client


def stored():
    return Visit.objects.count(), Grievance.objects.count(), Attendance.objects.count()


def test_two_taps_at_once_make_one_record(li, day, filled):
    url, page, taps = reverse("desk:day", args=[day.pk]), filled(ROWS), [hand(li), hand(li)]
    answers, made = at_once([lambda tap=tap: tap.post(url, page) for tap in taps], stored)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert "/saved/" in answers[0].url
    assert made == (2, 1, 2)


def test_two_colleagues_at_once_never_overwrite_one_another(li, feng, day, filled):
    url = reverse("desk:day", args=[day.pk])
    calls = [
        lambda client=client, page=page: client.post(url, page)
        for client, page in ((hand(li), filled(ROWS)), (hand(feng), filled(ROWS)))
    ]
    answers, made = at_once(calls, stored)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert made == (2, 1, 2)
