"""Lists and forms of liaison days and visits."""

import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from lxml import html

from liaison import clock
from visits import actions
from visits.models import LiaisonSession, Visit

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 17)


@pytest.fixture
def visits(li, shiqiao, household, neighbours):
    """Households 001 and 002 visited, 001 twice; 003 came to the office."""
    rows = {each.number: each for each in shiqiao.households.all()}
    for number, mode, on in (
        ("001", "home", "2026-10-05"),
        ("001", "phone", "2026-11-03"),
        ("002", "evening", "2026-11-10"),
        ("003", "reception", "2026-11-10"),
    ):
        actions.log_visit(
            by=li,
            now=clock.now(),
            occurred_on=dt.date.fromisoformat(on),
            village=shiqiao,
            mode=mode,
            household=rows[number],
            said="=1+1",
        )


def listed(client, name, **asked):
    """Primary keys of a list, in its order."""
    return [row.pk for row in client.get(reverse(name), asked).context["page"].rows]


def numbers(client, **asked):
    rows = client.get(reverse("visits:coverage"), asked).context["page"].rows
    return [row.number for row in rows]


def test_the_list_of_days_begins_today(signed_in, li, day):
    past = LiaisonSession.objects.get()
    past.pk, past.on = None, dt.date(2026, 11, 10)
    past.save()
    client = signed_in(li)
    assert listed(client, "visits:sessions") == [day.pk]
    assert listed(client, "visits:sessions", on_to="2026-11-16", status="planned") == [past.pk]
    assert listed(client, "visits:sessions", due="1", order="past") == [day.pk, past.pk]
    assert listed(client, "visits:sessions", on_from="") == [past.pk, day.pk]


def test_each_list_shows_one_s_own_villages(signed_in, li, wang, zhao, qian, day, visits):
    for user, days, rows, households in (
        (li, 1, 4, 5),
        (wang, 0, 0, 1),
        (zhao, 1, 4, 6),
        (qian, 0, 0, 1),
    ):
        client = signed_in(user)
        assert len(listed(client, "visits:sessions")) == days
        assert len(listed(client, "visits:visits")) == rows
        assert len(listed(client, "visits:coverage")) == households


def test_a_foreign_village_in_the_query_is_refused(signed_in, li, heping):
    for name in ("visits:sessions", "visits:visits", "visits:coverage"):
        assert signed_in(li).get(reverse(name), {"village": heping.pk}).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        {"household": "9" * 20}, {"session": "x"}, {"village": "9" * 20}, {"page": "9" * 20},
        {"occurred_from": "2026-13-01"}, {"reached": "maybe"}, {"mode": "telepathy"},
        {"after": "~~~"}, {"q": "%_'\""},
    ],
)  # fmt: skip
def test_nonsense_in_a_query_is_no_fault(signed_in, li, visits, asked):
    for name in ("visits:sessions", "visits:visits", "visits:coverage"):
        assert signed_in(li).get(reverse(name), asked).status_code in (200, 422)


def test_coverage_counts_households_once_in_the_order_of_the_roll(signed_in, zhao, shiqiao, visits):
    client, november = signed_in(zhao), {"village": shiqiao.pk, "occurred_from": "2026-11-01"}
    assert numbers(client, **november, reached="yes") == ["001", "002"]
    assert numbers(client, **november, reached="no") == ["003", "004", "005"]
    october = {"occurred_from": "2026-10-01", "occurred_to": "2026-10-31"}
    assert numbers(client, village=shiqiao.pk, **october, reached="yes") == ["001"]
    assert "2026-11-03" in client.get(reverse("visits:coverage")).content.decode()
    rows = client.get(reverse("visits:coverage"), october).context["page"].rows
    assert [row.number for row in rows if row.in_period] == ["001"]


def test_only_a_period_makes_a_visit_one_of_this_period(signed_in, li, visits):
    client, url = signed_in(li), reverse("visits:coverage")
    period = {"occurred_from": "2026-10-01", "occurred_to": "2026-10-31"}
    for asked, word, other in (({}, "走访过", "本期走访"), (period, "本期走访", "走访过")):
        heads = client.get(url, asked).context["heads"]
        assert word in heads and other not in heads
        rows = sheet_of(client.get(url, {**asked, "format": "xlsx"}))
        assert any(word in row for row in rows) and not any(other in row for row in rows)
    assert any("期间：2026-10-01至2026-10-31" in str(row[0]) for row in rows)


def test_empty_and_cancelled_households_are_not_asked_for(signed_in, li, shiqiao, visits):
    shiqiao.households.filter(number="004").update(residence="vacant")
    shiqiao.households.filter(number="005").update(residence="away")
    assert numbers(signed_in(li), reached="no") == ["003"]


def test_visits_are_found_by_what_is_known_of_them(signed_in, li, day, visits, household):
    client, first = signed_in(li), household.visits.order_by("pk")
    assert listed(client, "visits:visits", household=household.pk) == [
        v.pk for v in first.reverse()
    ]
    assert len(listed(client, "visits:visits", reached="1")) == 3
    assert len(listed(client, "visits:visits", mode="reception")) == 1
    assert len(listed(client, "visits:visits", q="周大")) == 2
    assert len(listed(client, "visits:visits", q="%")) == 0
    assert len(listed(client, "visits:visits", occurred_to="2026-10-31")) == 1


def sheet_of(answer):
    stream = io.BytesIO(b"".join(answer))
    return list(openpyxl.load_workbook(stream).active.iter_rows(values_only=True))


def test_every_list_goes_out_as_it_is_filtered(signed_in, li, day, visits):
    client = signed_in(li)
    rows = sheet_of(client.get(reverse("visits:visits"), {"reached": "1", "format": "xlsx"}))
    assert sum(1 for row in rows if "=1+1" in row) == 3
    rows = sheet_of(client.get(reverse("visits:coverage"), {"format": "xlsx"}))
    last = {row[3]: row[6:8] for row in rows if row[0] == "石桥村"}
    assert (last["001"][0], last["001"][1].date()) == ("是", dt.date(2026, 11, 3))
    assert last["003"] == ("否", None)
    rows = sheet_of(client.get(reverse("visits:sessions"), {"format": "xlsx"}))
    assert any("09:00-11:30" in row for row in rows)


@pytest.mark.parametrize("name", ["visits:sessions", "visits:visits", "visits:coverage"])
def test_a_longer_list_costs_no_more_queries(
    signed_in, li, day, visits, name, shiqiao, django_assert_max_num_queries
):
    client = signed_in(li)
    client.get(reverse(name))  # the first page of a session also notes that it is alive
    with django_assert_max_num_queries(16) as few:
        client.get(reverse(name))
    for number in range(50):
        household = shiqiao.households.create(
            township=shiqiao.township, group=shiqiao.groups.get(), number=f"9{number}"
        )
        session = LiaisonSession.objects.get(pk=day.pk)
        session.pk, session.on = None, TODAY + dt.timedelta(days=number + 1)
        session.save()
        Visit.objects.create(
            session=day,
            township=shiqiao.township,
            village=shiqiao,
            household=household,
            occurred_on=TODAY,
            entered_at=clock.now(),
            entered_by=li,
        )
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(reverse(name), {"page_size": 100}).context["page"].rows) > 20


# --- 登记、修改、取消 ----------------------------------------------------------------------------


def typed(**said):
    usual = {
        "form_key": str(uuid.uuid4()),
        "occurred_on": "2026-11-16",
        "mode": "evening",
        "household": "001",
        "persons": "1",
    }
    return usual | said


def test_a_row_leads_to_what_may_be_done_with_it(signed_in, li, sun, day, visits):
    visit = Visit.objects.order_by("pk").first()
    Visit.objects.filter(pk=visit.pk).update(session=day)
    mends, there = (reverse(f"visits:{name}", args=[visit.pk]) for name in ("change", "photos"))
    for reader, wanted in ((li, ["驻点日", "修改", "照片"]), (sun, ["驻点日", "照片"])):
        page = html.fromstring(signed_in(reader).get(reverse("visits:visits")).content.decode())
        last = page.xpath(f"//tr[@id='visit-{visit.pk}']/td[last()]")[0]
        assert last.text_content().split() == wanted
        assert [each for each in last.xpath("a/@href") if each in (mends, there)] == (
            [mends, there] if "修改" in wanted else [there]
        )


def test_visits_found_say_how_many_people_they_are(signed_in, li, visits):
    Visit.objects.filter(mode="reception").update(persons=7)
    client = signed_in(li)
    assert "共 4 条，10 人次" in client.get(reverse("visits:visits")).content.decode()
    found = client.get(reverse("visits:visits"), {"mode": "reception", "page_size": 20})
    assert "共 1 条，7 人次" in found.content.decode()
    none = client.get(reverse("visits:visits"), {"mode": "talk"}).content.decode()
    assert "人次</span>" not in none


def test_a_visit_is_put_right_by_its_form(signed_in, li, wang, sun, visits):
    visit = Visit.objects.get(mode="evening")
    url, client = reverse("visits:change", args=[visit.pk]), signed_in(li)
    assert "002 周小山" in client.get(url).content.decode()
    form = typed(version=1, household="002", mode="phone", occurred_on="2026-11-10")
    assert client.post(url, form).status_code == 302
    visit.refresh_from_db()
    assert (visit.mode, visit.version) == ("phone", 2)

    stale = client.post(url, form | {"mode": "home"})
    assert stale.status_code == 409
    assert 'name="version" value="2"' in stale.content.decode()
    assert signed_in(wang).post(url, form).status_code == 404
    assert signed_in(sun).post(url, form).status_code == 403


def test_the_office_calls_a_day_off(signed_in, zhao, li, day):
    url = reverse("visits:call_off", args=[day.pk])
    form = {"version": 1, "act": "cancel", "reason": "全镇防汛"}
    assert signed_in(li).post(url, form).status_code == 403
    client = signed_in(zhao)
    assert client.post(url, form | {"reason": ""}).status_code == 422
    assert client.post(url, form).status_code == 302
    day.refresh_from_db()
    assert (day.status, day.reason) == ("cancelled", "全镇防汛")
    assert client.post(url, form).status_code == 409
    assert client.post(url, form | {"version": 2, "act": "missed"}).status_code == 422


# --- 别处的小块 ----------------------------------------------------------------------------------


def drawn(tag, user, **names):
    request = RequestFactory().get("/")
    request.user = user
    template = Template(f"{{% load visit_panels %}}{{% {tag} %}}")
    return template.render(Context({"request": request, **names}))


def test_panels_show_what_the_reader_may_see(li, wang, chen, day, visits, household, shiqiao):
    assert "=1+1" in drawn("household_visits household", li, household=household)
    assert "=1+1" not in drawn("household_visits household", wang, household=household)
    assert drawn("household_visits household", chen, household=household).strip() == ""
    assert "2026-11-17" in drawn("village_sessions village", li, village=shiqiao)
    assert "2026-11-17" not in drawn("village_sessions village", wang, village=shiqiao)
