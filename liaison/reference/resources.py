"""Base of the django-import-export resources: one per reference table, explicit fields, refusals in words."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export.resources import ModelResource

LAST_ONE = "这是最后一条在用的，停用后就没有可选的了，请先新增或启用另一条"
UNREAD = "单元格是公式或错误值，文件里没有结果，请改为直接填写"


class HouseResource(ModelResource):
    """Rows of one table in and out.

    Args:
        by: who brings them in or takes them out; None for a command.
        today: for rules of days still to come.
        is_trial: what is read is not kept, so nothing is locked.

    Subclasses name their fields and ``keys``: attributes, the first filled one of which tells a row
    from its neighbours. They may answer ``check(instance, is_new)``.
    """

    keys = ("name",)

    class Meta:
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True  # see validate_instance()
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, by=None, today=None, is_trial=False):
        super().__init__()
        self.by, self.today, self.is_trial = by, today, is_trial
        self._seen = {}

    def rows(self):
        """The rows that a file can name."""
        return self._meta.model.objects.all()

    def get_queryset(self):
        """As rows(); locked where they will be written."""
        return self.rows() if self.is_trial else self.rows().select_for_update()

    def covered(self, instances):
        """The rows a file would have to name, were it to name all; ``instances`` are those it does."""
        return self.rows()

    @classmethod
    def required_heads(cls) -> list[str]:
        """Column heads without which a file is not of this table."""
        return [cls.fields[name].column_name for name in cls._meta.import_id_fields]

    @classmethod
    def heads(cls) -> list[str]:
        """Every column head, in order."""
        return [field.column_name for field in cls.fields.values()]

    @classmethod
    def head_of(cls, attribute: str) -> str:
        """The column of a model's field, "" when the file does not hold it."""
        return next((f.column_name for f in cls.fields.values() if f.attribute == attribute), "")

    def texts(self, row) -> dict[str, str]:
        """{column head: text} of a row, as it goes out."""
        return {field.column_name: str(field.export(row)) for field in self.fields.values()}

    def before_import_row(self, row, **kwargs):
        """Refuse what no rule of a field would notice: cells without a value, a row said twice."""
        number, unread = kwargs["places"][kwargs["row_number"] - 1]
        if unread:
            raise ValidationError({self._attribute(head): UNREAD for head in unread})
        for key in self.keys:
            text = self._key_text(key, row)
            if not text:
                continue
            earlier = self._seen.setdefault((key, text), number)
            if earlier != number:
                raise ValidationError({key: f"与第{earlier}行重复，同一项请只留一行"})

    def _attribute(self, head):
        return next(f.attribute for f in self.fields.values() if f.column_name == head)

    def _key_text(self, key, row):
        """A key's cell, read; an unreadable one is refused when its own turn comes."""
        field = next(f for f in self.fields.values() if f.attribute == key)
        try:
            value = field.clean(row) if field.column_name in row else None
            return "" if value is None else str(value)
        except ValueError:
            return ""

    def get_instance(self, instance_loader, row):
        """The stored row that a row of the file means, by the first key it fills in.

        Raises:
            ValidationError: two stored rows answer to it.
        """
        for key in self.keys:
            if not self._key_text(key, row):
                continue
            found = list(self.named(key, row)[:2])
            if len(found) > 1:
                raise ValidationError({key: "系统里有两条同名的，请先在页面上改名后再导入"})
            if found:
                return found[0]
        return None

    def named(self, key, row):
        """The stored rows that have a row's key."""
        field = next(f for f in self.fields.values() if f.attribute == key)
        return self.get_queryset().filter(**{key: field.clean(row)})

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """The house's own rules first, in its own words; then the fields' of the model.

        What is there only once, check() asks; the database has the last word (actions.take_in).
        """
        errors = dict(import_validation_errors or {})
        if not errors:
            self.check(instance, is_new=instance._state.adding)
        try:
            instance.full_clean(
                exclude=errors.keys(), validate_unique=False, validate_constraints=False
            )
        except ValidationError as wrong:
            errors = wrong.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def check(self, instance, is_new):
        """Raise ValidationError({attribute: sentence}) where a rule of this table is broken."""

    def before_save_instance(self, instance, row, **kwargs):
        """A changed row is a new version of it."""
        if hasattr(instance, "version") and not instance._state.adding:
            instance.version += 1

    def after_import(self, dataset, result, **kwargs):
        """Files bring no primary keys, so no sequence has to be set behind them."""


def refuse_taken(instance, attribute, sentence):
    """Refuse a value that another row of the table has."""
    value = getattr(instance, attribute)
    others = type(instance)._default_manager.exclude(pk=instance.pk)
    if value and others.filter(**{attribute: value}).exists():
        raise ValidationError({attribute: sentence})


def refuse_last_off(instance):
    """Refuse to switch off the only row in use."""
    others = type(instance)._default_manager.exclude(pk=instance.pk)
    if not instance.is_active and not others.filter(is_active=True).exists():
        raise ValidationError({"is_active": LAST_ONE})


def refusals(error: ValidationError) -> list[tuple[str, str]]:
    """(attribute or "", sentence) of everything a row was refused for."""
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    return [
        ("" if name == NON_FIELD_ERRORS else name, message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]
