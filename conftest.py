"""The cast every test knows.

青山镇 has 石桥村 and 和平村. 李 (li) sits in 石桥村's team, 王 (wang) in 和平村's;
赵 (zhao) is in the liaison office; 陈 (chen) handles matters at 民政办; 孙 (sun) supervises;
钱 (qian) is in the office of another township and must see nothing of 青山镇.
"""

import datetime as dt
import os
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from cadres.models import Department, Holding, LiaisonPlan, LiaisonTeam, Post, Seat, User
from cadres.roles import Role
from villages.models import Group, Household, Township, Village

# A real Chromium: `page` and `phone`
pytest_plugins = ["tests.browser", "tests.database", "tests.seeds"]

# A busy machine is no fault of the code; and what a submission is judged by must not be drawn by lot.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("house")

SINCE = dt.date(2020, 1, 1)
PASSWORD = "a-long-test-phrase-7"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Tests sign in often; a slow hash protects nobody here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def qingshan(db):
    """青山镇."""
    return Township.objects.create(
        code="990001100000",
        name="青山镇",
        county_code="990001000000",
        county_name="测试县",
        province_and_city="测试省测试市",
        ledger_prefix="100",
    )


@pytest.fixture
def elsewhere(db):
    """白水镇, another township of the same county."""
    return Township.objects.create(
        code="990001101000",
        name="白水镇",
        county_code="990001000000",
        county_name="测试县",
        province_and_city="测试省测试市",
        ledger_prefix="101",
    )


def _village(township, number, name):
    village = Village.objects.create(
        township=township,
        code=f"{township.code[:9]}{number}",
        name=name,
        office=f"{name}村委会一楼",
    )
    group = Group.objects.create(village=village, name="第1组", number=1)
    Household.objects.create(
        township=township,
        village=village,
        group=group,
        number="001",
        head_name="周大山",
        address="1号",
    )
    return village


@pytest.fixture
def shiqiao(qingshan):
    """石桥村, with one group and one household."""
    return _village(qingshan, "201", "石桥村")


@pytest.fixture
def heping(qingshan):
    """和平村, with one group and one household."""
    return _village(qingshan, "202", "和平村")


@pytest.fixture
def foreign_village(elsewhere):
    """A village of the other township."""
    return _village(elsewhere, "201", "柳林村")


@pytest.fixture
def household(shiqiao):
    """The household of 石桥村."""
    return shiqiao.households.get()


def appoint(township, username, name, role, *, title="", department=None, village=None):
    """A signed-up person who holds a post since 2020; returns the user with ``.post``."""
    user = User.objects.create_user(
        username,
        PASSWORD,
        display_name=name,
        township=township,
        email=f"{username}@example.test",
        must_change_password=False,
    )
    post = Post.objects.create(
        township=township,
        title=title or f"{name}的岗位",
        role=role,
        department=department,
        village=village,
    )
    Holding.objects.create(user=user, post=post, since=SINCE)
    user.post = post
    return user


def _team(township, village, user):
    team = LiaisonTeam.objects.create(township=township, name=f"{village.name}驻点团队")
    team.villages.add(village)
    Seat.objects.create(team=team, post=user.post, kind=Seat.Kind.LEAD)
    return team


@pytest.fixture
def li(qingshan, shiqiao):
    """李: leads 石桥村's team."""
    user = appoint(qingshan, "li", "李明", Role.CADRE, title="党委委员")
    user.team = _team(qingshan, shiqiao, user)
    return user


@pytest.fixture
def wang(qingshan, heping):
    """王: leads 和平村's team."""
    user = appoint(qingshan, "wang", "王强", Role.CADRE, title="副镇长")
    user.team = _team(qingshan, heping, user)
    return user


@pytest.fixture
def zhao(qingshan):
    """赵: clerk of the liaison office."""
    return appoint(qingshan, "zhao", "赵敏", Role.OFFICE, title="驻点办干事")


@pytest.fixture
def minzheng(qingshan):
    """民政办, a handling unit."""
    return Department.objects.create(township=qingshan, name="民政办")


@pytest.fixture
def chen(qingshan, minzheng):
    """陈: handler at 民政办."""
    return appoint(qingshan, "chen", "陈静", Role.HANDLER, title="民政办主任", department=minzheng)


@pytest.fixture
def sun(qingshan):
    """孙: supervisor."""
    return appoint(qingshan, "sun", "孙正", Role.SUPERVISOR, title="督查组组长")


@pytest.fixture
def zhou(qingshan):
    """周: township leader."""
    return appoint(qingshan, "zhou", "周明", Role.LEADER, title="党委书记")


@pytest.fixture
def contact(qingshan, shiqiao):
    """吴: village contact of 石桥村."""
    return appoint(qingshan, "wu", "吴芳", Role.CONTACT, title="石桥村联络员", village=shiqiao)


@pytest.fixture
def county(qingshan):
    """郑: reads several townships' figures for the county."""
    return appoint(qingshan, "zheng", "郑县", Role.COUNTY, title="县委办科员")


@pytest.fixture
def admin(qingshan):
    """何: keeps the accounts."""
    return appoint(qingshan, "he", "何平", Role.ADMIN, title="系统管理员")


@pytest.fixture
def auditor(qingshan):
    """许: reads the trail."""
    return appoint(qingshan, "xu", "许审", Role.AUDITOR, title="审计员")


@pytest.fixture
def qian(elsewhere, foreign_village):
    """钱: clerk of the other township."""
    return appoint(elsewhere, "qian", "钱塘", Role.OFFICE, title="白水镇驻点办干事")


@pytest.fixture
def plan(li, shiqiao):
    """石桥村: every Tuesday 9:00-11:30 in the village office, through 2026."""
    return LiaisonPlan.objects.create(
        team=li.team,
        village=shiqiao,
        place="石桥村委会一楼",
        recurrence=LiaisonPlan.Recurrence.WEEKLY,
        weekdays=[1],
        starts_at=dt.time(9),
        ends_at=dt.time(11, 30),
        valid_from=dt.date(2026, 1, 1),
        valid_to=dt.date(2026, 12, 31),
    )


@pytest.fixture
def signed_in(client):
    """``signed_in(user)``: a test client with that person's session."""

    def enter(user):
        client.force_login(user, backend="cadres.backends.RoleBackend")
        return client

    return enter


@pytest.fixture
def everybody(li, wang, zhao, chen, sun, zhou, contact, county, admin, auditor, qian):
    """The whole cast by role name, for tests that walk every page."""
    return SimpleNamespace(**locals())
