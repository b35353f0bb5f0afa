"""The personal fields kept about the office's own people, for the registry (docs/decisions/0005)."""

from liaison.personal import PersonalField

_PHONE = "区分同名的人、联系本人；按乡镇选定的范围印在便民服务卡和公示上"
_KEPT = "在职期间；离任后按档案规定保存"

FIELDS = (
    PersonalField("干部", "display_name", "姓名", "一般", "知道谁在驻点、谁承办", _KEPT, "不遮"),
    PersonalField("干部", "email", "电子邮箱", "一般", "发提醒邮件", _KEPT, "只给系统管理员看"),
    PersonalField("干部", "phone", "联系电话", "敏感，加密保存", _PHONE, _KEPT, "138****0000"),
    PersonalField("村民代表", "name", "姓名", "一般", "知道谁联系哪几户", _KEPT, "不遮"),
    PersonalField("包户联系", "household", "由谁联系哪一户", "一般", "定人联系到户", "在册期间", "不遮"),
)  # fmt: skip
