"""The personal fields kept about people who ask something, for the registry (docs/decisions/0005)."""

from liaison.personal import PersonalField

_KEPT = "销号后按档案规定保存"

FIELDS = (
    PersonalField("诉求", "complainant", "反映人", "一般", "办理、反馈和回访", _KEPT, "公示时遮中间字"),
    PersonalField("诉求", "phone", "联系电话", "敏感，加密保存", "反馈和回访", _KEPT, "138****0000"),
    PersonalField("诉求", "summary", "诉求摘要", "一般", "办理诉求", _KEPT, "公示前去掉姓名、号码和门牌"),
    PersonalField("诉求", "result", "办理结果", "一般", "反馈和核实", _KEPT, "公示前改写，去掉姓名和号码"),
    PersonalField("办理过程", "words", "办理意见", "一般", "办理过程可查", _KEPT, "公示时不列"),
    PersonalField("协办", "words", "协办事项", "一般", "请其他单位协助办理", _KEPT, "公示时不列"),
    PersonalField("协办", "done_words", "协办情况", "一般", "协助办理的结果可查", _KEPT, "公示时不列"),
    PersonalField("延期", "reason", "延期理由", "一般", "审批延期、告知反映人", _KEPT, "公示时不列"),
    PersonalField("延期", "decision", "批准意见", "一般", "审批延期", _KEPT, "公示时不列"),
    PersonalField("预警", "words", "预警理由", "一般", "排查化解", _KEPT, "公示时不列"),
    PersonalField("诉求", "detail", "详情", "一般", "办理诉求", _KEPT, "公示时不列"),
    PersonalField("诉求", "handler_words", "原承办", "一般", "查历史台账是谁办的", _KEPT, "公示时一并列出单位"),
    PersonalField("诉求", "origin_words", "原台账所载", "一般", "历史台账原文备查", _KEPT, "公示时不列"),
    PersonalField("督办", "words", "督办意见", "一般", "督促办理", _KEPT, "公示时不列"),
    PersonalField("督办", "reply_words", "督办回复", "一般", "督促办理", _KEPT, "公示时不列"),
    PersonalField("督办", "lift_words", "解除说明", "一般", "督促办理", _KEPT, "公示时不列"),
    PersonalField("会议议题", "discussed", "讨论情况", "一般", "会议记录", _KEPT, "公示时不列"),
    PersonalField("会议议题", "decision", "议定事项", "一般", "会议记录", _KEPT, "公示时不列"),
    PersonalField("会议议题", "subject", "议题", "一般", "会议记录", _KEPT, "公示时不列"),
    PersonalField("会议", "minutes", "会议小结", "一般", "会议记录", _KEPT, "公示时不列"),
    PersonalField("诉求", "book_reason", "挂账原因", "一般", "说明为什么要长期办理", _KEPT, "公示时不列"),
    PersonalField("回头看", "words", "说明", "一般", "核实办结是否稳定", _KEPT, "公示时不列"),
    PersonalField("待重办", "words", "不重办的理由", "一般", "群众不满意的去向可查", _KEPT, "公示时不列"),
    PersonalField("附件", "name", "附件文件名", "一般", "办理诉求", _KEPT, "公示时不列"),
    PersonalField("公示的行", "words", "公示的内容", "一般", "公示办理情况", _KEPT, "张贴前去掉号码和姓名"),
    PersonalField("被反映人", "words", "被反映人", "敏感，加密保存", "回避和核实", _KEPT, "只有知情人看得到"),
    PersonalField("回访", "verbatim", "原话", "一般", "核实办理结果", _KEPT, "公示时不列"),
)  # fmt: skip
