"""群机器人: the administrator keeps them; the address is shown to nobody again; 发送测试 speaks to a real server."""

import pytest
from django.db import connection

from cadres import actions
from cadres.models import GroupRobot
from liaison import clock
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from tests.filling import fill_in


@pytest.fixture
def robot(admin, far_end):
    """石桥村's group, told by 企业微信."""
    return actions.add_robot(
        by=admin, township=admin.township, kind="wecom", name="工作群", team=None,
        address=f"{far_end.url}/send?key=very-secret-key", secret="",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("arrives", [True, False])
def test_a_test_leaves_its_line_without_any_transaction_around_it(admin, robot, far_end, arrives):
    """As on a running site, where no test's own transaction is open."""
    far_end.answers({"errcode": 0 if arrives else 93000})
    try:
        actions.send_test(by=admin, robot=robot, now=clock.now())
    except NotAllowed as refusal:
        assert not arrives, refusal
    result = AuditEntry.objects.get(action="测试群机器人").result
    assert result == ("成功" if arrives else "失败")


def test_the_administrator_adds_one_and_sends_a_test(signed_in, admin, far_end, li):
    client = signed_in(admin)
    fill_in(
        client, "/notices/robots/new/", name="石桥村工作群", kind="feishu", team=str(li.team.pk),
        address=f"{far_end.url}/hook/abc", secret="s1",
    )  # fmt: skip
    robot = GroupRobot.objects.get()
    assert (robot.team, robot.secret) == (li.team, "s1")
    answer = client.post(f"/notices/robots/{robot.pk}/test/", follow=True)
    assert "测试消息已发到“石桥村工作群”" in answer.content.decode()
    assert "测试消息" in far_end.bodies[0]["content"]["text"]
    assert "sign" in far_end.bodies[0]


def test_a_test_that_does_not_arrive_says_why(signed_in, admin, robot, far_end):
    far_end.answers({"errcode": 93000})
    answer = signed_in(admin).post(f"/notices/robots/{robot.pk}/test/", follow=True)
    assert "测试消息没有发出：企业微信未接受(代码 93000)" in answer.content.decode()
    assert AuditEntry.objects.get(action="测试群机器人").result == "失败"


def test_address_and_secret_are_shown_to_nobody_and_stored_sealed(signed_in, admin, robot):
    actions.change_robot(
        by=admin, robot=robot, kind="wecom", name="工作群", team=None, is_active=True, version=1,
        secret="SECRET-7",
    )  # fmt: skip
    client = signed_in(admin)
    for page in (
        "/notices/robots/",
        f"/notices/robots/{robot.pk}/",
        "/notices/robots/?format=xlsx",
    ):
        answer = client.get(page)
        content = b"".join(answer) if answer.streaming else answer.content
        assert b"very-secret-key" not in content
        assert b"SECRET-7" not in content
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM cadres_grouprobot")
        assert not {"very-secret", "SECRET"} & {word for row in cursor.fetchone() for word in [row]}
    trail = AuditEntry.objects.values_list("before", "after")
    assert "secret-key" not in str(list(trail))
    assert "…-key" in str(list(trail))


def test_left_blank_the_keys_stay(signed_in, admin, robot):
    client = signed_in(admin)
    page = f"/notices/robots/{robot.pk}/"
    fill_in(client, page, name="新名称", secret="s2")
    fill_in(client, page, name="又一名称")
    robot.refresh_from_db()
    assert (robot.name, robot.secret) == ("又一名称", "s2")
    assert robot.address.endswith("very-secret-key")
    fill_in(client, page, no_secret="on", is_active=None)
    robot.refresh_from_db()
    assert (robot.secret, robot.is_active) == ("", False)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "qyapi.example.test/x", "javascript:1", "http://", "//x/y"]
)
def test_only_a_web_address_is_taken(signed_in, admin, address):
    with pytest.raises(AssertionError, match="以 http:// 或 https:// 开头"):
        fill_in(signed_in(admin), "/notices/robots/new/", name="群", address=address)
    assert not GroupRobot.objects.exists()


def test_a_name_stands_once_and_a_team_is_one_s_own(admin, robot, qian):
    facts = {"by": admin, "township": admin.township, "kind": "wecom", "secret": ""}
    facts |= {"address": "http://127.0.0.1/x"}
    with pytest.raises(NotAllowed, match="已有同名"):
        actions.add_robot(name="工作群", team=None, **facts)
    foreign = qian.township.teams.create(name="外镇团队")
    with pytest.raises(NotAllowed, match="不属于本乡镇"):
        actions.add_robot(name="别群", team=foreign, **facts)


def test_nobody_else_keeps_them(signed_in, zhao, li, qian, robot, far_end):
    for user in (zhao, li, qian):
        client = signed_in(user)
        assert client.get("/notices/robots/").status_code == 403
        assert client.post(f"/notices/robots/{robot.pk}/test/").status_code == 403
        with pytest.raises(NotAllowed):
            actions.send_test(by=user, robot=robot, now=None)
    assert far_end.asked == []
