"""Two villages with one row of everything: ours in 青山镇, theirs in 白水镇; and what processes need."""

import pytest

from grievances.tests.conftest import act, facts, matter_at, registered
from tests.lived_in import live_in
from tests.mail_server import mailbox
from tests.outside import outside

__all__ = ["act", "facts", "mailbox", "matter_at", "ours", "outside", "registered", "theirs"]


@pytest.fixture
def ours(li, zhao, minzheng, shiqiao):
    """石桥村, where 李 works, by model name."""
    return live_in(shiqiao, li, clerk=zhao, team=li.team)


@pytest.fixture
def theirs(qian, foreign_village):
    """柳林村 of the other township, where 钱 is, by model name."""
    return live_in(foreign_village, qian, clerk=qian)
