"""What older ledgers call their columns, and the words in them."""

import re

from grievances.models import FollowUp, Grievance, Settlement, Status
from grievances.models.states import SETTLED
from liaison.imports.tables import Vocabulary
from liaison.imports.text import half_width, is_nothing, tidy

Kind, Answer, Mode = Grievance.Kind, FollowUp.Answer, Grievance.AnswerMode

# field -> header words, blanks, colons and bracketed remarks already taken off; the first is what pages call it.
COLUMNS = {
    "number": "编号 原编号 台账编号 登记编号 登记号 来信编号 序号或来信编号 信访编号 受理编号 案件编号 诉求编号 件号",
    "registered": (
        "登记日期 登记时间 反映日期 反映时间 接件日期 接件时间 接待日期 接待时间 来访日期 来访时间 信访日期"
        " 信访时间 收件日期 收件时间 来信日期 来信时间 日期 时间"
    ),
    "source": "反映方式 来源 信访方式 信访来源 信访形式 反映渠道 来源渠道 渠道 诉求来源",
    "village": (
        "村 村社区 村居 行政村 社区 村名 村委会 所属村 所在村 所属村社区 村组 村社区组 村名称 案件地点 地点"
    ),
    "complainant": (
        "反映人 反映人姓名 信访人 信访人姓名 信访人姓名和相关信息 来访人 来访人姓名 来信人 来信人姓名 举报人"
        " 举报人姓名 诉求人 诉求人姓名 群众姓名 投诉人 姓名 当事人"
    ),
    "sex": "性别 反映人性别",
    "id": "身份证号 身份证号码 公民身份号码 身份证 证件号码 反映人身份证号",
    "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 反映人电话 信访人电话",
    "persons": "人数 反映人数 来访人数",
    "large": "性质 事项大类 大类 诉求性质 信访类型 举报类型 诉求类型 类型",
    "small": "类别 事项小类 小类 诉求类别 问题类别 事项类别 问题类型 问题性质 领域",
    "content": (
        "诉求摘要 反映的主要问题 反映主要问题 主要问题 反映问题 反映的问题 群众反映的问题 群众反映问题 诉求内容"
        " 问题诉求 反映内容 反映事项 事项内容 信访内容 来信内容 来访内容 举报内容 需求内容 群众需求 标题 事由"
        " 问题内容 诉求 问题 内容"
    ),
    "detail": "详情 详细内容 具体内容 详细情况",
    "team": "驻点团队 团队 驻点组",
    "leader": "责任领导 包案领导 分管领导 挂点领导 接访领导 联系领导",
    "unit": "承办单位 责任单位 责任科室 承办科室 办理单位 承办部门 责任部门 主办单位 承办站所 交办单位",
    "handler": "承办人 责任人 办理人 经办人 具体承办人 办理责任人 科室接办人",
    "accepted": "受理日期 受理时间",
    "assigned": "交办日期 交办时间 转办日期 转办时间",
    "due": (
        "办理时限 应办结日期 应办结时间 应办结日 要求办结时间 要求办结日期 办结期限 办结时限 完成时限 完成期限"
        " 时限 限办日期"
    ),
    "course": (
        "办理情况 办理进展 处理情况 处理情况及结果 处理经过 办理过程 措施流水 处理意见 处理意见与结果 落实举措"
        " 落实措施 落实情况 转办 现场处理 办理方式 处置方式 进展情况 解决措施"
    ),
    "result": "办理结果 处理结果 办结结果",
    "done": "是否办结 办结情况 是否结案 是否完成 查处状态 办结状态 是否解决 完成情况 办理状态 状态",
    "settled": "办结日期 办结时间 结案日期 结案时间 完成日期 完成时间",
    "settlement": "办结类型",
    "method": "办结方式",
    "answered": "反馈日期 反馈时间 答复日期 答复时间",
    "answer_mode": "反馈方式 答复方式",
    "answer": "反馈情况 答复情况 回访 回访情况",
    "verified": "回访日期 回访时间",
    "satisfaction": "群众评价 群众是否满意 是否满意 满意度 满意情况 群众满意度 反映人是否满意",
    "closed_out": "销号日期 销号时间",
    "remark": "备注 备注说明 说明",
}


def is_matter(table, cells):
    """True for a row of a text beside a day: no total and no signature has both."""
    day = half_width(table.value(cells, "registered"))
    return not is_nothing(table.value(cells, "content")) and any(map(str.isdecimal, day))


VOCABULARY = Vocabulary(
    COLUMNS,
    needed=("content",),
    proof=is_matter,
    repeated=("phone", "course", "source", "large"),
    telling=("content", "detail", "complainant", "registered"),
    free_text=("content", "detail", "course", "result", "answer", "remark"),
)
# Kept word for word with the matter (原台账所载), in this order
KEPT = (
    "source", "sex", "large", "small", "team", "leader", "unit", "handler", "course", "done", "answer",
    "satisfaction", "remark",
)  # fmt: skip


def _set(text):
    return frozenset(text.split())


DONE = _set(
    "是 已办结 办结 √ ✓ ✔ 已结 已办 已办理 办理完毕 办毕 结案 已结案 完成 已完成 已解决 解决 现场办结 当场办结"
)
OPEN = _set(
    "否 未办结 办理中 正在处理 正在办理 处理中 未结 未办 在办 未完成 未解决 正在调查 调查中 跟踪办理 未结案 × X x"
)
DECLINED = {"不予受理", "不受理", "未受理"}
ON_THE_SPOT = {"现场办结", "当场办结"}
STATES = {str(label): Status(value) for value, label in Status.choices}
_IN_HAND = re.compile(r"正在|办理中|处理中|在办|调查|协调|跟踪|跟进|已转|转办|转交|交办")
_HANDED_ON = re.compile(r"已转|转办|转交|交办")
CLOSED_TITLE = re.compile(r"办结(表|清单|台账|台帐)")

# A word of the file -> the name of a Source; words the product has no source for come from 其他台账.
ANOTHER_LEDGER = "其他台账转入"
SOURCES = {
    "驻点日接待": "定点接访 驻点接访 驻点接待 驻点 接访 来访 群众来访 上门 现场接待",
    "入户走访": "走访 入户 下户 家访",
    "代表反映": "代表联系 党代表反映 人大代表反映",
    "村级呈报": "村呈报 村上报 村委上报 村级上报",
    "领导交办": "上级交办 交办 县交办 市交办",
    "12345": "热线 12345热线 市民热线 政府热线",
    "来信": "信件 写信 群众来信",
}
SOURCE_OF = {word: name for name, words in SOURCES.items() for word in [name, *words.split()]}

KINDS = {
    Kind.DISPUTE: "纠纷 矛盾纠纷 民间纠纷 矛盾 调解",
    Kind.SUGGESTION: "意见建议 意见 建议 意见和建议",
    Kind.HELP: "求助 困难求助 求助类 帮扶 申请",
    Kind.INQUIRY: "咨询 政策咨询 咨询类",
    Kind.COMPLAINT: "投诉 举报 信访举报 投诉举报 控告",
    Kind.DEMAND: "诉求 民生诉求 需求 信访",
}
KIND_OF = {
    word: kind for kind, words in KINDS.items() for word in [str(kind.label), *words.split()]
}

OTHER = "其他"
# The name of a Category -> what older ledgers call it. 其他: known words the county's report has no column for.
CATEGORIES = {
    "水利": "农田水利 水渠 饮水 人饮 自来水",
    "道路交通": "道路 交通 修路 村道 路灯 道路建设",
    "供电能源": "供电 用电 电力 电网",
    "医疗卫生": "医疗 卫生 医保",
    "农业": "农业生产 种植 养殖 惠农补贴",
    "劳动就业社保": "社保 就业 劳动 劳资 欠薪 养老保险 劳资纠纷",
    "生态环境/人居环境": "环境 环保 环境卫生 生态环境 人居环境 垃圾 污染",
    "村镇规划建设": "规划建设 规划 村镇建设 违建",
    "文化科技": "文化 科技 文体",
    "住房": "危房改造 危房 建房",
    "困难救助(低保/特困/临时救助)": "困难救助 低保 特困 临时救助 救助 民政",
    "林水土权属": "土地占有 山林争议 土地纠纷 山林纠纷 林权 土地 土地确权 权属 宅基地 水事纠纷",
    "征地拆迁": "房屋拆迁 拆迁 征地 征收",
    "村务财务/三资": "村务 财务 三资 村务公开 集体资产",
    "邻里婚姻家庭": "邻里纠纷 家庭暴力 感情困扰 婚姻家庭 家庭纠纷 婚姻 家庭 邻里 赡养",
    "治安": "社会治安 治安管理",
    "信访涉法": "涉法涉诉 信访",
    "干部作风": "作风 违纪 违纪违法",
    "政策咨询": "咨询 政策",
    OTHER: "祖坟改造 债务纠纷 经济纠纷 意见建议 意见 建议 求助 纠纷 矛盾纠纷 投诉 诉求 其它",
}  # fmt: skip
CATEGORY_OF = {word: name for name, words in CATEGORIES.items() for word in [name, *words.split()]}

SATISFACTION = {
    "满意": Answer.SATISFIED,
    "非常满意": Answer.SATISFIED,
    "是": Answer.SATISFIED,
    "基本满意": Answer.BASICALLY,
    "比较满意": Answer.BASICALLY,
    "一般": Answer.BASICALLY,
    "不满意": Answer.DISSATISFIED,
    "否": Answer.DISSATISFIED,
    "联系不上": Answer.UNREACHED,
    "不愿评价": Answer.DECLINED,
}
SETTLEMENT_OF = {str(label): value for value, label in Settlement.choices}
MODE_OF = {str(label): value for value, label in Mode.choices} | {
    "当面": Mode.ORAL,
    "书信": Mode.WRITTEN,
}
_NOBODY = _set(
    "匿名 群众 村民 居民 无名氏 无名 不愿透露姓名 不详 热心群众 热心市民 部分群众 部分村民 全体村民"
)
_SOMEBODY = re.compile(r"某|匿名|(先生|女士|同志|大爷|大妈|阿姨|等)$")


def is_nobody(name) -> bool:
    """True for 匿名, 群众, 某先生: a word in the place of a name, never matched with a resident."""
    text = half_width(name)
    return is_nothing(text) or text in _NOBODY or bool(_SOMEBODY.search(text))


def read_done(value) -> bool | None:
    """是否办结: True or False; None when the words do not tell. Nothing written is not settled."""
    text = half_width(value)
    if not text or text in OPEN or text in DECLINED:
        return False
    if text in STATES:
        return STATES[text] in SETTLED
    return True if text in DONE else None


def open_state(words, *, accepted, has_unit) -> Status:
    """How far an unsettled matter is, by what the ledger says of it.

    Args:
        words: every word on its handling. accepted: whether a day of acceptance is written.
        has_unit: whether the handling unit is one of ours; handed on to any other it is simply in hand.
    """
    if stated := next((STATES[word] for word in words if word in STATES), None):
        return stated if stated != Status.ASSIGNED or has_unit else Status.IN_HAND
    text = " ".join(words)
    if _HANDED_ON.search(text) and has_unit:
        return Status.ASSIGNED
    if _IN_HAND.search(text):
        return Status.IN_HAND
    return Status.ACCEPTED if accepted else Status.REGISTERED


def words_of(value) -> list[str]:
    """The parts of a cell that holds several words."""
    return [word for word in re.split(r"[、，,；;/\s]+", tidy(value)) if not is_nothing(word)]
