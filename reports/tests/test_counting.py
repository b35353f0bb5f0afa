"""What October adds up to, counted by hand and by the machine."""

import datetime as dt
from decimal import Decimal

import pytest

from cadres.roles import Role
from conftest import appoint
from grievances.models import Grievance
from reports import metrics
from reports.board import Board
from reports.models import ReportPolicy
from reports.periods import parse
from reports.tests.conftest import day, moment
from villages.models import Village

# Counted by hand from conftest.py: numerator/denominator and percent of 石桥村's October
BY_HAND = {
    "session_held_rate": "2/4，50.0%",
    "visit_coverage": "2/3，66.7%",
    "received": "5人次",
    "household_visits": "5户次",
    "opening": "1件",
    "registered": "9件",
    "settled": "6件",
    "settled_substantive": "5件",
    "settled_interim": "0件",
    "settled_procedural": "1件",
    "closing": "4件",
    "settlement_rate_cum": "6/10，60.0%",
    "settlement_rate_flow": "6/10，60.0%",
    "substantive_rate": "5/6，83.3%",
    "on_time_rate": "2/4，50.0%",
    "overdue_open": "2件",
    "median_days": "3个自然日",
    "contact_rate": "3/3，100.0%",
    "resolved_rate": "2/3，66.7%",
    "satisfaction_rate": "1.9/3，63.3%",
    "rework_rate": "0/7，0.0%",
    "return_rate": "1/1，100.0%",
    "repeat_rate": "0/9，0.0%",
}


def _board(reader, period="2026-10", today="11-21", **policy):
    villages = list(Village.objects.visible_to(reader).select_related("township").in_order())
    policy = ReportPolicy(since=dt.date(2020, 1, 1), **policy)
    return Board(
        reader=reader,
        villages=villages,
        period=parse(period, policy.month_first_day),
        policy=policy,
        today=day(today),
        now=moment(day(today), 12),
    )


def _words(tally):
    return {figure.key: figure.in_words for figure in metrics.all_figures(tally)}


def test_every_figure_of_a_village_is_what_the_hand_counts(october, zhao):
    """Reopened, declined, returned, carried over, back-dated, away, cancelled and undated among them."""
    board = _board(zhao)
    assert _words(board.tallies.villages[october.village.pk]) == BY_HAND
    assert board.balanced


def test_what_is_left_out_is_told(october, zhao):
    """Each reason once, with how many."""
    told = {part.name: part.number for part in _board(zhao).excluded}
    assert told == {
        "已取消的驻点日": 1,
        "全户外出": 1,
        "空挂": 1,
        "不予受理": 1,
        "未定时限": 1,
        "联系不上": 1,
    }


def test_what_was_merged_is_a_number_of_its_own_and_the_balance_holds(october, zhao):
    """Of nine registered one goes on as part of another, and one repeats it: eight, one of them again."""
    was = _board(zhao).tallies.total
    rows = Grievance.objects.filter(village=october.village, registered_on__month=10)
    main, one, other = rows.open().order_by("registered_on", "pk")[:3]
    Grievance.objects.filter(pk=one.pk).update(status="merged", merged_into=main)
    Grievance.objects.filter(pk=other.pk).update(repeat_of=main)
    board = _board(zhao)
    total = board.tallies.total
    assert board.balanced
    assert (total.registered, total.closing) == (was.registered - 1, was.closing - 1)
    assert {part.name: part.number for part in board.excluded}["并案"] == 1
    assert metrics.repeat_rate(total).in_words == f"1/{total.registered}，11.1%"


def test_what_rests_has_neither_kept_nor_missed_its_day(october, zhao):
    """The two that are late in November: one rests, one is late."""
    late = Grievance.objects.overdue(moment(day("11-21"), 12)).first()
    was = _board(zhao).tallies.total
    Grievance.objects.filter(pk=late.pk).update(status="suspended")
    total = _board(zhao).tallies.total
    assert (was.overdue, total.overdue) == (2, 1)
    assert total.fell_due == was.fell_due - 1
    assert total.closing == was.closing


def test_the_total_is_the_sum_of_the_villages(october, zhao):
    """And a village does not count its neighbour's rows."""
    board = _board(zhao)
    own, quiet = (board.tallies.villages[v.pk] for v in (october.village, october.quiet))
    assert (quiet.registered, quiet.interim, quiet.visits, quiet.reached) == (1, 1, 1, 1)
    total = board.tallies.total
    assert total.registered == own.registered + quiet.registered == 10
    assert total.durations == own.durations + quiet.durations
    assert [line.name for line in board.lines] == ["石桥村", "和平村"]


@pytest.mark.parametrize("period", ["2026-09", "2026-10", "2026-11", "2026Q4", "2026", "2027-01"])
def test_each_period_ends_where_the_next_begins(october, zhao, period):
    """期初 + 新增 − 办结 = 期末 in any period, and what is in hand is carried over whole."""
    board = _board(zhao, period)
    assert board.balanced
    following = _board(zhao, "2026-11").tallies.total.opening
    if period == "2026-10":
        assert board.tallies.total.closing == following == 4


def test_a_reopened_matter_is_in_hand_again_and_counts_as_rework(october, zhao):
    """November, when it was reopened: one of one settled then; October no longer settled it."""
    november = _board(zhao, "2026-11").tallies.total
    assert metrics.rework_rate(november).in_words == "1/1，100.0%"
    assert metrics.overdue_open(november).numerator == 2


def test_what_is_still_to_come_is_no_failure(october, zhao):
    """On 14 October the deadlines from the 14th on, and the days from the 15th on, are not yet due."""
    board = _board(zhao, today="10-14")
    own = board.tallies.villages[october.village.pk]
    assert (own.fell_due, own.sessions_due) == (1, 2)  # due on the 12th; the 6th and the 13th


def test_months_that_begin_on_the_19th(october, zhao):
    """2026年10月 runs from 19 September to 18 October: the matter of 20 September is new in it."""
    total = _board(zhao, month_first_day=19).tallies.total
    assert (total.opening, total.registered, total.settled, total.closing) == (0, 7, 4, 3)
    assert total.sessions_due == 2


def test_the_weight_of_basically_satisfied_is_a_definition(october, zhao):
    """1 makes 2 of 3."""
    total = _board(zhao, weight_basically=Decimal(1)).tallies.total
    assert metrics.satisfaction_rate(total).in_words == "2/3，66.7%"


def test_a_cadre_reads_his_own_village_only(october, wang, li):
    """和平村's cadre gets one line, and its totals."""
    board = _board(wang)
    assert [line.name for line in board.lines] == ["和平村"]
    assert board.tallies.total.registered == 1
    assert _words(_board(li).tallies.total) == BY_HAND


def test_another_township_counts_nothing_of_it(october, qian):
    """白水镇 has one idle village."""
    board = _board(qian)
    assert [line.name for line in board.lines] == ["柳林村"]
    assert board.tallies.total.registered == board.tallies.total.visits == 0
    assert [part.number for part in board.undone] == [0, 0, 0, 0, 1]


def test_the_county_pools_townships(october, county, foreign_village):
    """Each township with its sum; rates of added counts."""
    board = _board(county)
    names = [line.name for line in board.lines]
    assert names == ["石桥村", "和平村", "青山镇小计", "柳林村", "白水镇小计"]
    assert board.tallies.total.registered == 10
    assert metrics.visit_coverage(board.tallies.total).in_words == "3/5，60.0%"


def test_what_waits_today_whatever_the_period(october, zhao):
    """Overdue, days not written up, told, asked, and households not yet reached."""
    told = {part.name: f"{part.number}{part.unit}" for part in _board(zhao).undone}
    assert told == {
        "超期未结": "2件",
        "未确认驻点日": "1天",
        "办结待反馈": "3件",
        "反馈待回访": "1件",
        "本期未走访的常住户": "1户",
    }


def test_a_day_before_its_registration_upsets_the_balance(october, zhao):
    """No verb writes such a row; should one come by another way, the village is named."""
    row = Grievance.objects.filter(village=october.quiet).get()
    Grievance.objects.filter(pk=row.pk).update(settled_on=day("09-30"))
    board = _board(zhao)
    assert not board.balanced
    assert board.faults == ["和平村"]


def test_two_faults_that_cancel_each_other_do_not_pass(october, zhao):
    """The sum is right, the villages are not."""
    total = _board(zhao).tallies
    one, other = total.villages.values()
    one.opening += 1
    other.opening -= 1
    assert total.total.out_of_balance == 0
    assert not total.balanced


def test_a_leader_of_two_townships_sees_both(october, zhao, elsewhere, foreign_village):
    """Two posts, two townships, one table."""
    appoint(elsewhere, "both", "兼任", Role.LEADER, title="挂职副书记")
    both = appoint(october.village.township, "both2", "兼职", Role.LEADER, title="副书记")
    both.holdings.create(
        post=elsewhere.posts.get(title="挂职副书记"), since=dt.date(2020, 1, 1), is_main=False
    )
    assert {t.name for t in _board(both).townships} == {"青山镇", "白水镇"}


def test_the_last_twelve_months_for_the_chart(october, zhao):
    """Registered and settled, oldest first, of the township."""
    months = _board(zhao).months
    assert len(months) == 12
    assert months[-1] == {"name": "2026-10", "month": 10, "registered": 10, "settled": 7}
    assert months[-2] == {"name": "2026-09", "month": 9, "registered": 1, "settled": 0}
