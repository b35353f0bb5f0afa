"""What a reference table must answer so that the common pages can list, edit, take out and bring it in."""

from django.contrib.auth import get_user_model

from liaison.errors import NotAllowed

SHARED = "各乡镇共用这张表，请系统管理员修改；只有一个乡镇使用本系统时，镇驻点办也可以修改。"


def serves_alone(user) -> bool:
    """Whether no other township's people have accounts here: then the shared tables are this one's own."""
    others = get_user_model().objects.exclude(township=user.township_id).exclude(township=None)
    return user.township_id is not None and not others.exists()


class ReferenceTable:
    """One table, its words and rights. Instances are registered once, from the app's AppConfig.ready.

    Attributes:
        key: its part of the address. title, about: what pages call it and say of it.
        permission: opens its pages. A shared table is changed by who may
            ``liaison.shared_lists``, and by the office while no other township works here.
        model, resource_class: the rows, and how they go in and out.
        form_class: the fields of a row (forms.RowForm); None where rows are edited on pages of their own.
        page, new_page: names of those pages.
        order: of the list. active_field: whose False switches a row off.
        upload_form_class: None for the common one.
        note: a sentence above the upload form.
        list_template, filterset_class: where the list is no plain one.
        group, rank: the heading it stands under on the index page, and the order there.
        widths: {head: characters} of the sheet that goes out.
        preview_template: shown in the preview of a file, with preview_context(); "" for none.
    """

    key = ""
    title = ""
    about = ""
    permission = "liaison.settings"
    is_shared = True
    model = None
    resource_class = None
    form_class = None
    page = ""
    new_page = ""
    order = ("order", "pk")
    active_field = "is_active"
    upload_form_class = None
    note = ""
    group = ""
    rank = 100
    widths = {}
    list_template = "settings/list.html"
    filterset_class = None
    preview_template = ""

    def rows(self, user):
        """The rows this person may read here: of a table that is not shared, those the gate shows him."""
        rows = self.model.objects.all()
        return rows if self.is_shared else rows.visible_to(user)

    def own_rows(self, user):
        """The rows this person may change; what the index counts."""
        return self.rows(user)

    def may_change(self, user) -> bool:
        """Whether this person may change rows."""
        if not user.has_perm(self.permission):
            return False
        if not self.is_shared:
            return bool(user.village_scope(self.permission).townships)
        return user.has_perm("liaison.shared_lists") or serves_alone(user)

    def require(self, by) -> None:
        """Refuse somebody who may not change rows.

        Raises:
            NotAllowed: with whom to ask.
        """
        if self.may_change(by):
            return
        raise NotAllowed(self.why_not())

    def why_not(self) -> str:
        """What somebody who may not change rows is told."""
        return SHARED if self.is_shared else f"您的岗位不能修改{self.title}。"

    def given(self, user) -> dict:
        """What a new row has beside what its form asks: of a table that is not shared, the township."""
        return {}

    def form(self, user, *args, **kwargs):
        """The form of a row, as this person fills it in; ``row`` is the stored one."""
        return self.form_class(*args, **kwargs)

    def resource(self, user, today):
        """The resource that writes rows out."""
        return self.resource_class(by=user, today=today, is_trial=True)

    def texts(self, row) -> dict[str, str]:
        """{head: text} of a row, for pages and the trail."""
        return self.resource_class(is_trial=True).texts(row)

    def list_context(self, user, today) -> dict:
        """More for the template of the list."""
        return {}

    def extra_urls(self) -> list:
        """Further addresses, below /settings/."""
        return []

    def objection(self, staged) -> str:
        """Why a file as a whole is not taken in; "" when it is."""
        return ""

    def preview_context(self, staged, user, today) -> dict:
        """What the preview of a file shows beside its rows: what would follow from them."""
        return {}

    def label(self, row) -> str:
        """A row's name in the trail."""
        return str(row)

    def taken(self, *, by, today, staged, said) -> None:
        """After a file was taken in, in its transaction.

        Args:
            staged: what was done. said: what the upload form asked beside the file.
        """


TABLES: dict[str, ReferenceTable] = {}


def register(*tables: ReferenceTable) -> None:
    """Enter tables; called before the addresses are read."""
    for table in tables:
        TABLES[table.key] = table


def tables_for(user) -> list[ReferenceTable]:
    """The tables whose pages a person may open, in the order of the index page."""
    return sorted(
        (table for table in TABLES.values() if user.has_perm(table.permission)),
        key=lambda table: table.rank,
    )
