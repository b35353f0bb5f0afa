"""The personal fields kept about villagers, for the registry (docs/decisions/0005)."""

from liaison.personal import PersonalField

_KEPT = "在册期间；迁出或死亡后按档案规定保存"
_CONTACT = "识别和联系群众"

FIELDS = (
    PersonalField("户", "head_name", "户主姓名", "一般", _CONTACT, _KEPT, "不遮"),
    PersonalField("户", "address", "住址", "一般", "入户走访", _KEPT, "公示时只到乡镇"),
    PersonalField("居民", "name", "姓名", "一般", _CONTACT, _KEPT, "公示时遮中间字"),
    PersonalField("居民", "relation", "与户主关系", "一般", "了解家庭情况", _KEPT, "不遮"),
    PersonalField("居民", "sex", "性别", "一般", "了解家庭情况", _KEPT, "不遮"),
    PersonalField("居民", "birth_date", "出生日期", "一般", "了解老人、儿童情况", _KEPT, "不遮"),
    PersonalField("居民", "id_number", "身份证号", "敏感，加密保存", "区分同名的人", _KEPT, "441***********1234"),
    PersonalField("居民", "phones", "联系电话", "敏感，加密保存", "电话走访、反馈、回访", _KEPT, "138****0000"),
    PersonalField("居民", "tags", "人群标签", "部分敏感", "走访关爱", _KEPT, "敏感标签只给本村驻点团队看"),
    PersonalField("居民", "remark", "备注", "一般", "联系群众时的补充说明", _KEPT, "不遮"),
    PersonalField("居民", "left_on", "迁出或死亡日期", "一般", "核对在册人口", _KEPT, "不遮"),
)  # fmt: skip
