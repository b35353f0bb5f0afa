"""/accounts/ — the system administrator's pages: accounts of his own township, and their posts."""

import django_filters
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from cadres import actions
from cadres.account_forms import AccountEditForm, AccountForm
from cadres.handover import hanging, holdings_to_hand_over
from cadres.holders import hang_posts_and_teams
from cadres.models import Holding, User
from cadres.office_exports import UserExport
from cadres.roles import Role
from liaison import clock
from liaison.errors import NotAllowed
from liaison.filters import HouseFilterSet
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

USERS = ("账号", "accounts:users")
MANAGE = "cadres.manage_accounts"


class UserFilter(HouseFilterSet):
    """By name, by role, in use or not."""

    q = django_filters.CharFilter(method="named", label="姓名或用户名")
    role = django_filters.ChoiceFilter(method="in_role", choices=Role.choices, label="角色")
    is_active = django_filters.ChoiceFilter(
        choices=[("true", "启用"), ("false", "停用")],
        method="in_use",
        label="状态",
    )

    class Meta:
        model = User
        fields = []

    def named(self, queryset, name, value):
        """Part of the name or of the name of sign-in."""
        return queryset.filter(Q(display_name__icontains=value) | Q(username__icontains=value))

    def in_role(self, queryset, name, value):
        """Holders, today, of a post with this role."""
        holdings = Holding.objects.current(clock.today()).filter(post__role=value)
        return queryset.filter(pk__in=holdings.values("user"))

    def in_use(self, queryset, name, value):
        """启用 or 停用."""
        return queryset.filter(is_active=value == "true")


class Users(ListView):
    """/accounts/"""

    access = MANAGE
    title = "账号"
    crumbs = (("管理", ""),)
    filterset_class = UserFilter
    orders = {"username": ("username", "id")}
    rows_template = "cadres/users.html"
    export_class = UserExport
    heads = ("用户名", "姓名", "现任岗位", "状态", "操作")
    empty = "没有符合条件的账号；可点“新建账号”添加。"
    actions = "accounts/_users_bar.html"

    def get_queryset(self):
        """Accounts of the administrator's own township."""
        return User.objects.visible_to(self.request.user)

    def prepare(self, rows):
        """Posts held today."""
        hang_posts_and_teams(rows, clock.today())


def account_of(request, pk) -> User:
    """One account of the administrator's township, or 404."""
    return get_visible_or_404(User.objects.select_related("township"), request.user, pk=pk)


class Account(View):
    """/accounts/<pk>/ — one account: its posts, past and present, and what can be done."""

    access = MANAGE

    def get(self, request, pk):
        person = account_of(request, pk)
        holdings = person.holdings.select_related("post").prefetch_related("handovers")
        today = clock.today()
        context = {
            "title": person.display_name,
            "crumbs": (("管理", ""), USERS),
            "person": person,
            "holdings": holdings.order_by("-since", "-pk"),
            "to_hand_over": {held.pk for held in holdings_to_hand_over(person, today=today)},
            "hanging": hanging(person, today=today),
            "today": today,
        }
        return render(request, "accounts/account.html", context)


class _ShowsPassword:
    """Pages that read a new password out once: it is in this answer and nowhere else."""

    def read_out(self, person, password, word):
        """The answer itself, not a redirect: a password must not rest in a session or an address."""
        context = {
            "title": word,
            "crumbs": (("管理", ""), USERS),
            "person": person,
            "password": password,
        }
        return render(self.request, "accounts/password_once.html", context)


class NewAccount(_ShowsPassword, FormPage):
    """/accounts/new/"""

    access = MANAGE
    title = "新建账号"
    crumbs = (("管理", ""), USERS)
    submit = "建立账号"
    lead = (
        "建好后显示一次初始密码，请当面或用纸条交给本人；本人首次登录须改密码。有了任职才有权限。"
    )

    def make_form(self, data=None):
        """An empty or a filled form."""
        return AccountForm(data, by=self.request.user)

    def save(self, form):
        """Make the account; the password is read out only by the answer that made it."""
        made = {}

        def do():
            fields = ("username", "display_name", "township", "email")
            given = {name: form.cleaned_data[name] for name in fields}
            made["user"], made["password"] = actions.create_account(by=self.request.user, **given)
            return reverse("accounts:account", args=[made["user"].pk])

        url = self.once(form, do)
        if made:
            return self.read_out(made["user"], made["password"], "账号已建立")
        messages.info(self.request, "账号先前已建立。初始密码只显示一次，没有记下的请重置密码。")
        return redirect(url)

    def cancel_url(self):
        """The list."""
        return reverse("accounts:users")


class EditAccount(FormPage):
    """/accounts/<pk>/edit/"""

    access = MANAGE
    title = "修改账号"
    crumbs = (("管理", ""), USERS)

    def dispatch(self, request, *args, **kwargs):
        self.person = account_of(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """The account as it stands, or as it was filled in."""
        return AccountEditForm(data, instance=self.person, initial={"version": self.person.version})

    def save(self, form):
        """Correct name, phone and mail."""
        names = ("display_name", "email", "phones", "version")
        given = {name: form.cleaned_data[name] for name in names}
        person = User.objects.get(pk=self.person.pk)  # the form has written on the other one
        actions.edit_account(by=self.request.user, user=person, **given)
        return self.cancel_url()

    def cancel_url(self):
        """The account."""
        return reverse("accounts:account", args=[self.person.pk])


class _Act(_ShowsPassword, View):
    """One press on an account: POST alone."""

    access = MANAGE
    http_method_names = ["post"]

    def post(self, request, pk):
        person = account_of(request, pk)
        try:
            return self.act(person)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("accounts:account", pk=person.pk)


class ResetPassword(_Act):
    """/accounts/<pk>/reset/"""

    def act(self, person):
        """A new initial password, read out once."""
        password = actions.reset_password(by=self.request.user, user=person)
        return self.read_out(person, password, "密码已重置")


class Deactivate(_Act):
    """/accounts/<pk>/deactivate/"""

    def act(self, person):
        """Stop the account; refused while something hangs on it."""
        actions.deactivate(by=self.request.user, user=person, today=clock.today())
        messages.success(self.request, "账号已停用，已登录的会话同时失效。")
        return redirect("accounts:account", pk=person.pk)


class Reactivate(_Act):
    """/accounts/<pk>/reactivate/"""

    def act(self, person):
        """Let it sign in again, with a new initial password."""
        password = actions.reactivate(by=self.request.user, user=person)
        return self.read_out(person, password, "账号已启用")
