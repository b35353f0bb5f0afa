"""分派规则: the office's own table decides which unit a matter goes to, and says which row decided."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cadres.models import Department, Post
from conftest import appoint
from grievances import actions
from grievances.models import Category, DeadlinePolicy, Grievance, RoutingRule
from grievances.routing import Facts, Rule, route, rules_of
from tests.filling import fill_in, form_on
from villages.models import Section, Village

from .conftest import DAY, moment
from .pages import text

HERE = Path(__file__).parent
RULES = HERE / "routing_rules.csv"
TABLE = list(csv.DictReader((HERE / "routing.csv").read_text(encoding="utf-8").splitlines()))
KINDS = {label: value for value, label in Grievance.Kind.choices}


@pytest.fixture
def rules(signed_in, zhao, li, shiqiao, heping, qingshan, minzheng):
    """The clerk brings in the table of rules as a file."""
    names = ("农业办", "水管站", "党政办", "司法所", "应急办", "综合办", "旧治安办", "东片站")
    for name in names:
        Department.objects.create(township=qingshan, name=name)
    Village.objects.create(township=qingshan, code="990001100209", name="柳树村")
    for village, name in ((shiqiao, "东片"), (shiqiao, "西片"), (heping, "东片")):
        Section.objects.create(village=village, name=name)
    client = signed_in(zhao)
    url = reverse("settings:routing_import")
    file = SimpleUploadedFile("分派规则.csv", RULES.read_bytes(), "text/csv")
    shown = fill_in(client, url, files={"file": file})
    fill_in(client, shown, holding="payload")
    Department.objects.filter(name="旧治安办").update(abolished_on="2026-01-01")
    return RoutingRule.objects.filter(township=qingshan)


def test_the_table_the_office_reads_comes_out_as_it_says(rules, qingshan):
    """grievances/tests/routing.csv, by the rules of routing_rules.csv."""
    assert rules.count() == 17
    known, wrong = rules_of(qingshan.pk), []
    for line in TABLE:
        facts = Facts(
            Category.objects.get(name=line["类别"]).pk,
            Village.objects.get(name=line["村"], township=qingshan).pk,
            KINDS[line["性质"]],
            bool(line["加急"]),
            _section(line["村"], line["片"]),
            int(line["层级"] or 0) or None,
        )
        found = route(facts, known)
        said = (str(found.department), str(found.rule)) if found else ("", "")
        if said != (line["应交单位"], line["适用规则"]):
            wrong.append((line, said))
    assert wrong == []


def _section(village, name):
    found = Section.objects.filter(village__name=village, name=name) if name else ()
    return found[0].pk if found else None


def _rule(pk, conditions):
    urgent, category, village, team, section, kind, level = conditions
    row = RoutingRule(
        pk=pk, name=str(pk), urgent=urgent, category_id=category, village_id=village,
        team_id=None if village else team, section_id=None if village or team else section, kind=kind,
        level=level,
    )  # fmt: skip
    return Rule(row, frozenset({1, 2}) if row.team_id else frozenset(), 1)


CONDITIONS = st.tuples(
    st.booleans(), st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 7]), st.sampled_from([None, 8, 9]), st.sampled_from(["", "demand"]),
    st.sampled_from([None, 1, 3]),
)  # fmt: skip


@given(
    st.lists(CONDITIONS, max_size=6),
    st.builds(
        Facts, st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 3, None]),
        st.sampled_from(["demand", "dispute"]), st.booleans(), st.sampled_from([8, 9, 10, None]),
        st.sampled_from([None, 1, 2, 3]),
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_one_rule_decides_whatever_the_order_of_the_table(conditions, facts, random):
    rules = [_rule(pk, each) for pk, each in enumerate(conditions, start=1)]
    found = route(facts, rules)
    assert (found is None) == (not any(rule.fits(facts) for rule in rules))
    random.shuffle(rules)
    again = route(facts, rules)
    assert (again and again.rule) == (found and found.rule)


def test_the_table_goes_out_and_comes_back_unchanged(signed_in, zhao, rules):
    client = signed_in(zhao)
    out = client.get(reverse("settings:routing"), {"format": "xlsx"}).getvalue()
    sheet = openpyxl.load_workbook(io.BytesIO(out)).active
    assert "石桥水利归水管站" in {cell.value for row in sheet.iter_rows() for cell in row}
    file = SimpleUploadedFile("分派规则.xlsx", out)
    shown = fill_in(client, reverse("settings:routing_import"), files={"file": file})
    assert "未变" in text(shown)
    # The rule of the abolished unit is refused by name; all others are as they were.
    assert "本镇在用的承办单位里没有这一项" in text(shown)
    assert RoutingRule.objects.filter(version=1).count() == 17


def test_a_rule_is_the_clerk_s_own_township_s(signed_in, zhao, qian, chen, elsewhere, minzheng):
    client = signed_in(zhao)
    fill_in(client, reverse("settings:routing_new"), name="都归民政办", department=minzheng.pk)
    rule = RoutingRule.objects.get()
    assert (rule.township, rule.department, rule.category) == (zhao.township, minzheng, None)
    page = client.get(reverse("settings:routing_edit", args=[rule.pk]))
    fill_in(client, page, name="民政办兜底", post=chen.post.pk)
    rule.refresh_from_db()
    assert (rule.name, rule.post, rule.version) == ("民政办兜底", chen.post, 2)
    foreign = signed_in(qian).get(reverse("settings:routing_edit", args=[rule.pk]))
    assert foreign.status_code == 404


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"village": "shiqiao", "team": "team"}, "村、片和驻点团队只能填一个"),
        ({"village": "shiqiao", "section": "section"}, "村、片和驻点团队只能填一个"),
        ({"post": "foreign_post"}, "不是民政办的岗位"),
        ({"policy": "urgent"}, "这条时限只用于加急件"),
        ({"name": "路归民政办"}, "已经有了"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(
    signed_in, zhao, li, to_minzheng, shiqiao, qingshan, minzheng, said, sentence
):
    other = Department.objects.create(township=qingshan, name="农业办")
    rows = {
        "shiqiao": shiqiao.pk,
        "team": li.team.pk,
        "section": Section.objects.create(village=shiqiao, name="东片").pk,
        "foreign_post": appoint(qingshan, "lin", "林", "handler", department=other).post.pk,
        "urgent": DeadlinePolicy.objects.create(
            township=qingshan, name="急件", amount=2, unit="workday", urgent=True
        ).pk,
    }
    client = signed_in(zhao)
    url, data = form_on(client.get(reverse("settings:routing_new")))
    given_ = {name: rows.get(value, value) for name, value in said.items()}
    answer = client.post(url, data | {"name": "新规则", "department": minzheng.pk} | given_)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert RoutingRule.objects.count() == 1


def test_the_database_keeps_one_place_a_rule(qingshan, minzheng, li, shiqiao):
    east = Section.objects.create(village=shiqiao, name="东片")
    for places in ({"village": shiqiao, "team": li.team}, {"section": east, "team": li.team}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoutingRule.objects.create(
                township=qingshan, name="两处", department=minzheng, **places
            )


def test_a_rule_brings_its_time_limit_but_does_not_slow_what_is_urgent(
    li, facts, to_minzheng, qingshan
):
    slow = DeadlinePolicy.objects.create(
        township=qingshan,
        name="民政30天",
        amount=30,
        unit="calendar_day",
        category=Category.objects.get(name="水利"),  # so that none but the rule asks for it
    )
    before = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
    RoutingRule.objects.update(policy=slow)
    after = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
    urgent = actions.register(by=li, on=DAY, now=moment(DAY), is_urgent=True, **facts)
    assert before.policy != slow
    assert (after.policy, str(after.due_on)) == (slow, "2026-12-17")
    assert urgent.policy.urgent
    DeadlinePolicy.objects.filter(pk=slow.pk).update(is_active=False)
    assert actions.register(by=li, on=DAY, now=moment(DAY), **facts).policy == before.policy


def test_a_vacant_post_leaves_the_choice_to_the_unit(zhao, chen, matter_at, to_minzheng):
    matter = matter_at("accepted")
    chen.holdings.update(until="2026-06-30")
    matter = actions.assign_by_rule(
        grievance=matter, by=zhao, on=DAY, now=moment(DAY, 12), version=None
    )
    assert (matter.department, matter.handler) == (to_minzheng.department, None)
    assert Post.objects.filter(pk=chen.post.pk).exists()
