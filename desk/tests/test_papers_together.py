"""Papers of several days at once, one's own diary, and the sheet a meeting is signed in on."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse

from cadres.models import StandingMeeting
from liaison.models import AuditEntry
from tests import docx_reading
from visits import actions as field
from visits.models import LiaisonSession

from .written_up import NOW, written_up

__all__ = ["written_up"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


# --- Several at once -------------------------------------------------------------------------


def batch(client, **asked):
    said = {"from": "2026-11-16", "to": "2026-11-22", "kinds": ["attendance", "log"], **asked}
    return client.get(reverse("desk:papers"), said)


def test_all_papers_of_a_week_come_in_one_print_and_one_zip(signed_in, li, written_up):
    page = batch(signed_in(li), format="page").content.decode()
    assert page.count('<section class="paper doc') == 2
    file = batch(signed_in(li), format="docx", team=li.team.pk)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        names = archive.namelist()
        assert names == [
            "青山镇_石桥村_考勤表_20261117.docx", "青山镇_石桥村_驻点日志_20261117.docx",
        ]  # fmt: skip
        assert docx_reading.paragraphs(archive.read(names[1]))[0] == "青山镇石桥村驻点日志"
    line = AuditEntry.objects.filter(action="导出").last()
    assert (line.after["份数"], line.object_label) == (2, "考勤表、驻点日志")


def test_a_batch_holds_ones_own_days_only_and_says_when_there_are_none(
    signed_in, li, wang, written_up
):
    answer = batch(signed_in(wang), format="page")
    assert answer.status_code == 422
    assert "没有您能查看的驻点日" in answer.content.decode()
    LiaisonSession.objects.update(status="cancelled")
    assert batch(signed_in(li), format="page").status_code == 422


def test_a_batch_asks_for_sensible_days_and_a_kind(signed_in, li, written_up):
    client = signed_in(li)
    assert client.get(reverse("desk:papers")).status_code == 200
    assert batch(client, **{"from": "2026-11-23", "format": "page"}).status_code == 422
    assert batch(client, kinds=[], format="page").status_code == 422
    assert batch(client, kinds=["diary"], format="page").status_code == 422
    assert "请选择文书" in batch(client, kinds=[], format="page").content.decode()


def test_a_batch_costs_few_queries_a_day(
    signed_in, zhao, written_up, django_assert_max_num_queries
):
    week = [written_up.on + dt.timedelta(days=7 * n) for n in range(1, 4)]
    for on in week:
        LiaisonSession.objects.create(
            plan=written_up.plan, township=written_up.township, team=written_up.team, on=on,
            village=written_up.village, starts_at=written_up.starts_at, ends_at=written_up.ends_at,
        )  # fmt: skip
    with django_assert_max_num_queries(75):
        assert batch(signed_in(zhao), to="2026-12-31", format="page").status_code == 200


# --- One's own diary --------------------------------------------------------------------------


def test_the_diary_holds_ones_own_visits_and_days(
    signed_in, li, zhao, feng, wang, written_up, shiqiao
):
    field.log_visit(
        by=li, now=NOW, occurred_on=dt.date(2026, 11, 16), village=shiqiao, mode="phone",
        household=shiqiao.households.get(number="002"), said="电话里说都好",
    )  # fmt: skip
    field.log_visit(
        by=zhao, now=NOW, occurred_on=dt.date(2026, 11, 16), village=shiqiao, mode="home", visitor="别人走访的"
    )  # fmt: skip
    client = signed_in(li)
    page = client.get(reverse("desk:diary")).content.decode()
    assert "2026-11-01至2026-11-17" in page
    asked = {"from": "2026-11-01", "to": "2026-11-30", "format": "docx"}
    rows = docx_reading.tables(client.get(reverse("desk:diary"), asked).content)
    assert [row[0] for row in rows[1][1:]] == ["2026-11-16(周一)"] + ["2026-11-17(周二)"] * 5
    assert rows[1][1][2] == "周小山 第1组 002"
    assert "别人走访的" not in str(rows)
    grid = dict(row for row in rows[0] if len(row) == 2)
    assert grid["合计"].startswith("驻点1天；接待2批3人次；走访3户4户次；登记诉求3件")
    # 冯 was ill that day: it is no day of hers
    hers = docx_reading.tables(signed_in(feng).get(reverse("desk:diary"), asked).content)
    assert "这段时间没有记录" in str(hers)
    assert "周大山" not in str(
        docx_reading.tables(signed_in(wang).get(reverse("desk:diary"), asked).content)
    )


def test_the_diary_asks_for_sensible_days(signed_in, li):
    url = reverse("desk:diary")
    assert signed_in(li).get(url, {"from": "2026-11-09", "to": "2026-11-01"}).status_code == 422
    assert signed_in(li).get(url, {"from": "2020-11-09", "to": "2026-11-01"}).status_code == 422
    assert signed_in(li).get(url, {"from": "2026-11-01"}).status_code == 422


# --- A meeting ---------------------------------------------------------------------------------


@pytest.fixture
def meeting(qingshan):
    return StandingMeeting.objects.create(
        township=qingshan, name="调度会", recurrence="monthly_day", month_days=[25], place="三楼会议室",
        starts_at=dt.time(9), ends_at=dt.time(11), valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip


def test_a_meeting_is_signed_in_on_a_sheet_of_who_is_expected(
    signed_in, li, zhao, zhou, meeting, qian
):
    url = reverse("desk:sign_in", args=[meeting.pk])
    answer = signed_in(zhao).get(url, {"format": "docx", "on": "2026-11-26"})
    rows = docx_reading.tables(answer.content)[0][1:]
    assert sorted(row[1] for row in rows if row[1]) == ["周明", "赵敏"]
    assert [row[3] for row in rows] == [""] * 8
    assert "2026年11月26日（星期四）" in "".join(docx_reading.paragraphs(answer.content))
    # Asked for no date, the next one
    assert "2026年11月25日（星期三）" in signed_in(li).get(url).content.decode()
    assert signed_in(qian).get(url).status_code == 404
