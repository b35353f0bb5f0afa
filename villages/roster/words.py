"""The office's words and their spellings: columns, relations, sexes, categories."""

import re

from liaison.imports.tables import Vocabulary
from liaison.imports.text import NOTHING, half_width, tidy

from .text import looks_like_group

# field -> header words, blanks, colons and bracketed remarks already taken off. Order is the order of the template.
COLUMNS = {
    "village": "村 行政村 社区 村居 村名 所属村 所在村 村社区 村名称 村社区名称 行政村名称",
    "section": "片 片区 网格 片名 所属片 所属片区 所属网格",
    "group": "组 组别 村民小组 所属组 小组 自然村 村民组 居民组 村组 居民小组 组名 所属小组",
    "number": "户编号 户号 户籍号 户籍编号 家庭编号",
    "head": "户主 户主姓名 户主名 家庭户主 户名",
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
VOCABULARY = Vocabulary(
    COLUMNS,
    needed=("name",),
    repeated=("phone",),
    telling=("name", "id", "relation", "sex", "birth", "phone", "categories"),
    free_text=("remark", "address"),
    identity="id",
    heading=looks_like_group,
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


def read_relation(value):
    """The relation to the head, synonyms folded (妻子 -> 配偶, 儿子 -> 子); 长子, 儿媳 and the like stay."""
    text = half_width(value)
    return RELATION_OF.get(text, "" if text in NOTHING else text)


def read_categories(value):
    """(known categories, unknown words), synonyms folded, each once, in the order written."""
    known, unknown = [], []
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
