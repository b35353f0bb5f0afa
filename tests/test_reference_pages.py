"""基础数据: who may edit what, and what happens to a row."""

import pytest
from django.urls import reverse

from desk.entries import Defaults, Matter
from grievances.models import Category, DeclineReason, SettlementMethod, Source
from liaison.models import AuditEntry
from liaison.reference.tables import TABLES
from tests.filling import fill_in
from villages.models import ResidentTag
from visits.models import Visit

SHARED_LISTS = (
    "categories", "sources", "decline-reasons", "settlement-methods", "suspend-reasons", "tags",
)  # fmt: skip


def text(answer):
    return answer.content.decode()


@pytest.fixture
def office(signed_in, zhao):
    """赵's browser, while no other township works here."""
    return signed_in(zhao)


# --- Who ------------------------------------------------------------------------------------


def test_the_office_sees_every_table_it_has_a_say_in(office):
    page = office.get(reverse("settings:index"))
    shown = {entry["table"].key for entry in page.context["entries"]}
    assert shown == set(TABLES) - {"departments", "robots"}  # the administrator keeps those
    assert "最近修改" in text(page)


@pytest.mark.parametrize("key", SHARED_LISTS)
def test_alone_the_office_edits_the_shared_lists(office, key):
    assert office.get(reverse(f"settings:{key}_new")).status_code == 200
    assert reverse(f"settings:{key}_new") in text(office.get(reverse(f"settings:{key}")))


@pytest.mark.parametrize("key", SHARED_LISTS)
def test_with_a_second_township_only_the_keeper_edits_them(signed_in, zhao, qian, admin, key):
    client = signed_in(zhao)
    page = text(client.get(reverse(f"settings:{key}")))
    assert "请系统管理员修改" in page
    assert reverse(f"settings:{key}_new") not in page
    for name in ("new", "import"):
        answer = client.get(reverse(f"settings:{key}_{name}"), follow=True)
        assert answer.redirect_chain == [(reverse(f"settings:{key}"), 302)]
    table = TABLES[key]
    before = table.model.objects.count()
    client.post(reverse(f"settings:{key}_new"), {"name": "越权新增", "version": 1})
    assert table.model.objects.count() == before
    assert signed_in(admin).get(reverse(f"settings:{key}_new")).status_code == 200


@pytest.mark.parametrize("who", ["li", "chen", "sun", "zhou", "contact", "county", "auditor"])
def test_others_do_not_open_them(signed_in, everybody, who):
    client = signed_in(getattr(everybody, who))
    for name in ("settings:index", "settings:categories", "settings:tags_new"):
        assert client.get(reverse(name)).status_code == 403


def test_the_keeper_of_the_system_sets_no_deadlines_and_no_local_days(signed_in, admin):
    client = signed_in(admin)
    assert client.get(reverse("settings:policies_import")).status_code == 403
    assert client.get(reverse("settings:local-days_import")).status_code == 403


# --- What -----------------------------------------------------------------------------------


def test_a_new_category_gets_the_next_code_and_the_last_place(office):
    fill_in(office, reverse("settings:categories_new"), name="  防汛 抗旱 ")
    row = Category.objects.get(name="防汛 抗旱")
    assert (row.code, row.order, row.is_active) == ("22", 22, True)
    entry = AuditEntry.objects.get(action="新增诉求类别")
    assert entry.actor_name == "赵敏"
    assert entry.after["名称"] == "防汛 抗旱"


def test_a_double_tap_makes_one_row(office):
    page = office.get(reverse("settings:sources_new"))
    said = {"form_key": page.context["form"]["form_key"].value(), "version": 1, "name": "村级网格"}
    answers = [office.post(reverse("settings:sources_new"), said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Source.objects.filter(name="村级网格").count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": "水利"}, "“水利”已经有了，请改用别的名称"),
        ({"name": "防汛", "code": "01"}, "编码01已经有了"),
        ({"name": "防汛", "code": "一"}, "编码只能是数字、字母和短横线"),
        ({"name": ""}, "请填写名称"),
        ({"name": "防" * 41}, "40"),
        ({"name": "防汛", "order": "99999"}, "9999"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_words(office, said, sentence):
    page = office.get(reverse("settings:categories_new"))
    key = page.context["form"]["form_key"].value()
    before = Category.objects.count()
    answer = office.post(
        reverse("settings:categories_new"), {"form_key": key, "version": 1, **said}
    )
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Category.objects.count() == before


def test_renaming_keeps_the_code_and_says_old_and_new_in_the_trail(office):
    row = Category.objects.get(name="水利")
    fill_in(office, reverse("settings:categories_edit", args=[row.pk]), name="农田水利")
    row.refresh_from_db()
    assert (row.name, row.code, row.version) == ("农田水利", "01", 2)
    entry = AuditEntry.objects.get(action="修改诉求类别")
    assert (entry.before, entry.after) == ({"名称": "水利"}, {"名称": "农田水利"})


def test_the_days_page_finds_its_sources_and_category_under_new_names(office):
    for model, code in ((Source, "01"), (Source, "02"), (Category, "21")):
        model.objects.filter(code=code).update(name=f"改名{code}")
    taken = Defaults()
    assert taken.source_of(Visit.Mode.RECEPTION).name == "改名01"
    assert taken.source_of(Visit.Mode.HOME).name == "改名02"
    assert taken.category_of(Matter(summary="说不清的事"))[0].name == "改名21"


def test_saving_without_a_change_leaves_no_line(office):
    row = DeclineReason.objects.first()
    fill_in(office, reverse("settings:decline-reasons_edit", args=[row.pk]))
    row.refresh_from_db()
    assert row.version == 1
    assert not AuditEntry.objects.filter(action="修改不予受理原因").exists()


def test_a_stale_form_shows_what_the_other_wrote(office):
    row = Category.objects.get(name="水利")
    page = office.get(reverse("settings:categories_edit", args=[row.pk]))
    Category.objects.filter(pk=row.pk).update(name="水利水务", version=2)
    said = {"form_key": page.context["form"]["form_key"].value(), "version": 1, "name": "农田水利"}
    answer = office.post(reverse("settings:categories_edit", args=[row.pk]), said)
    assert answer.status_code == 409
    assert "水利水务" in text(answer)


def test_a_row_is_switched_off_not_deleted_and_offered_no_more(office, li, signed_in):
    row = Source.objects.get(name="来信")
    switch = reverse("settings:sources_switch", args=[row.pk])
    fill_in(office, switch)
    row.refresh_from_db()
    assert not row.is_active
    shown = text(office.get(reverse("grievances:register")))
    assert ">来信<" not in shown
    assert AuditEntry.objects.get(action="修改来源").after == {"在用": "停用"}
    fill_in(office, switch)
    row.refresh_from_db()
    assert row.is_active


def test_the_last_row_in_use_stays_in_use(office):
    rows = list(Source.objects.all())
    Source.objects.exclude(pk=rows[0].pk).update(is_active=False)
    page = office.get(reverse("settings:sources_switch", args=[rows[0].pk]))
    answer = office.post(
        reverse("settings:sources_switch", args=[rows[0].pk]),
        {"version": page.context["form"]["version"].value()},
    )
    assert answer.status_code == 422
    assert "最后一条在用的" in text(answer)
    assert Source.objects.get(pk=rows[0].pk).is_active


def test_a_method_belongs_to_a_kind_of_settlement(office):
    fill_in(
        office, reverse("settings:settlement-methods_new"), name="⑫转送", settlement="procedural"
    )
    assert SettlementMethod.objects.get(name="⑫转送").settlement == "procedural"


def test_a_tag_says_whether_it_is_sensitive_and_how_long_it_holds(office):
    fill_in(office, reverse("settings:tags_new"), name="监测户", valid_months="12")
    tag = ResidentTag.objects.get(name="监测户")
    assert (tag.sensitive, tag.valid_months, tag.is_active) == (True, 12, True)


def test_a_missing_row_is_not_found(office):
    for pk in (987654321, 9**25):
        assert office.get(f"/settings/categories/{pk}/").status_code == 404
