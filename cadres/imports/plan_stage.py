"""A parsed schedule against what is stored: teams, plans, 督查小组 and people. Stores nothing."""

from dataclasses import dataclass, field

from cadres.models import LiaisonTeam, Seat
from liaison import personal
from liaison.imports.kinds import CHANGED, ITEMS, MISSING, NEW, UNCHANGED, Line, Staged

from .plan_facts import plan_change
from .plan_writing import write_plans
from .posts import Posts
from .registry import Registry
from .seating import KINDS, Seating
from .who import Mention, identify

GROUPS_UNIT, PEOPLE_UNIT = "groups", "people"
UNITS = (
    (ITEMS, "团队", (NEW, CHANGED, UNCHANGED, MISSING)),
    (GROUPS_UNIT, "督查小组", (NEW, CHANGED, UNCHANGED, MISSING)),
    (PEOPLE_UNIT, "人", (NEW, CHANGED, UNCHANGED)),
)
TEAM_KINDS = LiaisonTeam.Kind


@dataclass(eq=False)
class Item:
    """A team (or 督查小组) as it will be, with its plan. ``seats`` None: they stay; ``fields`` as in Line."""

    unit: str
    kind: str
    name: str
    row: object = None  # PlanRow or GroupRow; None when missing
    team: object = None  # the stored one
    villages: list = field(default_factory=list)
    seats: list | None = None
    kept: list = field(default_factory=list)  # stored seats of columns the file does not fill
    plan: object = None  # PlanChange or None
    fields: list = field(default_factory=list)

    @property
    def line(self):
        """As the preview shows it."""
        place = "、".join(village.name for village in self.villages)
        sheet, row = (self.row.sheet, self.row.row) if self.row else ("", 0)
        return Line(self.unit, self.kind, self.name, place[:120], self.fields, sheet, row)


class StagedPlans(Staged):
    """A schedule read and compared; see liaison.imports.kinds.Staged."""

    def __init__(self, place, parsed, book):
        super().__init__(place)
        self.parsed = parsed
        self.tables, self.hidden_sheets = parsed.tables, book.hidden_names
        self.unread_sheets, self.data_rows = parsed.unread_sheets, parsed.data_rows
        self.refused, self.warnings = list(parsed.refused), list(parsed.warnings)
        self.registry = Registry(place.township, place.on)
        self.posts = Posts(self.registry)
        self.items, self.people = [], []
        self._stage()

    @property
    def ignored_columns(self):
        """Header texts nobody keeps, and labels of the 便民服务卡 likewise."""
        return list(dict.fromkeys([*super().ignored_columns, *self.parsed.ignored]))

    def counts(self):
        """{unit: {kind: how many}}."""
        counts = {unit: dict.fromkeys(kinds, 0) for unit, _, kinds in UNITS}
        for item in self.items:
            counts[item.unit][item.kind] += 1
        for who in self.people:
            counts[PEOPLE_UNIT][who.kind] += 1
        return counts

    def lines(self):
        """Teams and 督查小组, then the people."""
        yield from (item.line for item in self.items)
        for who in self.people:
            first = who.mentions[0]
            posts = "、".join(post.title for post in who.posts)
            fields = [("岗位", "", p.title) for p in who.posts if p.is_appointed]
            if who.phones and (who.is_new or who.learns_phone):
                phones = "、".join(personal.mask_phone(phone) for phone in who.phones)
                fields.append(("联系电话", "", phones))
            yield Line(PEOPLE_UNIT, who.kind, who.name, posts, fields, first.cells.sheet, first.row)

    def notes(self):
        """The figures of the file, in the office's words, and what else should be known of it."""
        seats = [
            (seat.kind, seat.post.who) for item in self._of(ITEMS) for seat in item.seats or ()
        ]
        leads = [who for kind, who in seats if kind == Seat.Kind.LEAD]
        twice = len({who for who in leads if leads.count(who) > 1})
        said = f"责任领导 {len(set(leads))} 人" + (
            f"（{twice} 人联系两个以上的村）" if twice else ""
        )
        for kind, word in (
            (Seat.Kind.HEAD, "组长"),
            (Seat.Kind.MEMBER, "成员"),
            (Seat.Kind.AUXILIARY, "辅助团队成员"),
            (Seat.Kind.COORDINATOR, "联络员"),
        ):
            if count := sum(each == kind for each, _ in seats):
                said += f"，{word} {count} 人"
        notes = [f"名单里有{said}。"] if leads else []
        if self.parsed.cards:
            notes.append(
                f"便民服务卡 {len(self.parsed.cards)} 张，用来核对和补全责任领导的职务、电话。"
            )
        if self.parsed.times_unsaid:
            notes.append("表里没有驻点时间，驻点安排没有改动。")
        if any(who.is_new for who in self.people):
            notes.append(
                "新来的人员先登记姓名、电话和岗位，不能登录；需要登录的由系统管理员在“账号”里开通。"
            )
        return [*notes, *self.parsed.notes]

    def carried(self, sheet, row):
        """What a problem row takes from the rows above it."""
        return self.parsed.carried.get((sheet, row), {})

    def write(self, *, by, file_name, trace):
        """Store it; see plan_writing."""
        write_plans(self, by=by, file_name=file_name, trace=trace)

    def _of(self, unit):
        return [item for item in self.items if item.unit == unit]

    def _stage(self):
        rows = [item for row in self.parsed.rows if (item := self._team_item(row))]
        groups = [item for row in self.parsed.groups if (item := self._group_item(row))]
        seated = {self._key(item): self.registry.seats(item.team) for item in (*rows, *groups)}
        mentions = {item: _mentions(item, self._key(item)) for item in (*rows, *groups)}
        people, warnings = identify(
            [m for each in mentions.values() for m in each], self.registry, seated
        )
        seating = Seating(self.registry, self.posts, seated)
        seating.in_file = {who.user.pk for who in people if who.user}
        for item in (*rows, *groups):
            if refusal := next(filter(None, map(seating.refusal, mentions[item])), None):
                self._refuse(refusal, item)
                continue
            self._seat(item, mentions[item], seating)
            self.items.append(item)
        taken = {(item.row.sheet, item.row.row) for item in self.items}
        said = [*warnings, *seating.warnings]
        self.warnings += [each for each in said if (each.sheet, each.row) in taken]
        self.people = [who for who in people if who.posts]
        self.items += self._missing()
        self._sort_problems()

    @staticmethod
    def _key(item):
        return (item.unit, item.villages[0].pk if item.unit == ITEMS else item.name)

    def _team_item(self, row):
        """The Item of a village's row, its plan worked out; None when the row is refused."""
        teams = self.registry.teams_of[row.village.pk]
        team = teams[0] if teams else None
        if not (row.people or team):
            return self._refused(row, "village", "R-PEOPLE")
        if len(teams) > 1:
            names = "、".join(each.name for each in teams)
            return self._refused(row, "village", "R-TEAM-MANY", names)
        if team and len(team.villages.all()) > 1:
            return self._refused(row, "village", "R-TEAM-SHARED", team.name)
        name = team.name if team else self._free_name(f"{row.village.name}驻点团队")
        item = Item(ITEMS, NEW, name, row, team, [row.village])
        stored = self.registry.plans[team.pk, row.village.pk] if team else []
        item.plan, wrong = plan_change(row, stored, self.place.on)
        return self._refused(row, *wrong) if wrong else item

    def _free_name(self, name):
        names, number = self.registry.team_named, 1
        while (free := f"{name}{number if number > 1 else ''}") in names:
            number += 1
        return free

    def _group_item(self, row):
        team = self.registry.team_named.get(row.name)
        if team and not (team.is_active and team.kind == TEAM_KINDS.SUPERVISION):
            return self._refused(row, "group", "R-GROUP-TWICE", row.name)
        return Item(GROUPS_UNIT, NEW, row.name, row, team, row.villages)

    def _refused(self, row, name, code, detail="", value=""):
        self._refuse(row.cells.problem(row.row, name, code, value, detail), row)

    def _refuse(self, problem, row):
        row = getattr(row, "row", row) if isinstance(row, Item) else row
        self.refused.append(problem)
        self.warnings = [w for w in self.warnings if (w.sheet, w.row) != (row.sheet, row.row)]

    def _seat(self, item, mentions, seating):
        village = item.villages[0] if item.unit == ITEMS else None
        label = village.name if village else item.name
        seats = seating.seats(mentions, label, village)
        spoken = {KINDS[name] for name, people in item.row.people.items() if people}
        stored = list(item.team.seats.all()) if item.team else []
        posts = {seat.post.post.pk for seat in seats if seat.post.post}
        item.kept = [s for s in stored if s.kind not in spoken and s.post_id not in posts]
        item.seats = seats
        item.fields = [*self._villages_change(item), *self._seat_changes(item, stored)]
        changed = [*item.fields, *(item.plan.fields if item.plan else ())]
        item.fields = changed
        if item.team:
            item.kind = CHANGED if changed else UNCHANGED

    def _villages_change(self, item):
        if item.unit == ITEMS:
            return []
        old = list(item.team.villages.all()) if item.team else []
        if {each.pk for each in old} == {each.pk for each in item.villages}:
            return []
        names = ["、".join(each.name for each in some) for some in (old, item.villages)]
        return [("督查村", *names)]

    def _seat_changes(self, item, stored):
        """(职责, who sat, who will sit), by kind of seat, where they differ."""
        kept = {seat.pk for seat in item.kept}
        fields = []
        for kind in Seat.Kind:
            old = [seat for seat in stored if seat.kind == kind]
            new = [seat for seat in item.seats if seat.kind == kind]
            same = {seat.post_id for seat in old if seat.pk not in kept}
            if same != {seat.post.post.pk if seat.post.post else id(seat) for seat in new}:
                was = "、".join(self.registry.holder_name(seat.post) for seat in old)
                fields.append((kind.label, was, "、".join(seat.name for seat in new)))
            elif any(seat.post.is_appointed for seat in new):
                fields.append((kind.label, "（空缺）", "、".join(seat.name for seat in new)))
        return fields

    def _missing(self):
        """Teams of the places the file speaks for that it does not name; nothing becomes of them."""
        if any(table.is_returned for table in self.tables):
            return []
        named = {item.team.pk for item in self.items if item.team}
        missing = []
        for team in self.registry.teams:
            villages = list(team.villages.all())
            if not team.is_active or team.pk in named or not self._speaks_for(villages):
                continue
            if team.kind == TEAM_KINDS.SUPERVISION:
                if self.parsed.groups and self.place.village is None:
                    missing.append(Item(GROUPS_UNIT, MISSING, team.name, None, team, villages))
            elif self.parsed.rows and not self.parsed.spoken_of.intersection(villages):
                missing.append(Item(ITEMS, MISSING, team.name, None, team, villages))
        return missing

    def _speaks_for(self, villages):
        if self.place.village:
            return self.place.village in villages
        return all(self.place.covers(village) for village in villages)

    def _sort_problems(self):
        order = {table.sheet.name: number for number, table in enumerate(self.tables)}
        for problems in (self.refused, self.warnings):
            problems.sort(key=lambda each: (order.get(each.sheet, 99), each.row))


def _mentions(item, key):
    row = item.row
    return [
        Mention(
            name=person.name,
            phones=person.phones,
            team_key=key,
            field=name,
            title=row.title if name == "lead" and person is people[0] else person.note,
            cells=row.cells,
            row=row.row,
        )
        for name, people in row.people.items()
        for person in people
    ]
