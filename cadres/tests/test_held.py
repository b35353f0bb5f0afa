"""What one statement tells of somebody: the same as the models would, whatever fields they get."""

import datetime as dt

import pytest

from cadres.held import held_by
from cadres.models import Department, Holding, LiaisonTeam, Post, Seat
from cadres.roles import Role
from conftest import SINCE
from liaison import clock

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 18)


def told(row):
    """Every field of a row, with what kind of value it is."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: (type(value), value) for name, value in values.items()}


def more(user, title, *, since=SINCE, until=None, **fields):
    """One more post of somebody, beside his main one."""
    post = Post.objects.create(township=user.township, title=title, role=Role.CADRE, **fields)
    Holding.objects.create(user=user, post=post, since=since, until=until, is_main=False)
    return post


def test_a_post_is_read_as_the_models_read_it(chen, django_assert_num_queries):
    Department.objects.update(abolished_on=dt.date(2027, 1, 1), phone="0900-1234567")
    Post.objects.filter(pk=chen.post.pk).update(abolished_on=dt.date(2027, 2, 2), order=7)
    with django_assert_num_queries(1):
        (post,) = held_by(chen.pk, TODAY).posts
        parts = post, post.township, post.department
    stored = Post.objects.select_related("township", "department").get(pk=chen.post.pk)
    for read, same in zip(parts, (stored, stored.township, stored.department), strict=True):
        assert told(read) == told(same)
    post.save()  # it is a row like any other: saved, not stored a second time
    assert Post.objects.filter(title=post.title).count() == 1


def test_a_post_without_a_department_has_none(li):
    assert held_by(li.pk, TODAY).posts[0].department is None


def test_the_main_post_comes_first_then_their_order_and_each_once(li, shiqiao):
    late, early = more(li, "镇组织干事", order=2), more(li, "镇宣传干事", order=1)
    Post.objects.filter(pk=li.post.pk).update(order=9)
    LiaisonTeam.objects.get().villages.add(shiqiao.township.villages.create(code="1", name="新村"))
    assert held_by(li.pk, TODAY).posts == [li.post, early, late]


def test_held_is_what_is_held_on_the_day_both_ends_included(li):
    past = more(li, "镇组织干事", since=dt.date(2026, 11, 1), until=TODAY)
    coming = more(li, "镇宣传干事", since=TODAY + dt.timedelta(1))
    assert held_by(li.pk, TODAY).posts == [li.post, past]
    assert held_by(li.pk, TODAY + dt.timedelta(1)).posts == [li.post, coming]


def test_seated_is_in_the_villages_of_teams_in_use_that_sit_there(li, shiqiao, heping):
    def team(name, **fields):
        made = LiaisonTeam.objects.create(township=li.township, name=name, **fields)
        made.villages.add(heping)
        Seat.objects.create(team=made, post=li.post)
        return made

    team("旧团队", is_active=False), team("督查一组", kind=LiaisonTeam.Kind.SUPERVISION)
    assert held_by(li.pk, TODAY).seated == {li.post.pk: {shiqiao.pk}}
    team("新团队")
    assert held_by(li.pk, TODAY).seated == {li.post.pk: {shiqiao.pk, heping.pk}}


def test_who_holds_nothing_has_nothing(li):
    Holding.objects.update(until=dt.date(2026, 1, 1))
    assert held_by(li.pk, clock.today()) == ([], {}, frozenset())
