"""/accounts/posts/ and /accounts/departments/ — what people are appointed to."""

import django_filters
from django.db.models import Count
from django.urls import reverse

from cadres import actions
from cadres.account_forms import AbolishForm, DepartmentForm, PostForm
from cadres.holders import hang_holders
from cadres.models import Department, Post
from cadres.office_exports import DepartmentExport, PostExport
from cadres.roles import Role
from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from villages.models import Township

from .users import MANAGE

POSTS = ("岗位", "accounts:posts")
DEPARTMENTS = ("承办单位", "accounts:departments")
STANDING = [("standing", "在用"), ("abolished", "已撤销")]


class StandingFilter(HouseFilterSet):
    """By name; in use or abolished."""

    state = django_filters.ChoiceFilter(method="stands", choices=STANDING, label="状态")

    def stands(self, queryset, name, value):
        """As of today."""
        standing = queryset.standing(clock.today())
        return standing if value == "standing" else queryset.exclude(pk__in=standing.values("pk"))


class PostFilter(StandingFilter):
    """Posts by title, role and state."""

    q = django_filters.CharFilter("title", lookup_expr="icontains", label="岗位名称")
    role = django_filters.ChoiceFilter(choices=Role.choices, label="角色")

    class Meta:
        model = Post
        fields = []


class DepartmentFilter(StandingFilter):
    """Departments by name and state."""

    q = django_filters.CharFilter("name", lookup_expr="icontains", label="单位名称")

    class Meta:
        model = Department
        fields = []


class Posts(ListView):
    """/accounts/posts/"""

    access = MANAGE
    title = "岗位"
    crumbs = (("管理", ""),)
    filterset_class = PostFilter
    orders = {"order": ("order", "title", "id")}
    rows_template = "cadres/posts.html"
    export_class = PostExport
    heads = ("岗位名称", "角色", "所属单位", "所在村", "现任", "状态", "操作")
    empty = "没有符合条件的岗位；可点“新增岗位”添加。"
    actions = "accounts/_posts_bar.html"

    def get_queryset(self):
        """Posts of the administrator's own township."""
        posts = Post.objects.visible_to(self.request.user)
        return posts.select_related("department", "village")

    def prepare(self, rows):
        """Who holds each post today, in one query."""
        hang_holders(rows, clock.today())


class Departments(ListView):
    """/accounts/departments/"""

    access = MANAGE
    title = "承办单位"
    crumbs = (("管理", ""),)
    filterset_class = DepartmentFilter
    orders = {"order": ("order", "name", "id")}
    rows_template = "cadres/departments.html"
    export_class = DepartmentExport
    heads = ("单位名称", "办公电话", "在用岗位", "状态", "操作")
    empty = "没有符合条件的单位；可点“新增单位”添加。"
    actions = "accounts/_departments_bar.html"

    def get_queryset(self):
        """Departments of the administrator's own township."""
        return Department.objects.visible_to(self.request.user)

    def prepare(self, rows):
        """How many posts of each stand, in one query."""
        standing = Post.objects.standing(clock.today()).filter(department__in=[d.pk for d in rows])
        counts = dict(standing.order_by().values_list("department").annotate(n=Count("pk")))
        for unit in rows:
            unit.posts_count = counts.get(unit.pk, 0)


def own_township(user) -> Township:
    """The township a new post or department is made in."""
    return user.townships_for(MANAGE)[0]


class NewPost(FormPage):
    """/accounts/posts/new/"""

    access = MANAGE
    title = "新增岗位"
    crumbs = (("管理", ""), POSTS)
    submit = "新增"
    done = "岗位已新增，可到账号页任命人员。"

    def make_form(self, data=None):
        """Departments that stand today, villages of the township."""
        return PostForm(data, by=self.request.user, on=clock.today())

    def save(self, form):
        """Make it, once."""
        fields = ("title", "role", "department", "village", "order")
        given = {name: form.cleaned_data[name] for name in fields}

        def do():
            user = self.request.user
            actions.create_post(by=user, township=own_township(user), **given)
            return self.cancel_url()

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("accounts:posts")


class NewDepartment(FormPage):
    """/accounts/departments/new/"""

    access = MANAGE
    title = "新增单位"
    crumbs = (("管理", ""), DEPARTMENTS)
    submit = "新增"
    done = "单位已新增。"

    def make_form(self, data=None):
        """Empty or filled."""
        return DepartmentForm(data)

    def save(self, form):
        """Make it, once."""
        given = {name: form.cleaned_data[name] for name in ("name", "order", "phone")}

        def do():
            user = self.request.user
            actions.create_department(by=user, township=own_township(user), **given)
            return self.cancel_url()

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("accounts:departments")


class _Abolish(FormPage):
    """From a day on it no longer stands; what was written keeps its name."""

    access = MANAGE
    submit = "撤销"
    done = "已记录撤销。"
    model = None

    def dispatch(self, request, *args, **kwargs):
        rows = self.model.objects.select_related("township")
        self.row = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        self.lead = f"撤销“{self.row}”后不能再使用，已有记录保留其名称。"
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Today, unless another day is typed."""
        return AbolishForm(data, initial={"on": clock.today()})


class AbolishPost(_Abolish):
    """/accounts/posts/<pk>/abolish/"""

    title = "撤销岗位"
    crumbs = (("管理", ""), POSTS)
    model = Post

    def save(self, form):
        """Abolish it."""
        on = form.cleaned_data["on"]
        actions.abolish_post(by=self.request.user, post=self.row, on=on)
        return self.cancel_url()

    def cancel_url(self):
        """The list."""
        return reverse("accounts:posts")


class AbolishDepartment(_Abolish):
    """/accounts/departments/<pk>/abolish/"""

    title = "撤销单位"
    crumbs = (("管理", ""), DEPARTMENTS)
    model = Department

    def save(self, form):
        """Abolish it."""
        on = form.cleaned_data["on"]
        actions.abolish_department(by=self.request.user, department=self.row, on=on)
        return self.cancel_url()

    def cancel_url(self):
        """The list."""
        return reverse("accounts:departments")
