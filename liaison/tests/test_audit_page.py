"""The auditor reads his township's trail, and takes it out; nobody else does."""

import pytest
from django.db import transaction
from django.urls import reverse

from liaison import audit
from liaison.reading.excel_read import read_book


@pytest.fixture
def trail(li, qian, household):
    """One line of 青山镇 and one of 白水镇."""
    with transaction.atomic():
        audit.record(
            by=li,
            action="修改户信息",
            subject=household,
            before={"住址": "1号"},
            after={"住址": "=2号", "居住状态": "常住"},
        )
        audit.record(by=qian, action="登录", label="白水镇的事")


def test_the_auditor_reads_the_trail_of_his_township(signed_in, auditor, trail):
    answer = signed_in(auditor).get(reverse("audit")).content.decode()
    assert "修改户信息" in answer
    assert "<del>1号</del>" in answer
    assert "白水镇的事" not in answer


def test_the_trail_goes_out_as_a_sheet_and_leaves_a_line(signed_in, auditor, trail):
    client = signed_in(auditor)
    sheet = client.get(reverse("audit"), {"action": "修改户信息", "format": "xlsx"})
    said = str([page.rows for page in read_book(sheet.content).sheets])
    assert "住址：1号 → =2号；居住状态：常住" in said
    assert "白水镇的事" not in said
    assert "导出" in client.get(reverse("audit")).content.decode()


def test_nobody_else_reads_the_trail(signed_in, zhao, admin, zhou, trail):
    for person in (zhao, admin, zhou):
        assert signed_in(person).get(reverse("audit")).status_code == 403


@pytest.mark.parametrize("query", ["since=2026-13-45", "since=abc", f"until={9**20}"])
def test_a_wrong_day_is_refused_with_a_sentence(signed_in, auditor, query):
    answer = signed_in(auditor).get(f"{reverse('audit')}?{query}")
    assert answer.status_code == 422
    assert "查询条件有误" in answer.content.decode()


def test_what_stayed_is_no_change_and_what_went_is_not_left_out(signed_in, auditor, li):
    audit.record(
        by=li, action="预警降级", label="100-2026-00001",
        before={"状态": "已回访", "级别": "橙色预警", "理由": "人多"},
        after={"状态": "已回访", "级别": "黄色预警"},
    )  # fmt: skip
    client = signed_in(auditor)
    page = client.get("/audit/").content.decode()
    assert "<del>已回访</del>" not in page and "已回访" in page
    assert "<del>橙色预警</del> → 黄色预警" in page
    assert "<del>人多</del>" in page
    sheet = client.get("/audit/", {"action": "预警降级", "format": "xlsx"})
    said = str([page.rows for page in read_book(sheet.content).sheets])
    assert "状态：已回访；级别：橙色预警 → 黄色预警；理由：人多 → " in said
