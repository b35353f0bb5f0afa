"""The personal fields kept about people who were met, for the registry (docs/decisions/0005)."""

from liaison.personal import PersonalField

_KEPT = "按档案规定保存"

FIELDS = (
    PersonalField("走访接待", "visitor", "来访人", "一般", "知道接待了谁", _KEPT, "公示时遮中间字"),
    PersonalField("走访接待", "said", "反映情况", "一般", "记录民情", _KEPT, "公示时不列"),
    PersonalField("考勤", "person_name", "应到人姓名", "一般", "驻点日到位情况", _KEPT, "不遮"),
    PersonalField("考勤", "stand_in", "代班人姓名", "一般", "驻点日到位情况", _KEPT, "不遮"),
    PersonalField("考勤", "leave_kind", "请假类别", "敏感信息", "驻点日到位情况", _KEPT, "公示时不列"),
    PersonalField("驻点日请假", "person_name", "请假人姓名", "一般", "批准请假、安排代班", _KEPT, "不遮"),
    PersonalField("驻点日请假", "stand_in_name", "代班人姓名", "一般", "安排代班", _KEPT, "不遮"),
    PersonalField("驻点日请假", "kind", "请假类别", "敏感信息", "批准请假", _KEPT, "只给本人、责任人和驻点办看"),
    PersonalField("驻点日请假", "words", "请假说明", "敏感信息", "批准请假", _KEPT, "只给本人、责任人和驻点办看"),
)  # fmt: skip
