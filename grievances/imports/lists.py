"""The product's own lists that words of an older ledger are looked up in."""

from collections import defaultdict
from functools import cached_property

from cadres.models import Department, Holding
from cadres.roles import Role
from cadres.workcalendar import WorkCalendar
from grievances.models import Category, DeclineReason, SettlementMethod, Source
from liaison.imports.text import half_width

from .words import ANOTHER_LEDGER, CATEGORY_OF, OTHER, SOURCE_OF


class Lists:
    """Categories, sources, units and people of a township, read once for a file. ``on`` is today."""

    def __init__(self, township, on):
        self.township, self.on = township, on
        self.calendar = WorkCalendar.load(township)
        self.categories = _by_name(Category)
        self.sources = _by_name(Source)
        self.methods = _by_name(SettlementMethod)
        self.reasons = _by_name(DeclineReason)

    @cached_property
    def departments(self):
        """{name: Department} of the township; abolished ones too, they handled what is old."""
        rows = Department.objects.filter(township=self.township).order_by("-abolished_on")
        return {half_width(each.name): each for each in rows}

    @cached_property
    def handlers(self):
        """{(department id, name): User}; None where two bear one name."""
        found = defaultdict(list)
        posts = {"post__role": Role.HANDLER, "post__department__township": self.township}
        holdings = Holding.objects.current(self.on).filter(user__is_active=True, **posts)
        for each in holdings.select_related("user", "post"):
            found[each.post.department_id, each.user.display_name].append(each.user)
        return {key: users[0] if len(users) == 1 else None for key, users in found.items()}

    def category(self, words):
        """(Category, known): of the most exact word; 其他 and False when no word is known."""
        for word in words:
            name = word if word in self.categories else CATEGORY_OF.get(word, "")
            if name != OTHER and name in self.categories:
                return self.categories[name], True
        known = not words or any(word in CATEGORY_OF for word in words)
        return self._of(self.categories, OTHER), known

    def source(self, words):
        """The Source of the first word that has one, else 其他台账转入."""
        for word in words:
            name = word if word in self.sources else SOURCE_OF.get(word, "")
            if name in self.sources:
                return self.sources[name]
        return self._of(self.sources, ANOTHER_LEDGER)

    def reason(self, text):
        """The DeclineReason whose name stands in a text, or None."""
        return next((row for name, row in self.reasons.items() if name in text), None)

    def method(self, text):
        """The SettlementMethod of a text, with or without its number ①; or None."""
        plain = text.lstrip("①②③④⑤⑥⑦⑧⑨⑩⑪")
        if not plain:
            return None
        bare = {name.lstrip("①②③④⑤⑥⑦⑧⑨⑩⑪"): row for name, row in self.methods.items()}
        return self.methods.get(text) or bare.get(plain)

    @staticmethod
    def _of(rows, name):
        """A row the office may have renamed: else the last of the list, where 其他 stands."""
        return rows.get(name) or list(rows.values())[-1]


def _by_name(model):
    return {each.name: each for each in model.objects.order_by("order", "pk")}
