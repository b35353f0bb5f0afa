"""The personal fields kept about people who ask something, for the registry (docs/decisions/0005)."""

from liaison.personal import PersonalField

_KEPT = "销号后按档案规定保存"

FIELDS = (
    PersonalField("诉求", "complainant", "反映人", "一般", "办理、反馈和回访", _KEPT, "公示时遮中间字"),
    PersonalField("诉求", "phone", "联系电话", "敏感，加密保存", "反馈和回访", _KEPT, "138****0000"),
    PersonalField("诉求", "summary", "诉求摘要", "一般", "办理诉求", _KEPT, "公示时只列类别"),
    PersonalField("诉求", "result", "办理结果", "一般", "反馈和核实", _KEPT, "公示时不列"),
    PersonalField("办理过程", "words", "办理意见", "一般", "办理过程可查", _KEPT, "公示时不列"),
    PersonalField("诉求", "detail", "详情", "一般", "办理诉求", _KEPT, "公示时不列"),
    PersonalField("诉求", "handler_words", "原承办", "一般", "查历史台账是谁办的", _KEPT, "公示时一并列出单位"),
    PersonalField("诉求", "origin_words", "原台账所载", "一般", "历史台账原文备查", _KEPT, "公示时不列"),
    PersonalField("被反映人", "words", "被反映人", "敏感，加密保存", "回避和核实", _KEPT, "只有知情人看得到"),
    PersonalField("回访", "verbatim", "原话", "一般", "核实办理结果", _KEPT, "公示时不列"),
)  # fmt: skip
