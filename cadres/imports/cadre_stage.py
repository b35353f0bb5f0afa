"""A parsed list of cadres against what is stored: people, posts, departments. Stores nothing."""

from dataclasses import dataclass, field

from cadres.models import Department, User
from cadres.roles import Role
from liaison import personal
from liaison.imports.kinds import CHANGED, ITEMS, MISSING, NEW, UNCHANGED, Line, Staged

from .cadre_writing import write_cadres
from .posts import Posts, is_named
from .registry import Registry
from .who import Mention, identify

CADRE_UNITS = ((ITEMS, "人", (NEW, CHANGED, UNCHANGED, MISSING)),)


@dataclass(eq=False)
class CadreItem:
    """One person of the list, with the posts that become his; ``fields`` as in Line."""

    who: object = None
    rows: list = field(default_factory=list)
    user: object = None  # of somebody the list leaves out
    fields: list = field(default_factory=list)

    @property
    def kind(self):
        """What becomes of him."""
        return self.who.kind if self.who else MISSING


class StagedCadres(Staged):
    """A list of cadres read and compared; see liaison.imports.kinds.Staged."""

    def __init__(self, place, parsed, book):
        super().__init__(place)
        self.parsed = parsed
        self.tables, self.hidden_sheets = parsed.tables, book.hidden_names
        self.unread_sheets, self.data_rows = parsed.unread_sheets, parsed.data_rows
        self.refused, self.warnings = list(parsed.refused), list(parsed.warnings)
        self.registry = Registry(place.township, place.on)
        self.posts = Posts(self.registry)
        standing = Department.objects.filter(township=place.township)
        self.departments = {unit.name: unit for unit in standing}
        self.new_departments = {}
        self.items = []
        self._stage()

    def counts(self):
        """{unit: {kind: how many}}."""
        counts = dict.fromkeys((NEW, CHANGED, UNCHANGED, MISSING), 0)
        for item in self.items:
            counts[item.kind] += 1
        return {ITEMS: counts}

    def lines(self):
        """People in the order of the list, then those it leaves out."""
        for item in self.items:
            name = item.who.name if item.who else item.user.display_name
            posts = [p.title for p in item.who.posts] if item.who else []
            sheet, row = (item.rows[0].sheet, item.rows[0].row) if item.rows else ("", 0)
            yield Line(ITEMS, item.kind, name, "、".join(posts), item.fields, sheet, row)

    def notes(self):
        """What should be known of the list."""
        notes = []
        if any(item.kind == NEW for item in self.items):
            notes.append(
                "新来的人员还不能登录；需要登录的请在“账号”里逐个开通，初始密码只显示一次。"
            )
        if self.new_departments:
            notes.append(f"新增单位：{'、'.join(self.new_departments)}。")
        if self.parsed.villages_unused:
            notes.append("“村”一栏只用于村联络员；驻点干部联系哪个村由驻点团队确定。")
        if any(item.kind == MISSING for item in self.items):
            notes.append("名单里没有的人员只列出，不停用；已离岗的请在“账号”里办理离任。")
        return notes

    def write(self, *, by, file_name, trace):
        """Store it; see cadre_writing."""
        write_cadres(self, by=by, file_name=file_name, trace=trace)

    def _stage(self):
        rows = [row for row in self.parsed.rows if self._username_is_free(row)]
        mentions = {id(row): self._mention(row) for row in rows}
        seated = {mentions[id(row)].team_key: self._holders(row) for row in rows}
        people, warnings = identify(list(mentions.values()), self.registry, seated)
        items = {id(who): CadreItem(who) for who in people}
        in_file = {who.user.pk for who in people if who.user}
        for row in rows:
            who = mentions[id(row)].who
            if wrong := self._appoint(row, who, items[id(who)], in_file):
                self._refuse(row, *wrong)
                continue
            items[id(who)].rows.append(row)
        self.items = [item for item in items.values() if item.rows]
        for item in self.items:
            self._contacts(item)
        taken = {(row.sheet, row.row) for item in self.items for row in item.rows}
        self.warnings = [w for w in [*self.warnings, *warnings] if (w.sheet, w.row) in taken]
        self.items += self._missing()
        for problems in (self.refused, self.warnings):
            problems.sort(key=lambda each: (self._order(each.sheet), each.row))

    def _order(self, sheet):
        return next((n for n, t in enumerate(self.tables) if t.sheet.name == sheet), 99)

    def _refuse(self, row, name, code, value="", detail=""):
        self.refused.append(row.cells.problem(row.row, name, code, value, detail))

    def _username_is_free(self, row):
        """Whether the account a row names is its person's, or nobody's."""
        if not row.username:
            return True
        user = User.objects.filter(username=row.username).first()
        if user and (user.township_id != self.place.township.pk or user.display_name != row.name):
            self._refuse(row, "username", "R-USERNAME", row.username, "已由他人使用")
            return False
        row.user = user
        return True

    def _mention(self, row):
        return Mention(
            row.name,
            row.phones,
            ("row", row.sheet, row.row),
            "name",
            row.title,
            row.cells,
            row.row,
            row.user,
        )

    def _holders(self, row):
        """{user id: post} of stored people of the name who hold a post of the title."""
        found = {}
        for user in self.registry.by_name[row.name]:
            for post in self._named(user, row):
                found[user.pk] = post
        return found

    def _named(self, user, row):
        titles = (row.title, f"{row.department}{row.title}")
        posts = self.registry.posts_of[user.pk]
        return [p for p in posts if row.title and any(is_named(p.title, t) for t in titles)]

    def _appoint(self, row, who, item, in_file):
        """Give somebody his post; the refusal when he cannot have it."""
        if who.user and not who.user.is_active:
            return "name", "R-STOPPED", row.name, personal.mask_name(row.name)
        done = [
            each
            for each in item.rows
            if (each.title, each.department) == (row.title, row.department)
        ]
        if done:
            return "name", "R-PERSON-TWICE", row.name, f"第{done[0].row}行"
        if not row.title:
            return None if who.user else ("title", "R-TITLE")
        held = self._named(who.user, row) if who.user else []
        if held:
            post = held[0]
            if row.role and row.role != post.role:
                return "role", "R-POST-ROLE", Role(row.role).label, post.title
            self.posts.stored(post, who)
            return None
        self._new_post(row, who, item, in_file)
        return None

    def _new_post(self, row, who, item, in_file):
        role = row.role or Role.CADRE
        if not row.role:
            self.warnings.append(row.cells.problem(row.row, "role", "W-ROLE"))
        base = row.title
        unit = self._department(row.department)
        if row.department and row.department not in base and not self.posts.is_free(base, role):
            base = f"{row.department}{base}"
        plan = self.posts.appoint(
            who, base, role, village=row.village, department=unit, since=row.since
        )
        if self.posts.is_replaced(base, in_file):
            self.warnings.append(row.cells.problem(row.row, "title", "W-POST-HELD", base, base))
        words = "，".join(filter(None, (plan.title, Role(role).label, row.department)))
        item.fields.append(("岗位", "", words))

    def _department(self, name):
        if not name:
            return None
        if name not in self.departments:
            self.new_departments[name] = Department(township=self.place.township, name=name)
            self.departments[name] = self.new_departments[name]
        return self.departments[name]

    def _contacts(self, item):
        who = item.who
        first = next((row for row in item.rows if row.username), item.rows[0])
        email = next((row.email for row in item.rows if row.email), "")
        who.username = first.username if who.is_new else ""
        who.email = email if who.is_new or (email and email != who.user.email) else ""
        if who.phones and (who.is_new or who.learns_phone):
            old = "" if who.is_new else who.user.masked_phone
            phones = "、".join(personal.mask_phone(phone) for phone in who.phones)
            item.fields.append(("联系电话", old, phones))
        if who.email:
            old = "" if who.is_new or not who.user.email else "已填"
            item.fields.append(("电子邮箱", old, "有改动" if old else "已填"))

    def _missing(self):
        """People in use whom the list leaves out, when it speaks for the whole township."""
        if self.place.village or any(table.is_returned for table in self.tables):
            return []
        named = {item.who.user.pk for item in self.items if item.who.user}
        refused = {problem.row for problem in self.refused}
        names = {row.name for row in self.parsed.rows if row.row in refused}
        return [
            CadreItem(user=user)
            for user in self.registry.users
            if user.is_active and user.pk not in named and user.display_name not in names
        ]
