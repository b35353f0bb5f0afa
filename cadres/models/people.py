"""Accounts, departments, posts and dated holdings. Nobody is deleted."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from cadres import territory
from cadres.held import Held, held_by
from cadres.querysets import DepartmentQuerySet, HoldingQuerySet, PostQuerySet, UserQuerySet
from cadres.roles import TOWNSHIP_WIDE, Role, permissions_of
from liaison import clock, personal
from liaison.models import Versioned
from liaison.personal import EncryptedTextField
from liaison.scoping import Scope
from villages.models import Township, Village


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes accounts; used by commands, the accounts page and tests."""

    def create_user(self, username, password=None, **fields):
        """An account; without a password nobody can sign in to it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, Versioned):
    """A person who signs in. Roles and territory come from the posts held today."""

    username = models.CharField("用户名", max_length=50, unique=True)
    display_name = models.CharField("姓名", max_length=50)
    email = models.EmailField("电子邮箱", blank=True)
    phone = EncryptedTextField("联系电话", blank=True, default="")  # several are parted by "、"
    phone_index = models.CharField(max_length=32, blank=True, default="", editable=False)
    township = models.ForeignKey(
        Township,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name="乡镇",
    )
    is_active = models.BooleanField("启用", default=True)
    is_demo = models.BooleanField("演示账号", default=False)
    must_change_password = models.BooleanField("首次登录须改密码", default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self):
        return self.display_name

    def set_phones(self, phones: list[str]) -> None:
        """Keep phones; the first is the one that can be looked up."""
        self.phone = "、".join(phones)
        self.phone_index = personal.blind_index(phones[0], "phone") if phones else ""

    @property
    def masked_phone(self) -> str:
        """138****0000, several parted by 、."""
        return "、".join(personal.mask_phone(each) for each in self.phone.split("、") if each)

    def can_sign_in(self) -> bool:
        """Whether an administrator has given it a password: people who came in by a list have none."""
        return self.is_active and self.has_usable_password()

    def has_perm(self, perm, obj=None) -> bool:
        """Whether a post held today gives this permission (roles.MAY)."""
        return self.is_active and perm in self.role_permissions

    def has_module_perms(self, app_label) -> bool:
        """Whether any permission of an app is held."""
        return any(perm.startswith(f"{app_label}.") for perm in self.role_permissions)

    @cached_property
    def _held(self) -> Held:
        """What the posts held today bring with them, read once per request."""
        return held_by(self.pk, clock.today())

    @property
    def current_posts(self) -> list["Post"]:
        """Posts held today, the main one first."""
        return self._held.posts

    def is_marked(self, name) -> bool:
        """Whether an app's mark (cadres/marks.py) holds for him today."""
        return name in self._held.marks

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles of the posts held today."""
        return frozenset(post.role for post in self.current_posts)

    @cached_property
    def role_permissions(self) -> frozenset[str]:
        """Everything today's posts may do."""
        return permissions_of(self.roles)

    def post_title(self) -> str:
        """The main post's title, for the trail and the page frame."""
        return str(self.current_posts[0]) if self.current_posts else ""

    def townships_for(self, permission: str) -> list[Township]:
        """Townships of the posts that give a permission: a right held in one is none in another."""
        return [
            post.township
            for post in self.current_posts
            if permission in permissions_of([post.role])
        ]

    def department_ids(self) -> frozenset[int]:
        """Departments of the posts held today."""
        return frozenset(post.department_id for post in self.current_posts if post.department_id)

    def village_scope(self, permission: str = "") -> Scope:
        """Townships and villages whose rows may be read, from today's posts and their seats.

        Args:
            permission: count only the posts that give it. A cadre who also handles matters of the
                whole township at a department stays fixed to his own villages.
        """
        places = [place for may, place in self._places if not permission or permission in may]
        linked = frozenset().union(*(place.linked_villages for place in places))
        return Scope(
            townships=frozenset().union(*(place.townships for place in places)),
            villages=frozenset().union(*(place.villages for place in places)),
            linked_villages=linked,
            households=self._linked_households() if linked else None,
        )

    def _linked_households(self):
        """Ids of the households linked to him as 村民代表 or by his post of a contact; not asked here."""
        links = Post._meta.get_field("household_links").related_model.objects
        own = [post.pk for post in self.current_posts if post.role == Role.CONTACT]
        return links.of_contact(self.pk, own, clock.today()).values("household")

    @cached_property
    def _places(self) -> list[tuple[frozenset[str], Scope]]:
        """(permissions, territory) of each post held today, and what is lent to him for the day."""
        counties, seated = self._townships_by_county(), self._held.seated
        own = [
            (permissions_of([post.role]), _place(post, counties, seated))
            for post in self.current_posts
        ]
        return own + territory.lent(self, clock.today())

    def _townships_by_county(self) -> dict[str, set[int]]:
        codes = {post.township.county_code for post in self.current_posts if _of_county(post)}
        found = {code: set() for code in codes}
        if codes:
            rows = Township.objects.filter(county_code__in=codes)
            for code, pk in rows.values_list("county_code", "pk"):
                found[code].add(pk)
        return found


def _of_county(post) -> bool:
    return post.role == Role.COUNTY


def _is_fixed(post) -> bool:
    """Whether a post's territory is villages: its own and those of its teams."""
    return post.role not in TOWNSHIP_WIDE and not _of_county(post)


def _place(post, counties, seated) -> Scope:
    if _of_county(post):
        return Scope(townships=frozenset(counties[post.township.county_code]))
    if _is_fixed(post):
        villages = frozenset(seated[post.pk] | ({post.village_id} - {None}))
        # A contact keeps in touch with his own households and reads no others.
        contact = post.role == Role.CONTACT
        return Scope(linked_villages=villages) if contact else Scope(villages=villages)
    return Scope(townships=frozenset({post.township_id}))


class Department(models.Model):
    """站办所 or the office itself: the handling unit (承办单位) of matters."""

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="departments", verbose_name="乡镇"
    )
    name = models.CharField("名称", max_length=50)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    phone = models.CharField(
        "办公电话", max_length=20, blank=True
    )  # an office's number, not a person's

    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承办单位"
        ordering = ["township__code", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "name"], name="department_once_per_township"
            )
        ]

    def __str__(self):
        return self.name


class Post(Versioned):
    """岗位: roles, seats and departments belong to it; people come and go by holdings."""

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="posts", verbose_name="乡镇"
    )
    title = models.CharField("岗位名称", max_length=60)
    role = models.CharField("角色", max_length=12, choices=Role)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name="所属单位",
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name="所在村",
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["township__code", "order", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "title"], name="post_title_once_per_township"
            )
        ]

    def __str__(self):
        return self.title

    def holder(self, on) -> User | None:
        """Who holds the post on a day; None when it is vacant."""
        holding = self.holdings.current(on).select_related("user").order_by("-since").first()
        return holding.user if holding else None


class Holding(models.Model):
    """任职: a person holds a post from a day until a day. Never deleted, only ended; one that never
    began goes when its handover is withdrawn."""

    user = models.ForeignKey(User, models.PROTECT, related_name="holdings", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name="岗位")
    since = models.DateField("任职日期")
    until = models.DateField("离任日期", null=True, blank=True)
    is_main = models.BooleanField("主要岗位", default=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="holding_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "post"],
                condition=Q(until=None),
                name="holding_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.post}"
