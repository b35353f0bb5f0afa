"""Taking a staged schedule in: people, posts, teams, plans; inside the caller's transaction."""

from cadres.actions.teams import in_words
from cadres.models import LiaisonPlan, LiaisonTeam, Seat
from cadres.signals import plans_changed
from liaison import audit
from liaison.imports.kinds import CHANGED, ITEMS, KIND_NAMES, NEW, UNCHANGED

from .writing import BATCH, Changing, learn_contacts, store_people, store_posts


def write_plans(staged, *, by, file_name, trace):
    """Store what ``staged`` says, with its lines in the trail; the days of the plans follow."""
    with Changing(staged.registry):
        _Writing(staged, by, trace).run(file_name)


class _Writing:
    def __init__(self, staged, by, trace):
        self.staged, self.by, self.trace = staged, by, trace
        self.registry, self.lines = staged.registry, []
        self.township = staged.registry.township

    def run(self, file_name):
        people = self.staged.people
        learn_contacts(people, self.registry, self.trace, self.lines)
        store_people(people, self.registry, self.trace, self.lines)
        store_posts(self.staged.posts.planned, self.registry, self.trace)
        items = [item for item in self.staged.items if item.kind in (NEW, CHANGED)]
        self._teams(items)
        plans = self._plans([item for item in items if item.plan])
        audit.record_many(by=self.by, lines=self.lines)
        self._summary(file_name)
        if plans:
            today = self.registry.on
            plans_changed.send(LiaisonPlan, plans=plans, by=self.by, today=today, since=today)

    def _teams(self, items):
        for item in items:
            if item.kind == NEW:
                self._new_team(item)
            elif [each for each in item.fields if not item.plan or each not in item.plan.fields]:
                self._changed_team(item)

    def _new_team(self, item):
        kind = LiaisonTeam.Kind.LIAISON if item.unit == ITEMS else LiaisonTeam.Kind.SUPERVISION
        item.team = LiaisonTeam.objects.create(township=self.township, name=item.name, kind=kind)
        item.team.villages.set(item.villages)
        self._fill(item)
        self.trace.created([item.team])
        self._line("导入新建团队", item.team, {}, in_words(item.team))

    def _changed_team(self, item):
        team = LiaisonTeam.objects.select_for_update(of=("self",)).get(pk=item.team.pk)
        before, was = in_words(team), as_stored(team)
        team.villages.set(item.villages)
        team.seats.exclude(pk__in=[seat.pk for seat in item.kept]).delete()
        item.team = team
        self._fill(item)
        team.version += 1
        team.save(update_fields=["version"])
        self.trace.changed(team, was)
        after = in_words(team)
        keys = [key for key in after if before[key] != after[key]]
        self._line("导入修改团队", team, {k: before[k] for k in keys}, {k: after[k] for k in keys})

    def _fill(self, item):
        """The seats of the file, in its order; kept ones stand after them."""
        Seat.objects.bulk_create(
            (
                Seat(team=item.team, post=seat.post.post, kind=seat.kind, order=order)
                for order, seat in enumerate(item.seats)
            ),
            batch_size=BATCH,
        )
        for order, seat in enumerate(item.kept, len(item.seats)):
            Seat.objects.filter(pk=seat.pk).update(order=order)

    def _plans(self, items):
        """The plans made or changed."""
        return [self._plan(item) for item in items]

    def _plan(self, item):
        change, village = item.plan, item.villages[0]
        before = {label: old for label, old, _ in change.fields if old}
        after = {label: new for label, _, new in change.fields}
        if change.plan is None:
            plan = LiaisonPlan.objects.create(team=item.team, village=village, **change.values)
            self.trace.created([plan])
            self._line("导入新增驻点安排", plan, before, after)
            return plan
        plans = LiaisonPlan.objects.select_related("team", "village")
        plan = plans.select_for_update(of=("self",)).get(pk=change.plan.pk)
        was = {name: getattr(plan, name) for name in change.values}
        for name, value in change.values.items():
            setattr(plan, name, value)
        plan.version += 1
        plan.save()
        self.trace.changed(plan, was)
        self._line("导入修改驻点安排", plan, before, after)
        return plan

    def _line(self, action, subject, before, after):
        self.lines.append(
            {
                "action": action,
                "subject": subject,
                "before": before,
                "after": after,
                "township_id": self.township.pk,
            }
        )

    def _summary(self, file_name):
        after = {}
        for unit, word in ((ITEMS, "团队"), ("groups", "督查小组"), ("people", "人员")):
            for kind, count in self.staged.counts()[unit].items():
                if kind != UNCHANGED:
                    after[f"{KIND_NAMES[kind]}（{word}）"] = count
        audit.record(
            by=self.by,
            action="导入驻点安排表",
            subject=self.township,
            label=f"{self.township.name} {file_name}",
            after=after,
            township_id=self.township.pk,
        )


def as_stored(team) -> dict:
    """A team as undo puts it back: its villages and seats."""
    return {
        "villages": list(team.villages.values_list("pk", flat=True)),
        "seats": [list(seat) for seat in team.seats.values_list("post", "kind", "order")],
    }


def put_back(team, before) -> None:
    """Give a team the villages and seats it had."""
    team.villages.set(before["villages"])
    team.seats.all().delete()
    Seat.objects.bulk_create(
        Seat(team=team, post_id=post, kind=kind, order=order)
        for post, kind, order in before["seats"]
    )
    team.version += 1
    team.save(update_fields=["version"])
