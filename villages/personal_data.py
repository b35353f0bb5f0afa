"""The personal fields kept about villagers, for the registry (docs/decisions/0005)."""

from liaison.personal import PersonalField

_KEPT = "在册期间；迁出或死亡后按档案规定保存"
_CONTACT = "识别和联系群众"

FIELDS = (
    PersonalField("户", "head_name", "户主姓名", "一般", _CONTACT, _KEPT, "不遮"),
    PersonalField("户", "address", "住址", "一般", "入户走访", _KEPT, "公示时只到乡镇"),
    PersonalField("户", "head_pinyin", "户主姓名拼音", "一般", "按拼音查找", _KEPT, "不显示"),
    PersonalField("户", "residence", "居住状态", "一般", "计算走访覆盖率", _KEPT, "不遮"),
    PersonalField("示意图位置", "x", "示意图上的横位", "一般", "走访时认户；不是实地坐标", _KEPT, "不遮"),
    PersonalField("示意图位置", "y", "示意图上的纵位", "一般", "走访时认户；不是实地坐标", _KEPT, "不遮"),
    PersonalField("居民", "name", "姓名", "一般", _CONTACT, _KEPT, "公示时遮中间字"),
    PersonalField("居民", "pinyin", "姓名拼音", "一般", "按拼音查找", _KEPT, "不显示"),
    PersonalField("居民", "relation", "与户主关系", "一般", "了解家庭情况", _KEPT, "不遮"),
    PersonalField("居民", "sex", "性别", "一般", "了解家庭情况", _KEPT, "不遮"),
    PersonalField("居民", "birth_date", "出生日期", "一般", "了解老人、儿童情况", _KEPT, "不遮"),
    PersonalField("居民", "birth_month_only", "出生日期只知年月", "一般", "标明待核", _KEPT, "不遮"),
    PersonalField("居民", "id_number", "身份证号", "敏感，加密保存", "区分同名的人", _KEPT, "441***********1234"),
    PersonalField("居民", "id_index", "身份证号查找码", "加密", "按整个号码查找", _KEPT, "不显示"),
    PersonalField("居民", "phones", "联系电话", "敏感，加密保存", "电话走访、反馈、回访", _KEPT, "138****0000"),
    PersonalField("居民", "phone_index", "电话查找码", "加密", "按整个号码查找", _KEPT, "不显示"),
    PersonalField("居民", "tags", "人群标签", "部分敏感", "走访关爱", _KEPT, "敏感标签只给本村驻点团队看"),
    PersonalField("居民", "remark", "备注", "一般", "联系群众时的补充说明", _KEPT, "不遮"),
    PersonalField("居民", "left_on", "迁出或死亡日期", "一般", "核对在册人口", _KEPT, "不遮"),
    PersonalField("居民", "left_as", "离册原因", "一般", "核对在册人口", _KEPT, "不遮"),
    PersonalField("标签记录", "valid_from", "标签起止日期", "部分敏感", "到期提醒和续期", _KEPT, "同人群标签"),
    PersonalField("标签记录", "source", "标签依据", "部分敏感", "查标签从哪里来", _KEPT, "同人群标签"),
    PersonalField("户籍变动", "detail", "变动说明", "一般", "一户一档的变动记录", _KEPT, "不遮；敏感标签不记入"),
    PersonalField("查找词", "token", "查找词", "一般；号码末四位为密文", "全局查找", "随所属的户和居民", "不显示"),
)  # fmt: skip
