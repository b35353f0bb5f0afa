"""督查小组: a team that looks after villages other teams sit in; a seat in it opens no village."""

import uuid

import pytest

from cadres import actions, team_rules
from cadres.models import LiaisonTeam, Seat, User
from villages.models import Village

pytestmark = pytest.mark.django_db
SUPERVISION = LiaisonTeam.Kind.SUPERVISION


@pytest.fixture
def watchers(zhao, wang, sun, qingshan, shiqiao):
    """第一督查组, with 王 in it beside 孙, looks after 石桥村."""
    return actions.create_team(
        by=zhao,
        township=qingshan,
        name="第一督查组",
        villages=[shiqiao],
        seats=[(sun.post, Seat.Kind.HEAD), (wang.post, Seat.Kind.MEMBER)],
        kind=SUPERVISION,
    )


def test_a_seat_in_it_opens_no_village(watchers, wang, heping):
    again = User.objects.get(pk=wang.pk)
    assert list(Village.objects.visible_to(again)) == [heping]


def test_its_villages_are_still_served_by_their_own_team_alone(watchers, li, shiqiao, qingshan):
    seats = [(li.post, Seat.Kind.LEAD)]
    said = team_rules.warnings(
        team=li.team, villages=[shiqiao], seats=seats, is_active=True, on=None
    )
    assert said == []


def test_a_village_that_is_only_looked_after_has_no_team(watchers, shiqiao, heping, qingshan):
    assert list(team_rules.villages_without_a_team([qingshan])) == [shiqiao]


def test_no_liaison_day_can_be_fixed_to_it(signed_in, zhao, watchers):
    page = signed_in(zhao).get("/plans/new/").content.decode()
    assert "和平村驻点团队" in page
    assert "第一督查组" not in page


def test_the_clerk_makes_one_and_finds_it(signed_in, zhao, sun, shiqiao, li):
    client = signed_in(zhao)
    form = {
        "name": "第二督查组", "kind": SUPERVISION, "villages": [shiqiao.pk], "form_key": str(uuid.uuid4()),
        "seats-TOTAL_FORMS": "1", "seats-INITIAL_FORMS": "0",
        "seats-0-post": sun.post.pk, "seats-0-kind": Seat.Kind.HEAD,
    }  # fmt: skip
    assert client.post("/teams/new/", form).status_code == 302
    assert LiaisonTeam.objects.get(name="第二督查组").kind == SUPERVISION
    assert "第二督查组" in client.get("/teams/?kind=supervision").content.decode()
    assert "石桥村驻点团队" not in client.get("/teams/?kind=supervision").content.decode()
    assert "第二督查组" not in client.get(f"/villages/{shiqiao.code}/").content.decode()


def test_an_account_nobody_has_opened_says_so(signed_in, admin, qingshan):
    person = User.objects.create_user("xinren", display_name="新人", township=qingshan)
    client = signed_in(admin)
    assert "未开通登录" in client.get("/accounts/").content.decode()
    assert "确认开通" in client.get(f"/accounts/{person.pk}/").content.decode()
    assert client.post(f"/accounts/{person.pk}/reset/").status_code == 200
    assert User.objects.get(pk=person.pk).can_sign_in()
    assert "未开通登录" not in client.get("/accounts/").content.decode()
