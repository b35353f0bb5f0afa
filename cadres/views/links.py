"""/links/ — 包户联系: by household, by 村民代表, by 包户干部; in administrative order, never ranked."""

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from cadres.bounds import FEW, MANY, WORDS, Bounds
from cadres.holders import hang_holders
from cadres.link_exports import LinkedHouseholdExport, LinkedPostExport, RepresentativeExport
from cadres.link_filters import LinkedHouseholdFilter, LinkedPostFilter, RepresentativeFilter
from cadres.link_rows import (
    STATES,
    beyond,
    count_states,
    hang_links,
    vacant,
    with_answers,
    with_number,
)
from cadres.models import HouseholdLink, Post, Representative
from cadres.roles import Role
from liaison import clock
from liaison.lists import ListView, wants_fragment
from villages.models import Household

VIEW = "cadres.view_links"
MANAGE = "cadres.manage_links"
AREA = ("队伍与三固定", "")
LINKS = ("包户联系", "cadres:links")
KIND = HouseholdLink.Kind


class _LinkList(ListView):
    """What the three lists have in common: the tabs above, and who may change something."""

    access = VIEW
    template_name = "cadres/links/list.html"

    def get_context(self, page):
        """The tabs, and the numbers of the whole territory above the list."""
        context = super().get_context(page) | {"manages": self.request.user.has_perm(MANAGE)}
        return context if wants_fragment(self.request) else context | {"counts": self.counts()}

    def counts(self) -> list[dict]:
        """[{label, number, unit, query}]: each number leads to exactly its rows."""
        return []

    def row_context(self, rows):
        """Who may change a row, and the words of a verdict."""
        return {
            "manages": self.request.user.has_perm(MANAGE),
            "words": WORDS,
            "bounds": Bounds.on(clock.today()),
        }


class LinkedHouseholds(_LinkList):
    """/links/ — every household not cancelled, with who answers for it."""

    title = "包户联系"
    crumbs = (AREA,)
    filterset_class = LinkedHouseholdFilter
    orders = {
        "roll": ("village_id", "group_id", "number", "id"),
        "unlinked": ("answers", "village_id", "group_id", "number", "id"),
    }
    rows_template = "cadres/linked_households.html"
    heads = ("村(社区)", "组", "户", "居住状态", "包户干部", "村民代表", "操作")
    empty = "没有符合条件的户。可放宽查询条件，或先导入本村花名册。"
    export_class = LinkedHouseholdExport
    actions = "cadres/links/_households_bar.html"

    def get_queryset(self):
        """Households of one's territory; only the order by lack needs their links counted."""
        rows = Household.objects.visible_to(self.request.user, VIEW)
        rows = rows.exclude(residence="cancelled").select_related("village", "group")
        if self.request.GET.get("order") == "unlinked":
            return with_answers(rows, clock.today())
        return rows

    def prepare(self, rows):
        """Who answers for each."""
        hang_links(rows, clock.today())

    def counts(self):
        """How many lack somebody."""
        rows = Household.objects.visible_to(self.request.user, VIEW).exclude(residence="cancelled")
        numbers = count_states(rows, clock.today())
        return [
            {"label": word, "number": numbers[state], "unit": "户", "query": f"state={state}"}
            for state, word in STATES
        ]


class Representatives(_LinkList):
    """/links/representatives/ — 村民代表, by village and group."""

    title = "村民代表"
    crumbs = (AREA, LINKS)
    filterset_class = RepresentativeFilter
    orders = {"village": ("village_code", "group_number", "name", "id")}
    rows_template = "cadres/representatives.html"
    heads = ("村(社区)", "组", "姓名", "联系户数", "标准", "任期", "操作")
    empty = "没有符合条件的村民代表；驻点办可点“新增代表”，或在“包户联系”的“导入”里一并导入。"
    export_class = RepresentativeExport
    actions = "cadres/links/_representatives_bar.html"

    def get_queryset(self):
        """Those of one's villages, with how many households each has."""
        rows = Representative.objects.visible_to(self.request.user, VIEW)
        links = HouseholdLink.objects.alive(clock.today())
        rows = with_number(rows, links, "representative").annotate(
            village_code=F("village__code"), group_number=Coalesce(F("group__number"), Value(0))
        )
        return rows.select_related("village", "group", "user")

    def counts(self):
        """How many have too few or too many."""
        rows = self.get_queryset().current(clock.today())
        bounds = Bounds.on(clock.today())
        told = [{"label": "在任代表", "number": rows.count(), "unit": "人", "query": ""}]
        return told + [
            {"label": f"户数{WORDS[verdict]}", "unit": "人", "query": f"verdict={verdict}",
             "number": beyond(rows, verdict, bounds, KIND.REPRESENTATIVE, "village__township").count()}
            for verdict in (FEW, MANY)
        ]  # fmt: skip


class LinkedPosts(_LinkList):
    """/links/cadres/ — posts with their households; a successor has his predecessor's."""

    title = "包户干部"
    crumbs = (AREA, LINKS)
    filterset_class = LinkedPostFilter
    orders = {"order": ("order", "title", "id")}
    rows_template = "cadres/linked_posts.html"
    heads = ("岗位", "现任", "联系户数", "标准", "操作")
    empty = "没有符合条件的岗位；岗位由系统管理员在“账号”中设立。"
    export_class = LinkedPostExport
    actions = "cadres/links/_posts_bar.html"

    def get_queryset(self):
        """Standing posts of cadres, and any other that has households; of those one may see."""
        user, today = self.request.user, clock.today()
        links = HouseholdLink.objects.visible_to(user, VIEW).alive(today)
        posts = with_number(Post.objects.visible_to(user, VIEW).standing(today), links, "post")
        return posts.filter(Q(role=Role.CADRE) | Q(number__gt=0)).select_related("township")

    def prepare(self, rows):
        """Who holds each post today."""
        hang_holders(rows, clock.today())

    def row_context(self, rows):
        """Judged only where every household of the township is seen."""
        whole = self.request.user.village_scope(VIEW).townships
        return super().row_context(rows) | {"whole": whole}

    def counts(self):
        """Vacant posts that have households, where nobody goes; and who has too few or too many."""
        rows = self.get_queryset()
        told = [{"label": "岗位空缺", "number": vacant(rows, clock.today()).count(), "unit": "个",
                 "query": "state=vacant"}]  # fmt: skip
        bounds = Bounds.on(clock.today(), self.request.user.village_scope(VIEW).townships)
        return told + [
            {"label": f"户数{WORDS[verdict]}", "unit": "个", "query": f"state={verdict}",
             "number": beyond(rows, verdict, bounds, KIND.CADRE, "township").count()}
            for verdict in (FEW, MANY)
            if bounds.for_households()
        ]  # fmt: skip
