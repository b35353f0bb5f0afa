"""The personal fields kept about people who were met, for the registry (docs/decisions/0005)."""

from liaison.personal import PersonalField

_KEPT = "按档案规定保存"
_AS_HOUSEHOLDS = "看得到这一户的人才看得到"

FIELDS = (
    PersonalField("走访接待", "visitor", "来访人", "一般", "知道接待了谁", _KEPT, "公示时遮中间字"),
    PersonalField("走访接待", "said", "反映情况", "一般", "记录民情", _KEPT, "公示时不列"),
    PersonalField("走访更正", "changes", "更正前后的内容", "一般", "查更正了什么", _KEPT, "公示时不列"),
    PersonalField("金点子", "visitor", "提出人", "一般", "把结果告诉提出人", _KEPT, "公示时遮中间字"),
    PersonalField("金点子", "words", "金点子内容", "一般", "研究群众的建议", _KEPT, "不遮"),
    PersonalField("金点子办理", "words", "办理说明", "一般", "记录办理过程", _KEPT, "公示时不列"),
    PersonalField("需求线索", "visitor", "当事人", "敏感信息", "请有关单位核实", _KEPT, _AS_HOUSEHOLDS),
    PersonalField("需求线索", "words", "情况说明", "敏感信息", "请有关单位核实", _KEPT, _AS_HOUSEHOLDS),
    PersonalField("需求线索", "kind", "可能符合的政策", "敏感信息", "请有关单位核实", _KEPT, _AS_HOUSEHOLDS),
    PersonalField("需求线索跟进", "words", "跟进情况", "敏感信息", "记录跟进过程", _KEPT, _AS_HOUSEHOLDS),
    PersonalField("走访照片", "whole_name", "照片", "一般", "留存现场情况，自愿上传", _KEPT, "不公示；显示时加水印"),
    PersonalField("考勤", "person_name", "应到人姓名", "一般", "驻点日到位情况", _KEPT, "不遮"),
    PersonalField("考勤", "stand_in", "代班人姓名", "一般", "驻点日到位情况", _KEPT, "不遮"),
    PersonalField("考勤", "leave_kind", "请假类别", "敏感信息", "驻点日到位情况", _KEPT, "公示时不列"),
    PersonalField("驻点日请假", "person_name", "请假人姓名", "一般", "批准请假、安排代班", _KEPT, "不遮"),
    PersonalField("驻点日请假", "stand_in_name", "代班人姓名", "一般", "安排代班", _KEPT, "不遮"),
    PersonalField("驻点日请假", "kind", "请假类别", "敏感信息", "批准请假", _KEPT, "只给本人、责任人和驻点办看"),
    PersonalField("驻点日请假", "words", "请假说明", "敏感信息", "批准请假", _KEPT, "只给本人、责任人和驻点办看"),
    PersonalField("村民点单", "words", "点单内容", "一般", "办好村民想办的事", _KEPT, "公示时不列"),
    PersonalField("点单办理记录", "words", "办理说明", "一般", "办好村民想办的事", _KEPT, "公示时不列"),
)  # fmt: skip
