"""The office's words for the columns of a table of 包户联系."""

from dataclasses import replace

from liaison.imports.tables import Vocabulary
from villages.roster.words import COLUMNS

_CADRE = (
    "包户干部", "联户干部", "包联干部", "联系干部", "帮扶干部", "结对干部", "包保干部", "包保责任人",
    "帮扶责任人", "责任干部", "干部",
)  # fmt: skip
_REPRESENTATIVE = ("村民代表", "联户代表", "联系代表", "居民代表", "代表", "联户长", "中心户长")
_PHONES = ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式")


def _each(stems, *ends):
    return " ".join(f"{stem}{end}" for end in ends for stem in stems)


# A table names its households by the head (and group), or by the number alone.
BY_HEAD = Vocabulary(
    {
        "village": COLUMNS["village"],
        "group": COLUMNS["group"],
        "number": COLUMNS["number"],
        "head": f"{COLUMNS['head']} 户主名称",
        "cadre": _each(_CADRE, "", "姓名"),
        "cadre_phone": _each(_CADRE, *_PHONES),
        "representative": _each(_REPRESENTATIVE, "", "姓名"),
        "representative_phone": _each(_REPRESENTATIVE, *_PHONES),
        "since": "起始日期 起始时间 联系起始日期 开始日期 生效日期 联系日期",
    },
    needed=("head",),
    least=2,
    telling=("number", "head"),
)
BY_NUMBER = replace(BY_HEAD, needed=("number",))
