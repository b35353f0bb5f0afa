"""Teams: who is fixed to which village, what the office is warned of, and who may change it."""

import datetime as dt
import io
import uuid

import pytest
from openpyxl import load_workbook

from cadres import actions, team_rules
from cadres.models import LiaisonTeam, Post, Seat, User
from cadres.roles import Role
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from villages.models import Village

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
LEAD, MEMBER = Seat.Kind.LEAD, Seat.Kind.MEMBER


def posted(name="新团队", villages=(), seats=(), **more):
    """What the page of a team posts."""
    lines = {"seats-TOTAL_FORMS": "8", "seats-INITIAL_FORMS": "0"}
    for number, (post, kind) in enumerate(seats):
        lines |= {f"seats-{number}-post": post.pk, f"seats-{number}-kind": kind}
    return {"name": name, "villages": [v.pk for v in villages], **lines, **more}


@pytest.fixture
def shuinan(qingshan):
    """水南村, without a team."""
    return Village.objects.create(township=qingshan, code="990001100203", name="水南村")


@pytest.fixture
def vacant(qingshan):
    """A post nobody holds."""
    return Post.objects.create(township=qingshan, title="人大主席", role=Role.CADRE)


def test_the_clerk_makes_a_team_once(signed_in, zhao, shuinan, vacant):
    client = signed_in(zhao)
    form = posted(villages=[shuinan], seats=[(vacant, LEAD)], form_key=str(uuid.uuid4()))
    first, second = (client.post("/teams/new/", form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    team = LiaisonTeam.objects.get(name="新团队")
    assert [str(seat) for seat in team.seats.all()] == ["人大主席(责任人)"]
    page = client.get(first["Location"]).content.decode()
    assert "水南村" in page
    assert AuditEntry.objects.get(action="新建团队").after["联系村"] == "水南村"


def test_the_same_key_with_another_line_is_a_conflict(signed_in, zhao, shuinan, vacant, li):
    client = signed_in(zhao)
    key = str(uuid.uuid4())
    client.post("/teams/new/", posted(villages=[shuinan], seats=[(vacant, LEAD)], form_key=key))
    other = posted(villages=[shuinan], seats=[(li.post, LEAD)], form_key=key)
    assert client.post("/teams/new/", other).status_code == 409
    assert LiaisonTeam.objects.filter(name="新团队").count() == 1


def test_a_warning_is_shown_once_and_the_office_decides(signed_in, zhao, shiqiao, li):
    client = signed_in(zhao)
    form = posted(villages=[shiqiao], seats=[], form_key=str(uuid.uuid4()))
    asked = client.post("/teams/new/", form)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "团队还没有责任人" in page
    assert "石桥村已由“石桥村驻点团队”联系" in page
    assert not LiaisonTeam.objects.filter(name="新团队").exists()
    sure = client.post("/teams/new/", form | {"seen": asked.context["form"].data["seen"]})
    assert sure.status_code == 302


def test_another_warning_is_shown_again(signed_in, zhao, shiqiao, heping, li, wang):
    client = signed_in(zhao)
    form = posted(villages=[shiqiao], seats=[], form_key=str(uuid.uuid4()))
    seen = client.post("/teams/new/", form).context["form"].data["seen"]
    changed = posted(villages=[heping], seats=[], form_key=form["form_key"], seen=seen)
    assert client.post("/teams/new/", changed).status_code == 422


def warned(team, villages, *seats, is_active=True):
    return team_rules.warnings(
        team=team, villages=villages, seats=seats, is_active=is_active, on=TODAY
    )


def test_nothing_is_said_of_a_team_in_order(li, shiqiao):
    assert warned(li.team, [shiqiao], (li.post, LEAD)) == []


def test_a_village_left_alone_is_named(li, shiqiao, shuinan):
    assert warned(li.team, [shuinan], (li.post, LEAD)) == ["石桥村保存后没有驻点团队。"]
    assert warned(li.team, [shiqiao], (li.post, LEAD), is_active=False) == [
        "石桥村保存后没有驻点团队。"
    ]


def test_a_lead_over_three_villages_is_named(li, shiqiao, shuinan, qingshan):
    third = Village.objects.create(township=qingshan, code="990001100204", name="北山村")
    two = warned(None, [shuinan], (li.post, LEAD))
    three = warned(None, [shuinan, third], (li.post, LEAD))
    assert two == []
    assert three == ["党委委员（李明）将联系 3 个村，一般不超过 2 个。"]


def test_a_change_moves_the_scope_of_its_members(zhao, li, shiqiao, heping, wang):
    assert set(Village.objects.visible_to(li)) == {shiqiao}
    actions.edit_team(
        by=zhao,
        team=li.team,
        name="石桥和平团队",
        villages=[shiqiao, heping],
        seats=[(li.post, LEAD), (wang.post, MEMBER)],
        is_active=True,
        version=1,
    )
    again = User.objects.get(pk=li.pk)
    assert set(Village.objects.visible_to(again)) == {shiqiao, heping}
    line = AuditEntry.objects.get(action="修改团队")
    assert line.before["联系村"] == "石桥村"
    assert line.after["联系村"] == "石桥村、和平村"


def test_a_team_that_has_no_village_yet_opens_none(li, shiqiao):
    li.team.villages.clear()
    again = User.objects.get(pk=li.pk)
    assert again.village_scope().villages == frozenset()
    assert not Village.objects.visible_to(again).exists()


def test_a_team_out_of_use_opens_no_village(zhao, li, shiqiao):
    actions.edit_team(
        by=zhao,
        team=li.team,
        name=li.team.name,
        villages=[shiqiao],
        seats=[(li.post, LEAD)],
        is_active=False,
        version=1,
    )
    assert not Village.objects.visible_to(User.objects.get(pk=li.pk)).exists()


def test_a_stale_save_shows_what_differs_and_then_goes_through(signed_in, zhao, li, shiqiao):
    client, page = signed_in(zhao), f"/teams/{li.team.pk}/edit/"
    mine = posted("我的名称", [shiqiao], [(li.post, LEAD)], version=1, is_active="on")
    assert client.post(page, mine | {"name": "别人的名称"}).status_code == 302
    late = client.post(page, mine)
    assert late.status_code == 409
    assert "别人的名称" in late.content.decode()
    assert (
        client.post(page, mine | {"version": late.context["form"].data["version"]}).status_code
        == 302
    )
    li.team.refresh_from_db()
    assert (li.team.name, li.team.version) == ("我的名称", 3)
    with pytest.raises(Stale):
        actions.edit_team(
            by=zhao, team=li.team, name="x", villages=[], seats=[], is_active=True, version=1
        )


@pytest.mark.parametrize("who", ["li", "chen", "sun", "admin", "qian"])
def test_others_change_no_team(everybody, who):
    user = getattr(everybody, who)
    with pytest.raises(NotAllowed):
        actions.create_team(
            by=user, township=everybody.li.township, name="某", villages=[], seats=[]
        )


def test_a_village_or_post_of_elsewhere_is_refused(zhao, qingshan, foreign_village, qian):
    for given in (
        {"villages": [foreign_village], "seats": []},
        {"villages": [], "seats": [(qian.post, LEAD)]},
    ):
        with pytest.raises(NotAllowed, match="不属于本乡镇"):
            actions.create_team(by=zhao, township=qingshan, name="某", **given)


@pytest.mark.parametrize(
    "spoil",
    [
        {"name": ""},
        {"seats-0-post": "999999"},
        {"seats-0-kind": "king"},
        {"villages": ["abc"]},
        {"seats-TOTAL_FORMS": ""},
        {"seats-TOTAL_FORMS": "99999999999"},
        {"form_key": "no-uuid"},
    ],
    ids=str,
)
def test_bad_input_is_refused_with_words(signed_in, zhao, shuinan, vacant, spoil):
    form = posted(villages=[shuinan], seats=[(vacant, LEAD)], form_key=str(uuid.uuid4()))
    answer = signed_in(zhao).post("/teams/new/", form | spoil)
    assert answer.status_code == 422
    assert not LiaisonTeam.objects.exists()


def test_one_post_on_two_lines_is_refused(signed_in, zhao, shuinan, vacant):
    form = posted(
        villages=[shuinan], seats=[(vacant, LEAD), (vacant, MEMBER)], form_key=str(uuid.uuid4())
    )
    answer = signed_in(zhao).post("/teams/new/", form)
    assert "同一岗位填了两行" in answer.content.decode()


# --- Lists ----------------------------------------------------------------------------------


def test_people_stand_in_the_order_of_their_posts(signed_in, everybody):
    Post.objects.filter(pk=everybody.sun.post.pk).update(order=1)
    Post.objects.exclude(pk=everybody.sun.post.pk).update(order=2)
    page = signed_in(everybody.li).get("/cadres/").content.decode()
    rows = page.split("<tbody>")[1]
    assert rows.index("孙正") < rows.index("李明")
    assert "钱塘" not in page


def test_people_are_found_by_village_and_team(signed_in, everybody, shiqiao):
    client = signed_in(everybody.zhao)
    by_village = client.get(f"/cadres/?village={shiqiao.pk}").content.decode()
    rows = by_village.split("<tbody>")[1]
    assert "李明" in rows
    assert "王强" not in rows


def sheet(response):
    """The cells of a downloaded list, as one text."""
    book = load_workbook(io.BytesIO(response.content))
    return "\n".join(str(c.value) for row in book.active.iter_rows() for c in row if c.value)


def test_the_sheets_hold_the_filtered_rows(signed_in, everybody, shiqiao):
    client = signed_in(everybody.zhao)
    people = sheet(client.get(f"/cadres/?format=xlsx&village={shiqiao.pk}"))
    assert "李明" in people
    assert "王强" not in people
    teams = sheet(client.get("/teams/?format=xlsx"))
    assert "李明（党委委员）" in teams
    assert "和平村" in teams


def test_a_longer_list_asks_no_more_questions(
    signed_in, everybody, qingshan, django_assert_max_num_queries
):
    from conftest import appoint

    client = signed_in(everybody.zhao)
    for number in range(18):
        appoint(qingshan, f"user{number}", f"某{number}", Role.CADRE)
    for page in ("/cadres/", "/teams/"):
        client.get(page)
        with django_assert_max_num_queries(14):
            client.get(page)


def test_a_person_page_tells_posts_and_teams(signed_in, everybody):
    page = signed_in(everybody.wang).get(f"/cadres/{everybody.li.pk}/").content.decode()
    assert "党委委员" in page
    assert "石桥村驻点团队" in page


def test_how_many_villages_a_lead_may_have_is_the_townships_row(
    li, zhao, qingshan, shiqiao, heping
):
    on = dt.date(2026, 11, 21)
    seats = [(li.post, Seat.Kind.LEAD)]
    both = {
        "team": li.team,
        "villages": [shiqiao, heping],
        "seats": seats,
        "is_active": True,
        "on": on,
    }
    assert team_rules.warnings(**both) == []
    actions.set_link_policy(
        by=zhao, township=qingshan, kind="lead", least=1, most=1, since=on, on=on
    )
    assert team_rules.warnings(**both) == ["党委委员（李明）将联系 2 个村，一般不超过 1 个。"]
