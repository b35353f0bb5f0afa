"""Two villages with one row of everything: ours in 青山镇, theirs in 白水镇; and what processes need."""

import pytest

from grievances.tests.conftest import act, facts, matter_at, registered, shuili
from tests.addresses import cast
from tests.confidential import ladder, town
from tests.handing import deng, gao, monday, worked
from tests.lived_in import live_in
from tests.mail_server import mailbox
from tests.outside import outside
from tests.redis_server import own_redis, redis_program

__all__ = [
    "act",
    "cast",
    "deng",
    "facts",
    "gao",
    "ladder",
    "mailbox",
    "matter_at",
    "monday",
    "ours",
    "outside",
    "own_redis",
    "registered",
    "shuili",
    "theirs",
    "town",
    "worked",
]
# Where there is no Redis to be hung, there is nothing to prove.
collect_ignore = [] if redis_program() else ["test_redis_gone.py"]


@pytest.fixture
def ours(li, zhao, minzheng, shiqiao):
    """石桥村, where 李 works, by model name."""
    return live_in(shiqiao, li, clerk=zhao, team=li.team)


@pytest.fixture
def theirs(qian, foreign_village):
    """柳林村 of the other township, where 钱 is, by model name."""
    return live_in(foreign_village, qian, clerk=qian)
