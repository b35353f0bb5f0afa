"""A list of cadres comes in: people, posts, departments; nobody of it can sign in before he is let in."""

import datetime as dt
import json

import pytest

from cadres.models import Department, Holding, Post, User
from cadres.roles import Role
from liaison.errors import NotAllowed
from liaison.imports.trace import NoTrace
from liaison.models import AuditEntry, ImportBatch

from .import_files import answer, staged, told, workbook
from .test_import_pages import confirm, counts, upload

pytestmark = pytest.mark.django_db
HEADS = ("姓名", "职务", "所属单位", "角色", "所在村", "联系电话", "电子邮箱", "用户名", "任职日期")


def person(name, title="干部", department="", role="驻点干部", village="", phone="", **more):
    """One row under HEADS."""
    more = [more.get(each, "") for each in ("email", "username", "since")]
    return [name, title, department, role, village, phone, *more]


def people(*rows, heads=HEADS):
    """A list with these rows, under a title."""
    return workbook(("名单", [["青山镇干部花名册"], heads, *rows]))


def take(data, township, by=None, **more):
    """Stage and store; the staged file."""
    stage = staged("cadres", data, township, **more)
    stage.write(by=by, file_name="名单.xlsx", trace=NoTrace())
    return stage


ROWS = (
    person("高亮", "镇长", role="镇领导", phone=15400000021.0, since="2024.3.5"),
    person("赵强", "主任", "农业办", "承办人", phone="154-0000-0022", email="zq@example.test"),
    person("钱丽", "主任", "水利站", "站办所承办人"),
    person("孙 立", "干部", "", "", phone="无"),
    person("李梅", "", role="联络员", village="石桥", phone="15400000023", username="limei"),
    person("吴军", "干部", "", "包村干部"),
)
GOOD = [row if row[0] != "李梅" else [*row[:1], "联络员", *row[2:]] for row in ROWS]


@pytest.mark.parametrize("said", ["备注：借调", "说明：分管农业", "合计"])
def test_nobody_is_passed_over_for_a_remark(qingshan, said):
    row = [*person("高亮", "镇长", role="镇领导"), said]
    signed = ["制表人：赵敏", "审核人：高亮", *[""] * 8]
    stage = staged("cadres", people(row, signed, heads=(*HEADS, "情况")), qingshan)
    assert stage.counts()["items"]["new"] == 1
    assert stage.refused == []


def test_a_list_gives_people_posts_and_units(qingshan, shiqiao):
    stage = take(people(*GOOD), qingshan)
    assert stage.refused == []
    assert stage.counts() == {"items": {"new": 6, "changed": 0, "unchanged": 0, "missing": 0}}
    held = {h.user.display_name: h.post for h in Holding.objects.select_related("post", "user")}
    assert {name: (post.title, post.role) for name, post in held.items()} == {
        "高亮": ("镇长", Role.LEADER), "赵强": ("主任", Role.HANDLER), "钱丽": ("水利站主任", Role.HANDLER),
        "孙立": ("干部", Role.CADRE), "李梅": ("联络员", Role.CONTACT), "吴军": ("干部（二）", Role.CADRE),
    }  # fmt: skip
    assert held["钱丽"].department == Department.objects.get(name="水利站")
    assert held["李梅"].village == shiqiao
    assert Holding.objects.get(user__display_name="高亮").since == dt.date(2024, 3, 5)
    mayor = User.objects.get(display_name="高亮")
    assert (mayor.phone, mayor.username) == ("15400000021", "gaoliang")
    assert User.objects.get(display_name="李梅").username == "limei"
    assert User.objects.get(display_name="赵强").email == "zq@example.test"
    assert [each.code for each in stage.warnings] == ["W-ROLE"]
    assert not [user for user in User.objects.all() if user.can_sign_in()]


def test_the_second_time_nothing_changes(qingshan, shiqiao):
    take(people(*GOOD), qingshan)
    before = counts()
    stage = take(people(*GOOD), qingshan)
    assert stage.counts()["items"] == {"new": 0, "changed": 0, "unchanged": 6, "missing": 0}
    assert counts() == before
    assert Department.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (person("李四5"), "A", "R-NAME"),
        (person("", "镇长"), "A", "R-NAME"),
        (person("张平", role="书记员"), "D", "R-ROLE"),
        (person("张平", role="承办人"), "C", "R-DEPARTMENT"),
        (person("张平", role="联络员"), "E", "R-CONTACT-VILLAGE"),
        (person("张平", role="联络员", village="没有村"), "E", "R-VILLAGE"),
        (person("张平", title=""), "B", "R-TITLE"),
        (person("张平", username="15400000001"), "H", "R-USERNAME"),
        (person("张平", username="li"), "H", "R-USERNAME"),
        (person("李明", "党委委员", role="镇领导"), "D", "R-POST-ROLE"),
    ],
)
def test_a_wrong_row_is_refused_at_its_cell_and_the_next_one_taken(qingshan, li, row, column, code):
    stage = take(people(row, person("王娜")), qingshan)
    assert told(stage.refused) == [(3, column, code)]
    assert "15400000001" not in json.dumps([p.as_json() for p in stage.refused])
    assert User.objects.filter(display_name="王娜").exists()
    assert not User.objects.filter(display_name="张平").exists()


def test_odd_cells_warn(qingshan):
    row = person("张平", phone="1540000", email="不是邮箱", since="明年")
    stage = take(people(row), qingshan)
    assert [each.code for each in stage.warnings] == ["W-PHONE", "W-EMAIL", "W-SINCE"]
    assert Holding.objects.get().since == stage.place.on


def test_people_are_known_again_and_learn_what_was_not_known(qingshan, li, wang, zhao):
    row = person("李明", "党委委员", role="", phone="15400000031")
    stage = take(people(row), qingshan)
    assert stage.counts()["items"] == {"new": 0, "changed": 1, "unchanged": 0, "missing": 2}
    again = User.objects.get(pk=li.pk)
    assert (again.phone, again.version) == ("15400000031", 2)
    assert again.can_sign_in()
    assert "15400000031" not in str(list(AuditEntry.objects.values_list("before", "after")))


def test_one_name_with_two_phones_is_two_people(qingshan):
    rows = person("张平", phone="15400000041"), person("张平", phone="15400000042")
    take(people(*rows), qingshan)
    assert User.objects.filter(display_name="张平").count() == 2
    third = staged("cadres", people(person("张平", phone="15400000043")), qingshan)
    assert [each.code for each in third.warnings] == ["W-PHONE-OTHER"]


def test_one_person_may_hold_two_posts_and_a_repeated_line_is_refused(qingshan):
    rows = (
        person("张平", "组织委员", phone="15400000041"),
        person("张平", "驻点办主任", role="驻点办", phone="15400000041"),
        person("张平", "组织委员", phone="15400000041"),
    )
    stage = take(people(*rows), qingshan)
    assert told(stage.refused) == [(5, "A", "R-PERSON-TWICE")]
    held = Holding.objects.filter(user__display_name="张平").order_by("pk")
    assert [(h.post.title, h.is_main) for h in held] == [("组织委员", True), ("驻点办主任", False)]


def test_a_named_account_gets_its_new_phone(qingshan, li):
    li.set_phones(["15400000001"])
    li.save()
    stage = take(people(person("李明", "党委委员", phone="15400000002", username="LI")), qingshan)
    assert stage.counts()["items"]["changed"] == 1
    assert User.objects.get(pk=li.pk).phone == "15400000002"


def test_a_stopped_account_is_not_appointed(qingshan, li):
    User.objects.filter(pk=li.pk).update(is_active=False)
    stage = staged("cadres", people(person("李明", "镇长", username="li")), qingshan)
    assert told(stage.refused) == [(3, "A", "R-STOPPED")]


def test_the_administrator_appoints_not_himself(qingshan, admin):
    row = person("何平", "党委书记", role="镇领导", username="he")
    stage = staged("cadres", people(row), qingshan)
    with pytest.raises(NotAllowed):
        stage.write(by=admin, file_name="x", trace=NoTrace())
    assert User.objects.get(pk=admin.pk).roles == {Role.ADMIN}


def test_an_account_of_another_township_is_not_touched(qingshan, qian):
    stage = staged("cadres", people(person("钱塘", username="qian")), qingshan)
    assert told(stage.refused) == [(3, "H", "R-USERNAME")]
    take(people(person("钱塘")), qingshan)
    assert User.objects.filter(display_name="钱塘").count() == 2


def test_the_command_answers_like_the_page(qingshan, shiqiao, tmp_path):
    file = tmp_path / "名单.xlsx"
    file.write_bytes(people(*ROWS))
    code, said = answer("import_cadres", file, township="990001100")
    assert (code, said["items"]["new"]) == (1, 5)
    assert [(each["row"], each["code"]) for each in said["refused"]] == [(7, "R-TITLE")]
    assert set(said) == {"file", "items", "refused", "warnings"}


def test_the_administrator_imports_and_takes_back(signed_in, admin, shiqiao):
    client = signed_in(admin)
    before, units = counts(), Department.objects.count()
    address = upload(client, people(*GOOD), "/cadres/import/")
    page = client.get(address).content.decode()
    assert "15400000021" not in page
    confirm(client, address)
    assert Post.objects.filter(title="水利站主任").exists()
    assert "未开通登录" in client.get("/accounts/").content.decode()
    client.post(f"{address}undo/")
    assert ImportBatch.objects.get().state == "undone"
    assert (counts(), Department.objects.count()) == (before, units)


@pytest.mark.parametrize("who", ["li", "zhao", "sun", "zhou", "auditor"])
def test_others_may_not(signed_in, everybody, who):
    assert signed_in(getattr(everybody, who)).get("/cadres/import/").status_code == 403


def test_the_lists_offer_it_to_the_administrator_alone(signed_in, admin, zhao):
    link = "/cadres/import/"
    assert link in signed_in(admin).get("/cadres/").content.decode()
    assert link in signed_in(admin).get("/accounts/").content.decode()
    assert link not in signed_in(zhao).get("/cadres/").content.decode()
