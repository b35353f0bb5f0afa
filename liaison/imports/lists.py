"""Lists of imports: the files of one's township, and the lines of one file."""

import django_filters

from liaison.access import SIGNED_IN
from liaison.excel import Column, Export
from liaison.filters import HouseFilterSet
from liaison.lists import ListView
from liaison.models import ImportBatch, ImportLine
from liaison.rows import moment
from liaison.scoping import get_visible_or_404

from .kinds import KIND_NAMES, KINDS


class BatchFilter(HouseFilterSet):
    """By kind of file and state."""

    kind = django_filters.ChoiceFilter(label="内容", empty_label="全部")
    state = django_filters.ChoiceFilter(
        label="状态", choices=ImportBatch.State.choices, empty_label="全部"
    )

    class Meta:
        model = ImportBatch
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = [(k.key, k.title) for k in KINDS.values()]


class BatchExport(Export):
    """导入记录."""

    title = "导入记录"
    file_word = "导入记录"
    columns = (
        Column("文件", "file_name", 34),
        Column("内容", lambda batch: KINDS[batch.kind].title, 14),
        Column("导入到", "place_name", 22),
        Column("上传人", "uploaded_by_name", 12),
        Column("上传时间", lambda batch: moment(batch.uploaded_at), 18),
        Column("状态", "get_state_display", 10),
        Column("导入时间", lambda batch: moment(batch.committed_at), 18),
        Column("撤销时间", lambda batch: moment(batch.undone_at), 18),
    )


class Batches(ListView):
    """/imports/ — files that came in."""

    access = SIGNED_IN
    title = "导入记录"
    filterset_class = BatchFilter
    orders = {"new": ("-id",)}
    rows_template = "liaison/imports.html"
    heads = ("文件", "内容", "导入到", "上传人", "上传时间", "状态", "操作")
    empty = "还没有导入过文件；请在户册、驻点安排、台账等列表上点“导入”。"
    export_class = BatchExport

    def get_queryset(self):
        """Files of the kinds and townships one imports for."""
        return ImportBatch.objects.visible_to(self.request.user)

    def row_context(self, rows):
        """What each kind is called."""
        return {"kinds": {kind.key: kind.title for kind in KINDS.values()}}


def _units():
    """What lines tell of, of every kind of file."""
    units = {unit: word for kind in KINDS.values() for unit, word, _ in kind.units}
    return [*units.items(), ("rows", "有问题的行")]


class LineFilter(HouseFilterSet):
    """By unit and kind: what the counts of a preview link to."""

    unit = django_filters.ChoiceFilter(label="范围", empty_label="全部")
    kind = django_filters.ChoiceFilter(
        label="类别", choices=list(KIND_NAMES.items()), empty_label="全部"
    )
    code = django_filters.CharFilter(label="问题代码", lookup_expr="exact", max_length=14)
    q = django_filters.CharFilter(
        label="姓名或名称", field_name="label", lookup_expr="icontains", max_length=50
    )

    class Meta:
        model = ImportLine
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["unit"].extra["choices"] = _units()


class LineExport(Export):
    """导入核对明细, masked as on the page."""

    title = "导入核对明细"
    file_word = "导入核对明细"
    columns = (
        Column("类别", "kind_name", 10),
        Column("姓名或名称", "label", 16),
        Column("所在", "place", 24),
        Column("内容", lambda line: line.in_words(), 50),
        Column("工作表", "sheet", 12),
        Column("行", "row", 8, "number"),
        Column("列", "column", 6),
        Column("栏目", "head", 12),
        Column("现在的内容", "value", 20),
        Column("问题", "reason", 40),
        Column("怎样改", "fix", 40),
    )


class Lines(ListView):
    """/imports/<pk>/lines/ — what would become, or became, of each row."""

    access = SIGNED_IN
    title = "核对明细"
    filterset_class = LineFilter
    orders = {"file": ("position", "id")}
    rows_template = "liaison/import_lines.html"
    heads = ("类别", "姓名或名称", "所在", "内容", "位置")
    empty = "没有这一类的内容。"
    export_class = LineExport

    def dispatch(self, request, *args, **kwargs):
        batches = ImportBatch.objects.all()
        self.batch = get_visible_or_404(batches, request.user, pk=kwargs["pk"])
        self.of = KINDS[self.batch.kind]
        self.crumbs = (
            (f"导入{self.of.title}", self.of.upload_url),
            (self.batch.file_name, f"/imports/{self.batch.pk}/"),
        )
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """The batch's lines; seeing the batch is seeing them."""
        return ImportLine.objects.filter(batch=self.batch)
