"""Matters of the demo township, each led through its life as far as today allows."""

import datetime as dt
from dataclasses import dataclass, field

from cadres.models import Department, Post, User
from cadres.workcalendar import WorkCalendar
from demo import people
from grievances.deadlines import deadline, policy_for
from grievances.models import (
    Category,
    DeadlinePolicy,
    DeclineReason,
    FollowUp,
    Grievance,
    LookBack,
    SettlementMethod,
    Source,
    Status,
    Step,
)
from grievances.models.states import AWAITED, TRANSITIONS
from liaison.models import NumberSeries
from villages.models import Township
from visits.models import Visit

from .days import BATCH, moment
from .look_backs import comes_back
from .scale import Build
from .texts import EVERY, MATTERS, PROMISED_EVERY, VERBATIM

ANSWERS = (
    ["satisfied"] * 62
    + ["basically"] * 18
    + ["dissatisfied"] * 6
    + ["other"] * 3
    + ["unreached"] * 9
    + ["declined"] * 2
)


@dataclass
class Cast:
    """Whom the acts are written down to, and the rows they point to."""

    township: Township
    clerk: User
    supervisor: User
    handlers: dict[str, tuple[Department, User]]
    posts: dict[int, str]
    categories: dict[str, Category]
    sources: dict[str, Source]
    methods: dict[str, SettlementMethod]
    reasons: list[DeclineReason]
    calendar: WorkCalendar
    policies: dict[tuple[int, int, str], DeadlinePolicy] = field(default_factory=dict)

    def policy(self, category: Category, source: Source, kind: str) -> DeadlinePolicy:
        """The row a matter of this category, source and kind falls under, looked up once."""
        key = (category.pk, source.pk, kind)
        if key not in self.policies:
            asked = dict(zip(("category_id", "source_id", "kind"), key, strict=True))
            self.policies[key] = policy_for(township_id=self.township.pk, is_urgent=False, **asked)
        return self.policies[key]


@dataclass
class Life:
    """A matter with the steps and the follow-up that belong to it, not stored yet."""

    matter: Grievance
    department: str  # who would handle it
    method: SettlementMethod  # how it would end
    done: str
    steps: list[Step] = field(default_factory=list)
    follow_up: FollowUp | None = None
    look_back: LookBack | None = None

    def step(
        self, cast: Cast, act: str, by: User, on: dt.date, words: str = "", hour: int = 15
    ) -> None:
        """Write a line of history and put the matter into the state the act leads to."""
        name, _, to = TRANSITIONS.get(act, ("登记", (), Status.REGISTERED))
        self.steps.append(
            Step(
                grievance=self.matter,
                act=act,
                act_name=name,
                from_status=self.matter.status if self.steps else "",
                to_status=to,
                by=by,
                by_name=by.display_name,
                by_post=cast.posts.get(by.pk, ""),
                department=self.matter.department,
                words=words,
                on=on,
                entered_at=moment(on, hour),
            )
        )
        self.matter.status = to


def gather(township: Township, posts: dict[str, Post], today: dt.date) -> Cast:
    """Look up once whom and what the matters need."""
    clerk, supervisor = (posts[title].holder(today) for title in ("驻点办主任", "第一督查组组长"))
    handlers = {
        post.department.name: (post.department, post.holder(today))
        for post in posts.values()
        if post.role == "handler"
    }
    return Cast(
        township=township,
        clerk=clerk,
        supervisor=supervisor,
        handlers=handlers,
        posts={post.holder(today).pk: post.title for post in posts.values()},
        categories={row.name: row for row in Category.objects.all()},
        sources={row.name: row for row in Source.objects.all()},
        methods={row.name: row for row in SettlementMethod.objects.all()},
        reasons=list(DeclineReason.objects.filter(is_active=True).order_by("order", "pk")),
        calendar=WorkCalendar.load(),
    )


def matters(build: Build, cast: Cast, visits: list[Visit]) -> None:
    """Draw visits at which something was asked, oldest first, and make a matter of each; of a few, two."""
    chosen = sorted(build.rng.sample(range(len(visits)), min(build.matters, len(visits))))
    chosen[EVERY::EVERY] = chosen[EVERY - 1 : -1 : EVERY]
    leads = {
        user.pk: user
        for user in User.objects.filter(pk__in={visit.entered_by_id for visit in visits})
    }
    serials: dict[int, int] = {}
    lives = []
    for position in chosen:
        visit = visits[position]
        year = visit.occurred_on.year
        serials[year] = serials.get(year, 0) + 1
        number = f"{cast.township.ledger_prefix}-{year}-{serials[year]:05d}"
        lives.append(_live(build, cast, visit, leads[visit.entered_by_id], number))
        if serials[year] % PROMISED_EVERY == 0:
            _promise(build, lives[-1].matter)
    _store(lives, [visits[position] for position in sorted(set(chosen))])
    for year, last in serials.items():
        NumberSeries.objects.update_or_create(
            key=f"ledger:{cast.township.pk}:{year}", defaults={"last": last}
        )


def _store(lives, visits):
    Visit.objects.bulk_update(visits, ["said", "nothing_asked"], batch_size=BATCH)
    Grievance.objects.bulk_create((life.matter for life in lives), batch_size=500)
    Step.objects.bulk_create((step for life in lives for step in life.steps), batch_size=1000)
    FollowUp.objects.bulk_create(
        (life.follow_up for life in lives if life.follow_up), batch_size=1000
    )
    LookBack.objects.bulk_create(life.look_back for life in lives if life.look_back)


def _live(build, cast, visit, lead, number) -> Life:
    category, kind, summary, said, done, department, method = build.rng.choice(MATTERS)
    visit.said, visit.nothing_asked = f"{visit.said}{said}", False
    day = visit.occurred_on
    topic = cast.categories[category]
    received = visit.mode == Visit.Mode.RECEPTION
    source = cast.sources["驻点日接待" if received else "入户走访"]
    policy = cast.policy(topic, source, kind)
    due = deadline(policy, moment(day, 10), cast.calendar)
    life = Life(
        Grievance(
            number=number,
            township=cast.township,
            village_id=visit.village_id,
            household_id=visit.household_id,
            visit=visit,
            complainant=visit.visitor or people.name(build.rng, "M"),
            phone=people.phone(build.rng) if build.rng.random() < 0.7 else "",
            persons=visit.persons,
            summary=summary,
            detail=said,
            kind=kind,
            category=topic,
            source=source,
            registered_on=day,
            entered_at=visit.entered_at,
            registered_by=lead,
            policy=policy,
            policy_version=policy.version,
            due_at=due.due_at,
            due_on=due.due_on,
            due_unit=policy.unit,
        ),
        department=department,
        method=cast.methods[method],
        done=done,
    )
    life.step(cast, "register", lead, day, said, 10)
    # What only needed explaining is mostly done where it was asked
    if build.rng.random() < (0.7 if life.method.settlement == "procedural" else 0.2):
        _settle(cast, life, lead, day, act="settle_on_the_spot")
        _afterwards(build, cast, life, day)
    else:
        _through_the_office(build, cast, life)
    return life


def _promise(build, matter):
    """What the villager of a matter of these days was told, while he waits for its answer."""
    if matter.status in AWAITED and (build.today - matter.registered_on).days < 25:
        matter.promise = "先派人到现场看，再给您答复"
        matter.promise_due_on = matter.registered_on + dt.timedelta(days=10)


def _through_the_office(build, cast, life):
    rng, day = build.rng, life.matter.registered_on + dt.timedelta(days=build.rng.randrange(0, 3))
    # What came in these days has not gone all the way yet; a few are declined, a few handed back.
    fresh = (build.today - life.matter.registered_on).days < 25
    stops_at = rng.choice(("", "", "register", "accept", "assign")) if fresh else ""
    if stops_at == "register" or day > build.today:
        return
    if rng.random() < 0.03:
        _decline(build, cast, life, day)
        return
    life.matter.accepted_on = day
    life.step(cast, "accept", cast.clerk, day)
    if stops_at == "accept":
        return
    _assign(cast, life, day)
    day += dt.timedelta(days=1)
    if stops_at == "assign" or day > build.today:
        return
    if fresh and rng.random() < 0.2:
        life.step(cast, "return_", life.matter.handler, day, "经核实不属于我单位职责,请重新交办。")
        return
    _in_hand(build, cast, life, day)


def _decline(build, cast, life, day):
    reason = build.rng.choice(cast.reasons)
    life.matter.decline_reason = reason
    life.step(cast, "decline", cast.clerk, day, f"{reason.name}。{reason.go_to}")


def _assign(cast, life, day):
    life.matter.department, life.matter.handler = cast.handlers[life.department]
    life.matter.assigned_on = day
    life.step(cast, "assign", cast.clerk, day, f"请{life.department}办理。", 16)


def _in_hand(build, cast, life, day):
    rng = build.rng
    life.step(cast, "take_in_hand", life.matter.handler, day, hour=9)
    day += dt.timedelta(days=rng.choice((2, 4, 6, 8, 10, 12, 14, 16, 20, 28, 45)))
    if day > build.today or rng.random() < 0.04:
        return
    _settle(cast, life, life.matter.handler, day)
    _afterwards(build, cast, life, day)


def _settle(cast, life, by, day, act="settle"):
    matter = life.matter
    matter.method, matter.settlement = life.method, life.method.settlement
    matter.result, matter.settled_by = life.done, by
    matter.settled_on, matter.settled_at = day, moment(day, 15)
    matter.on_the_spot = act == "settle_on_the_spot"
    life.look_back = comes_back(matter, day, moment(day, 15))
    life.step(cast, act, by, day, life.done)


def _afterwards(build, cast, life, day):
    """Answer, follow-up by somebody else, close-out: each some days later, as far as today allows."""
    rng, matter = build.rng, life.matter
    day += dt.timedelta(days=0 if matter.on_the_spot else rng.randrange(0, 3))
    if day > build.today:
        return
    matter.answered_on, matter.answer_mode = day, rng.choice(("oral", "phone", "written"))
    life.step(cast, "answer", matter.settled_by, day, "已当面或电话告知办理结果。", 16)
    day += dt.timedelta(days=rng.randrange(2, 12))
    if day > build.today or rng.random() < 0.08:
        return
    _verify(build, cast, life, day)
    day += dt.timedelta(days=rng.randrange(0, 4))
    if day > build.today or matter.satisfaction == "dissatisfied" or rng.random() < 0.06:
        return
    matter.closed_out_on = day
    life.step(cast, "close_out", cast.clerk, day, "办结、反馈、回访齐备,予以销号。")


def _verify(build, cast, life, day):
    answer = build.rng.choice(ANSWERS)
    life.matter.verified_on, life.matter.satisfaction = day, answer
    verbatim = build.rng.choice(VERBATIM[answer])
    life.follow_up = FollowUp(
        grievance=life.matter, township=cast.township, village_id=life.matter.village_id,
        answer=answer, verbatim=verbatim, mode="phone", asked_by=cast.supervisor, on=day,
        entered_at=moment(day, 16),
    )  # fmt: skip
    life.step(cast, "verify", cast.supervisor, day, verbatim, 16)
