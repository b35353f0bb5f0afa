"""人群标签 from a day until a day: given, renewed, ended; sensitive ones leave no line for others to read."""

import datetime as dt

import pytest
from django.urls import reverse

from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from tests.filling import fill_in, form_on
from villages import actions
from villages.models import RegistryEvent, ResidentTag, TagHolding

from .test_life_of_people import fresh

NOW = dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 21)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def abroad(db):
    """外出务工: not sensitive, holds a year."""
    return ResidentTag.objects.update_or_create(
        name="外出务工", defaults={"sensitive": False, "valid_months": 12}
    )[0]


@pytest.fixture
def poor(db):
    """低保: for the team alone."""
    return ResidentTag.objects.update_or_create(
        name="低保", defaults={"sensitive": True, "valid_months": 12}
    )[0]


def give(person, tag, by, start=DAY, until=None, **facts):
    return actions.give_tag(
        resident=person, version=fresh(person).version, tag=tag, valid_from=start, valid_until=until,
        source="", by=by, now=NOW, **facts,
    )  # fmt: skip


def end(held, by, last_day):
    version = fresh(held.resident).version
    return actions.end_tag(holding=held, version=version, last_day=last_day, by=by, now=NOW)


def days(count):
    return dt.timedelta(days=count)


def test_a_tag_holds_from_its_first_to_its_last_day(family, li, abroad):
    held = give(family.son, abroad, li, until=DAY + days(9))
    current = TagHolding.objects.current
    assert held in current(DAY)
    assert held in current(DAY + days(9))
    assert held not in current(DAY - days(1))
    assert held not in current(DAY + days(10))
    assert held.ends_soon(DAY)
    assert not held.ends_soon(DAY - days(1))
    assert RegistryEvent.objects.get().detail == "外出务工 2026-11-21 至 2026-11-30"


def test_the_usual_validity_is_proposed_and_a_month_is_a_month(abroad):
    assert abroad.proposed_until(dt.date(2026, 1, 1)) == dt.date(2026, 12, 31)
    abroad.valid_months = 1
    assert abroad.proposed_until(dt.date(2026, 1, 31)) == dt.date(2026, 2, 27)
    abroad.valid_months = None
    assert abroad.proposed_until(DAY) is None


def test_a_tag_is_renewed_from_the_day_after_and_never_twice_at_once(family, li, abroad):
    give(family.son, abroad, li, until=DAY + days(9))
    for start, until in ((DAY + days(9), None), (DAY - days(5), DAY), (DAY - days(5), None)):
        with pytest.raises(NotAllowed, match="时间有重叠"):
            give(family.son, abroad, li, start=start, until=until)
    give(family.son, abroad, li, start=DAY + days(10))
    with pytest.raises(NotAllowed, match="时间有重叠"):
        give(family.son, abroad, li, start=DAY + days(300))


def test_days_that_cannot_be_are_refused(family, li, abroad):
    for start, until, says in (
        (DAY, DAY - days(1), "早于开始日期"),
        (family.son.birth_date - days(1), None, "早于周小山的出生日期"),
        (DAY + days(400), None, "太远"),
        (DAY, dt.date(9999, 12, 31), "太远"),
    ):
        with pytest.raises(NotAllowed, match=says):
            give(family.son, abroad, li, start=start, until=until)
    assert not family.son.tag_holdings.exists()


def test_ended_is_not_deleted(family, li, abroad):
    held = give(family.son, abroad, li, start=DAY - days(30))
    with pytest.raises(NotAllowed, match="早于开始日期"):
        end(held, li, DAY - days(60))
    end(held, li, DAY - days(1))
    assert fresh(held).valid_until == DAY - days(1)
    with pytest.raises(NotAllowed, match="不用再办"):
        end(held, li, DAY)
    assert AuditEntry.objects.get(action="终止标签").after["标签"] == "外出务工 至 2026-11-20 终止"
    with pytest.raises(Stale):
        actions.end_tag(holding=held, version=1, last_day=DAY, by=li, now=NOW)


def test_a_sensitive_tag_is_the_teams_and_leaves_no_line(family, li, zhao, sun, poor, signed_in):
    with pytest.raises(NotAllowed, match="不由您的岗位"):
        give(family.son, poor, zhao)
    held = give(family.son, poor, li, until=clock.today() + days(10))
    end(give(family.wife, poor, li, start=DAY - days(90)), li, DAY - days(50))
    assert not RegistryEvent.objects.exists()
    assert "低保" not in "".join(str(line.after) for line in AuditEntry.objects.all())
    home = reverse("villages:household", kwargs={"pk": family.home.pk})
    own = reverse("villages:resident", kwargs={"pk": family.son.pk})
    for address in (home, own):
        assert "低保" in text_of(signed_in(li).get(address))
        for outsider in (zhao, sun):
            assert "低保" not in text_of(signed_in(outsider).get(address))
    ending = reverse("villages:end_tag", kwargs={"pk": held.pk})
    assert signed_in(li).get(ending).status_code == 200
    for method in ("get", "post"):
        assert getattr(signed_in(zhao), method)(ending).status_code == 404


def test_what_ends_soon_is_found_by_the_list_but_no_sensitive_one_by_others(
    family, li, zhao, abroad, poor, signed_in
):
    today = clock.today()
    for person, tag, until in (
        (family.son, abroad, today + days(30)),
        (family.wife, poor, today + days(3)),
        (family.lin, abroad, today + days(31)),
        (family.head, abroad, today - days(3)),
    ):
        TagHolding.objects.create(
            resident=person, tag=tag, valid_from=today - days(99), valid_until=until
        )

    def found(user, value):
        answer = signed_in(user).get(reverse("villages:residents"), {"tag_end": value})
        return {row.name for row in answer.context["page"].rows}

    assert found(li, "soon") == {"周小山", "王秀英"}
    assert found(zhao, "soon") == {"周小山"}
    assert found(li, "past") == {"周大山"}
    TagHolding.objects.create(resident=family.son, tag=abroad, valid_from=today + days(31))
    assert found(li, "soon") == {"王秀英"}  # renewed


def test_an_ended_tag_finds_and_shows_nobody(family, li, abroad, signed_in):
    TagHolding.objects.create(
        resident=family.son, tag=abroad, valid_from=DAY - days(90), valid_until=DAY - days(50)
    )
    client = signed_in(li)
    found = client.get(reverse("villages:residents"), {"tag": abroad.pk})
    assert not found.context["page"].rows
    page = client.get(reverse("villages:household", kwargs={"pk": family.home.pk}))
    son = next(person for person in page.context["members"] if person.name == "周小山")
    assert son.tags_shown == []
    assert [held.tag.name for held in page.context["ended_tags"]] == ["外出务工"]


def test_a_tag_is_given_renewed_and_ended_from_the_persons_page(family, li, abroad, signed_in):
    client, today = signed_in(li), clock.today()
    address = reverse("villages:give_tag", kwargs={"pk": family.son.pk})
    fill_in(client, address, holding="tag", tag=str(abroad.pk), source="务工登记表")
    held = family.son.tag_holdings.get()
    assert (held.valid_from, held.source) == (today, "务工登记表")
    assert held.valid_until == abroad.proposed_until(today)
    again = client.post(
        address, form_on(client.get(address), holding="tag")[1] | {"tag": abroad.pk}
    )
    assert again.status_code == 422
    assert "时间有重叠" in text_of(again)
    renewal = client.get(address, {"after": held.pk}).context["form"]
    assert renewal["valid_from"].value() == held.valid_until + days(1)
    ending = reverse("villages:end_tag", kwargs={"pk": held.pk})
    fill_in(client, ending, holding="last_day", last_day=str(today))
    assert fresh(held).valid_until == today
    assert held in TagHolding.objects.current(today)


def test_the_boxes_of_the_form_end_and_give(family, li, abroad, signed_in):
    address = reverse("villages:edit_resident", kwargs={"pk": family.son.pk})
    client = signed_in(li)
    fill_in(client, address, holding="relation", tags=[str(abroad.pk)])
    held = family.son.tag_holdings.get()
    assert held.valid_until == abroad.proposed_until(clock.today())
    fill_in(client, address, holding="relation", tags=[])
    assert fresh(held).valid_until == clock.today() - days(1)
    assert not family.son.tag_holdings.current(clock.today()).exists()


def test_who_left_gets_no_tag(family, li, abroad):
    family.son.left_on = DAY
    family.son.save()
    with pytest.raises(NotAllowed, match="已不在册"):
        give(family.son, abroad, li)
