"""The office's words and their spellings: columns, relations, sexes, categories."""

import re
from functools import lru_cache

from liaison.imports.tables import Vocabulary
from liaison.imports.text import NOTHING, half_width, tidy

from .text import looks_like_group, read_name, same_name

# field -> header words, blanks, colons and bracketed remarks already taken off. Order is the order of the template.
COLUMNS = {
    "village": "村 行政村 社区 村居 村名 所属村 所在村 村社区 村名称 村社区名称 行政村名称",
    "section": "片 片区 网格 片名 所属片 所属片区 所属网格",
    "group": "组 组别 村民小组 所属组 小组 自然村 村民组 居民组 村组 居民小组 组名 所属小组",
    "number": "户编号 户号 户籍号 户籍编号 家庭编号",
    "head": "户主 户主姓名 户主名 家庭户主 户名 成员代表 成员代表姓名 户代表 户代表姓名",
    "name": "姓名 成员姓名 户内成员姓名 成员 家庭成员 人员姓名 家庭成员姓名 居民姓名 村民姓名",
    "relation": "与户主关系 关系 家庭关系 与户主的关系 和户主关系",
    "sex": "性别",
    "id": "身份证号 身份证号码 公民身份号码 公民身份证号码 证件号码 身份证 证件号 居民身份证号码 居民身份证号",
    "birth": "出生日期 出生年月 出生年月日 生日 出生时间",
    "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 联系号码",
    "categories": "人员类别 人口类别 人员属性 身份属性 类别 人员类型 人群类别 人群标签",
    "count": "家庭人口 家庭人口数 家庭总人口数 户内人口 人口 人口数 人数 家庭人数",
    "address": "家庭住址 住址 家庭地址 地址 居住地址 现住址 详细地址",
    "remark": "备注 说明 备注说明",
}
# Whose column it is when a head says so: never the person's own (README.md, rule 17).
OTHERS = (
    "户主", "监护人", "法定监护人", "监护责任人", "配偶", "妻子", "丈夫", "父亲", "母亲", "父母", "家长", "子女",
    "代理人", "代办人", "代领人", "受托人", "被委托人", "联系人", "紧急联系人", "赡养人", "抚养人", "扶养人",
    "照料人", "担保人", "介绍人", "推荐人", "见证人", "申请人", "户代表", "成员代表", "填表人", "负责人", "责任人",
    "经办人", "包户干部", "联系干部", "帮扶人", "帮扶干部", "帮扶责任人", "村干部", "组长", "小组长", "网格员",
)  # fmt: skip
# The head's own number and phone in columns of their own: they may serve his row where the table has no other.
OF_THE_HEAD = {
    "id": "户主身份证号 户主身份证号码 户主身份证 户主证件号码 户主证件号 户主公民身份号码",
    "phone": "户主电话 户主联系电话 户主手机 户主手机号 户主手机号码 户主联系方式 户主电话号码",
}
NAME_AND_RELATION = re.compile(
    r"(户主|姓名|成员姓名|家庭成员)[(（及和与、/]+(与户主关系|与户主的关系|关系|家庭关系)[)）]?"
)

HEAD = "户主"
RELATIONS = {
    "户主": "户主 本人 户主本人 本户户主",
    "配偶": "妻 妻子 老婆 爱人 夫 丈夫 老公 配偶 夫妻 内人",
    "子": "子 儿子 之子 儿",
    "女": "女 女儿 之女",
    "父母": "父 父亲 爸爸 爸 母 母亲 妈妈 妈 之父 之母 父母",
}
RELATION_OF = {word: relation for relation, words in RELATIONS.items() for word in words.split()}

KIN = re.compile("户主|配偶|[妻夫子女父母爸妈儿媳婿兄弟姐妹哥嫂侄甥孙祖爷奶婆岳叔伯姑姨舅养继亲]")

SEX_OF = {"男": "M", "男性": "M", "1": "M", "女": "F", "女性": "F", "2": "F"}
SEX_NAMES = {"M": "男", "F": "女"}

CATEGORIES = (
    "低保", "特困", "残疾", "党员", "外出务工", "退役军人", "村民代表", "独居老人", "留守儿童", "留守老人",
)  # fmt: skip
CATEGORY_OF = {word: word for word in CATEGORIES} | {
    "低保户": "低保",
    "农村低保": "低保",
    "城镇低保": "低保",
    "五保": "特困",
    "五保户": "特困",
    "特困户": "特困",
    "特困人员": "特困",
    "退伍军人": "退役军人",
    "残疾人": "残疾",
    "中共党员": "党员",
}
CATEGORY_BREAK = re.compile(r"[、，,；;/\s\u3000]+")

DEAD = re.compile(r"已故|死亡|去世|病故|亡故|过世")
LEFT = re.compile(r"迁出|迁走|户口已迁")
NEGATED = re.compile(r"(未|没有|没|尚未|拟|准备|申请)(迁出|迁走)")


@lru_cache(maxsize=2000, typed=True)  # the same few, row after row
def read_relation(value):
    """The relation to the head, synonyms folded (妻子 -> 配偶, 儿子 -> 子); 长子, 儿媳 and the like stay."""
    text = half_width(value)
    return RELATION_OF.get(text, "" if text in NOTHING else text)


@lru_cache(maxsize=2000, typed=True)
def read_sex(value):
    """M, F, or "" for anything else."""
    return SEX_OF.get(half_width(value), "")


def read_categories(value):
    """(known categories, unknown words), synonyms folded, each once, in the order written."""
    known, unknown = [], []
    if value == "":
        return known, unknown
    for word in CATEGORY_BREAK.split(tidy(value)):
        if word in NOTHING:
            continue
        bucket = known if word in CATEGORY_OF else unknown
        bucket.append(CATEGORY_OF.get(word, word))
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))


def said_of(remark):
    """W-DEAD, W-LEFT or None: what a remark says became of the person."""
    if DEAD.search(remark):
        return "W-DEAD"
    return "W-LEFT" if LEFT.search(NEGATED.sub("", remark)) else None


def speaks_of_the_head(table, cells):
    """True for the row of the head himself: by the relation, without such a column by his name."""
    if "relation" in table.columns:
        return read_relation(table.value(cells, "relation")) == HEAD
    return same_name(table.value(cells, "name")) == same_name(table.value(cells, "head")) != ""


def is_somebody(table, cells):
    """True for a row of a name beside a kinship or a sex: no total and no signature has these."""
    name = read_name(table.value(cells, "name"))
    kin = KIN.search(read_relation(table.value(cells, "relation")))
    return not name.wrong and bool(kin or read_sex(table.value(cells, "sex")))


def name_and_relation(cell):
    """The two words of a head that stands over two columns, 户主（与户主关系）; () for any other."""
    both = NAME_AND_RELATION.fullmatch("".join(tidy(cell).split()))
    return ("姓名", "与户主关系") if both else ()


VOCABULARY = Vocabulary(
    COLUMNS,
    needed=("name",),
    repeated=("phone",),
    telling=("name", "id", "relation", "sex", "birth", "phone", "categories"),
    free_text=("remark", "address"),
    identity="id",
    proof=is_somebody,
    heading=looks_like_group,
    others=OTHERS,
    personal=("name", "id", "sex", "birth", "phone"),
    persons=("head",),
    spare=OF_THE_HEAD,
    may_stand_in=speaks_of_the_head,
    above=("section", "group", "number", "head", "address"),
    parts_of=name_and_relation,
)
