"""The papers of the desk: their fields, their lists and how the shipped template lays them out."""

from liaison.documents.kinds import Field, Kind, Rows
from liaison.documents.layout import Blank, Column, Facts, Grid, Signs, Table

TOWNSHIP = Field("乡镇", "", "青山镇")
VILLAGE = Field("村", "村(社区)", "石桥村")
TEAM = Field("驻点团队", "", "石桥村驻点团队")
DAY = Field("日期", "驻点日", "2026年11月24日（星期二）")
HOURS = Field("时间", "开始和结束的时刻", "09:00–11:30")
PLACE = Field("地点", "", "石桥村委会一楼")
MADE_BY = Field("制表人", "导出文书的人", "赵敏")
MADE_AT = Field("制表时间", "", "2026-11-24 16:30")
OF_DAY = (TOWNSHIP, VILLAGE, TEAM, DAY, HOURS, PLACE, MADE_BY, MADE_AT)
SITTING = Field("驻点人员", "到岗的人和代班的人，带职务", "李明（党委委员）、冯兰（代周兰）")
MADE = Facts(("制表人", "制表时间"))


def _title(example):
    return Field("标题", "文书上方的大标题", example)


SERIAL = Field("序号", "", "1")
REMARK = Field("备注", "", "空缺")

ATTENDANCE = Kind(
    "attendance",
    "考勤表",
    "一个驻点日的考勤：应到、实到、请假、代班。",
    (
        _title("青山镇石桥村驻点日考勤表"), *OF_DAY,
        Field("应到人数", "有人任职的席位数，单位：人", "3"),
        Field("实到人数", "到岗和由人代班的，单位：人", "2"),
        Field("确认情况", "谁在什么时候确认的", "李明 2026-11-24 11:40 确认"),
    ),
    (
        Rows(
            "名单", "人",
            (
                SERIAL, Field("姓名", "当天任职的人", "李明"), Field("职务", "当天的岗位", "党委委员"),
                Field("应到", "应到的打√", "√"), Field("实到", "到岗的打√，由人代班的写“代”", "√"),
                Field("请假类别", "事假、病假、公假", ""), Field("代班人", "", ""), REMARK,
            ),
            "团队的每个席位一行",
        ),
    ),
    (
        Facts(("驻点团队", "日期")),
        Facts(("时间", "地点")),
        Table(
            "名单",
            (
                Column("序号", 9, "center"), Column("姓名", 13, "center"), Column("职务", 22),
                Column("应到", 9, "center"), Column("实到", 9, "center"), Column("请假类别", 14, "center"),
                Column("代班人", 12, "center"), Column("备注", 12),
            ),
        ),
        Facts(("应到人数", "实到人数", "确认情况")),
        Signs(("责任人签字",)),
        MADE,
    ),
)  # fmt: skip

RECEPTION = Kind(
    "reception",
    "接待登记表",
    "一个驻点日来访的群众：谁、为什么事、怎样处理。电话只印前三位和后四位。",
    (
        _title("青山镇石桥村群众来访接待登记表"), *OF_DAY, SITTING,
        Field("接待批数", "单位：批", "2"), Field("接待人次", "单位：人次", "3"),
    ),
    (
        Rows(
            "来访", "行",
            (
                SERIAL, Field("来访人", "户主或来访人的姓名，不愿留名的写匿名", "周大山"),
                Field("居住地", "组和户编号", "第1组 001"), Field("联系电话", "隐去中间四位", "138****0000"),
                Field("人数", "单位：人次", "1"), Field("来访事由", "", "反映村口路灯不亮"),
                Field("处理意见与结果", "", "100-2026-0001 在办，应于2026-12-01前办结"), Field("备注", "", "无诉求"),
            ),
            "每批来访一行",
        ),
    ),
    (
        Facts(("日期", "时间", "地点")),
        Facts(("驻点人员",)),
        Table(
            "来访",
            (
                Column("序号", 6, "center"), Column("来访人", 9, "center"), Column("居住地", 11),
                Column("联系电话", 13, "center"), Column("人数", 6, "center"), Column("来访事由", 24),
                Column("处理意见与结果", 24), Column("备注", 7, "center"),
            ),
            is_small=True,
        ),
        Facts(("接待批数", "接待人次")),
        Signs(("登记人签字", "责任人签字")),
        MADE,
    ),
    is_landscape=True,
)  # fmt: skip

VISITS = Kind(
    "visits",
    "走访登记表",
    "一个驻点日走访的户：入户、电话、晚间等，不含来访。",
    (
        _title("青山镇石桥村走访登记表"), *OF_DAY, SITTING,
        Field("走访户数", "同一户只计一次，单位：户", "5"), Field("走访户次", "单位：户次", "6"),
    ),
    (
        Rows(
            "走访", "行",
            (
                SERIAL, Field("户主", "没有记到户的写所见的人", "周大山"),
                Field("居住地", "组和户编号", "第1组 001"),
                Field("方式", "", "入户走访"), Field("人数", "单位：人次", "1"),
                Field("反映情况", "", "家中老人行走不便"),
                Field("诉求及办理", "", "100-2026-0002 在办，应于2026-12-01前办结"),
                Field("备注", "", "无诉求"),
            ),
            "每次走访一行",
        ),
    ),
    (
        Facts(("日期", "时间")),
        Facts(("驻点人员",)),
        Table(
            "走访",
            (
                Column("序号", 6, "center"), Column("户主", 10, "center"), Column("居住地", 12),
                Column("方式", 10, "center"), Column("人数", 6, "center"), Column("反映情况", 24),
                Column("诉求及办理", 25), Column("备注", 7, "center"),
            ),
            is_small=True,
        ),
        Facts(("走访户数", "走访户次")),
        Signs(("登记人签字", "责任人签字")),
        MADE,
    ),
    is_landscape=True,
)  # fmt: skip

ENTRIES = (
    SERIAL, Field("对象", "户主或来访人，带组和户编号", "周大山 第1组 001"), Field("方式", "", "定点接访"),
    Field("情况", "", "村口路灯坏了一个多月"),
    Field("诉求与建议", "台账编号、性质和摘要", "100-2026-0001 诉求：村口路灯不亮"),
    Field("后续计划", "答应的事：谁办、什么时候前办结", "经发办在办，应于2026-12-01前办结"),
)  # fmt: skip

LOG = Kind(
    "log",
    "驻点日志",
    "一个驻点日的日志(民情日记)：时间、地点、人员、走访对象、情况、诉求与建议、后续计划；体会留空由干部自己写。",
    (
        _title("青山镇石桥村驻点日志"), *OF_DAY, SITTING,
        Field("请假代班", "请假的人和由谁代班", "周兰（病假）"),
        Field("合计", "当天的数", "接待2批3人次；走访5户6户次；登记诉求2件，其中意见建议1条；当场办结1件"),
    ),
    (Rows("记录", "行", ENTRIES, "每次接待、走访一行"),),
    (
        Grid((("日期", "时间"), ("地点", "驻点团队"), ("驻点人员",), ("请假代班",), ("合计",))),
        Table(
            "记录",
            (
                Column("序号", 7, "center"), Column("对象", 17), Column("方式", 11, "center"),
                Column("情况", 24), Column("诉求与建议", 22), Column("后续计划", 19),
            ),
            is_small=True,
        ),
        Blank("体会", 4),
        Signs(("记录人签字", "责任人签字")),
        MADE,
    ),
)  # fmt: skip

DIARY = Kind(
    "diary",
    "民情日记",
    "一名干部一段时间的民情日记：自己登记的走访和自己到岗的驻点日。",
    (
        _title("李明民情日记"), TOWNSHIP, Field("姓名", "", "李明"), Field("职务", "", "党委委员"),
        Field("期间", "", "2026-11-01至2026-11-30"),
        Field(
            "合计", "这段时间的数",
            "驻点4天；接待6批8人次；走访22户25户次；登记诉求9件，其中意见建议3条；当场办结2件",
        ),
        MADE_BY, MADE_AT,
    ),
    (
        Rows(
            "日记", "行",
            (Field("日期", "", "2026-11-24(周二)"), Field("地点", "村(社区)", "石桥村"), *ENTRIES),
            "按日期，每次接待、走访一行",
        ),
    ),
    (
        Grid((("姓名", "职务"), ("期间",), ("合计",))),
        Table(
            "日记",
            (
                Column("日期", 15, "center"), Column("地点", 11), Column("对象", 15), Column("方式", 10, "center"),
                Column("情况", 19), Column("诉求与建议", 16), Column("后续计划", 14),
            ),
            is_small=True,
        ),
        Blank("体会", 5),
        MADE,
    ),
)  # fmt: skip

SIGN_IN = Kind(
    "sign_in",
    "会议签到表",
    "一次例会的签到表：镇领导和驻点办的人已印好，签到栏和几行空白供手写。",
    (
        _title("青山镇调度会签到表"), TOWNSHIP, Field("会议名称", "", "调度会"), Field("日期", "", DAY.example),
        HOURS, Field("地点", "", "镇政府三楼会议室"), Field("应到人数", "单位：人", "12"), MADE_BY, MADE_AT,
    ),
    (
        Rows(
            "名单", "人",
            (
                SERIAL, Field("姓名", "", "李明"), Field("职务", "", "党委委员"),
                Field("签到", "留空手写"), Field("备注"),
            ),
            "应到的每人一行，后面是空白行",
        ),
    ),
    (
        Facts(("日期", "时间")),
        Facts(("地点", "应到人数")),
        Table(
            "名单",
            (
                Column("序号", 8, "center"), Column("姓名", 18, "center"), Column("职务", 34), Column("签到", 24),
                Column("备注", 16),
            ),
            is_tall=True,
        ),
        MADE,
    ),
)  # fmt: skip

OF_A_DAY = (ATTENDANCE, RECEPTION, VISITS, LOG)
KINDS = (*OF_A_DAY, DIARY, SIGN_IN)
