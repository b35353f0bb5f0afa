"""办理交接 at the desk: chosen, previewed, confirmed once; the sheet that is left; stopping an account."""

import datetime as dt

import pytest
from django.test import Client

from cadres.models import Handover, User
from grievances import actions as matters
from grievances.models import Category, Source
from grievances.tests.conftest import moment
from tests.filling import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MONDAY = dt.date(2026, 11, 23)
NOW = moment(MONDAY)


@pytest.fixture
def matter(li, shiqiao):
    """李 promised somebody of 石桥村 that the lamp will be seen to."""
    return matters.register(
        by=li, on=MONDAY, now=moment(MONDAY, 9), village=shiqiao, summary="村口路灯不亮",
        category=Category.objects.first(), kind="demand", source=Source.objects.first(),
        complainant="周大山",
    )  # fmt: skip


def enter(user):
    """Another browser with that person's session."""
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="cadres.backends.RoleBackend")
    return client


def fill(answer, **given):
    """The fields of a page's form as they stand, some of them changed."""
    _, data = form_on(answer, holding="form_key")
    return {**data, **given}


def previewed(client, user, **given):
    """The page with the preview, and the fields that would confirm it."""
    url = f"/accounts/{user.pk}/handover/?post={user.post.pk}"
    data = fill(client.get(url), **given)
    answer = client.post(f"/accounts/{user.pk}/handover/", {**data, "preview": "1"})
    return answer, fill(answer, confirm="1")


def test_from_the_page_of_the_person_to_the_sheet(admin, li, gao, matter):
    client = enter(admin)
    page = f"/accounts/{li.pk}/handover/"
    assert page in client.get(f"/cadres/{li.pk}/").content.decode()
    assert f"{page}?post={li.post.pk}" in client.get("/accounts/posts/").content.decode()
    assert f"{page}?post={li.post.pk}" in client.get(f"/accounts/{li.pk}/").content.decode()
    answer, data = previewed(client, li, until="2026-11-22", successor=gao.pk)
    text = answer.content.decode()
    assert "确认交接" in text
    assert "待反馈的承诺" in text
    assert "路灯" not in text
    assert not Handover.objects.exists()
    done = client.post(page, data)
    row = Handover.objects.get()
    assert done["Location"] == f"/handovers/{row.pk}/"
    assert li.post.holder(MONDAY) == gao
    again = client.post(page, data)
    assert again["Location"] == done["Location"]
    assert Handover.objects.count() == 1


def test_what_changes_after_the_preview_is_shown_before_anything_is_done(admin, li, gao, matter):
    client = enter(admin)
    page = f"/accounts/{li.pk}/handover/"
    _, data = previewed(client, li, until="2026-11-22", successor=gao.pk)
    matters.register(
        by=li, on=MONDAY, now=NOW, village=matter.village, summary="水渠堵了",
        category=matter.category, kind="demand", source=matter.source,
    )  # fmt: skip
    answer = client.post(page, data)
    assert answer.status_code == 409
    assert "情况有变化" in answer.content.decode()
    assert "2件" in answer.content.decode()
    assert not Handover.objects.exists()
    assert client.post(page, fill(answer, confirm="1")).status_code == 302


def test_a_day_changed_without_a_new_preview_is_shown_first(admin, li, gao):
    client = enter(admin)
    _, data = previewed(client, li, until="2026-11-22", successor=gao.pk)
    answer = client.post(f"/accounts/{li.pk}/handover/", {**data, "until": "2026-11-20"})
    assert answer.status_code == 409
    assert not Handover.objects.exists()


def test_a_preview_that_cannot_be_done_says_why_and_offers_no_button(admin, li, gao):
    client = enter(admin)
    answer, _ = previewed(client, li, until="2019-01-01", successor=gao.pk)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "不能早于任职日期" in text
    assert "确认交接" not in text
    own, _ = previewed(client, admin, until="2026-11-22", successor=gao.pk)
    assert "不能结束自己的系统管理员任职" in own.content.decode()


def test_each_reads_on_the_sheet_what_he_may(admin, li, gao, wang, matter, zhao, qian, auditor):
    client = enter(admin)
    _, data = previewed(client, li, until="2026-11-22", successor=gao.pk)
    sheet = client.post(f"/accounts/{li.pk}/handover/", data)["Location"]
    for reader, sees in ((gao, True), (zhao, True), (admin, False), (wang, False)):
        text = enter(reader).get(sheet).content.decode()
        assert "随岗位移交" in text
        assert (matter.number in text) == sees, reader
    assert enter(qian).get(sheet).status_code == 404
    assert enter(auditor).get(sheet).status_code == 403
    assert f"/teams/{li.team.pk}/" in enter(zhao).get(sheet).content.decode()


def test_a_handover_to_come_is_withdrawn_on_its_sheet(admin, li, gao, zhao):
    client = enter(admin)
    _, data = previewed(client, li, until="2026-11-27", successor=gao.pk)
    sheet = client.post(f"/accounts/{li.pk}/handover/", data)["Location"]
    assert "2026-11-28生效" in client.get(sheet).content.decode()
    assert "撤回交接" not in enter(zhao).get(sheet).content.decode()
    text = client.post(f"{sheet}withdraw/", follow=True).content.decode()
    assert "交接已撤回，原任继续任职" in text
    assert "已撤回" in text
    again = client.post(f"{sheet}withdraw/", follow=True).content.decode()
    assert "不能再撤回" in again
    assert li.holdings.get().until is None


def test_the_account_page_lists_what_hangs_and_stops_it_afterwards(admin, li, gao):
    client = enter(admin)
    his = enter(li)
    account = f"/accounts/{li.pk}/"
    text = client.get(account).content.decode()
    assert "岗位：党委委员" in text
    assert "确认停用" not in text
    refused = client.post(f"{account}deactivate/", follow=True)
    assert "请先逐个岗位办理交接" in refused.content.decode()
    assert his.get("/burden/").status_code == 200
    _, data = previewed(client, li, until="2026-11-22", successor=gao.pk)
    client.post(f"{account}handover/", data)
    assert "确认停用" in client.get(account).content.decode()
    client.post(f"{account}deactivate/")
    assert his.get("/burden/").status_code == 302
    assert not User.objects.get(pk=li.pk).is_active


def test_who_holds_nothing_has_nothing_to_hand_over(admin, qingshan):
    nobody = User.objects.create_user(
        "deng", "a-phrase-of-9", display_name="邓云", township=qingshan
    )
    answer = enter(admin).get(f"/accounts/{nobody.pk}/handover/")
    assert answer.status_code == 200
    assert "没有可以交接的岗位" in answer.content.decode()


def test_a_foreign_person_and_successor_are_not_found(admin, li, qian):
    client = enter(admin)
    assert client.get(f"/accounts/{qian.pk}/handover/").status_code == 404
    answer, _ = previewed(client, li, until="2026-11-22", successor=qian.pk)
    assert answer.status_code == 422
    assert "请从列表中选择接任人" in answer.content.decode()
