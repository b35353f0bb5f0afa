"""Invented people: names, ID numbers and phones that cannot be anybody's."""

import datetime as dt
import random

from stdnum.cn import ric

SURNAMES = (
    "王李张刘陈杨黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶"
    "蒋杜苏魏程吕丁任沈姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷"
    "黎史龙陶贺顾毛郝龚邵万钱"
)
MALE = (
    "伟强磊军洋勇杰涛明超刚平辉鹏飞波斌宇浩凯健俊帆国建志文华东海新春生荣福贵祥庆林根水木金土山川"
)
FEMALE = "芳娜敏静丽艳娟霞玲婷雪梅琴兰萍红玉英华慧秀珍凤洁莉桂香月莲云巧美春秋菊爱莎燕彩蓉菁梦琪"
# City districts: apart from the codes village rosters bear, so an imported person is never a demo person.
REGIONS = ("430102", "430103", "430104")


def name(rng: random.Random, sex: str, surname: str = "") -> str:
    """A name of two or three characters; ``sex`` is "M" or "F"."""
    given = MALE if sex == "M" else FEMALE
    return (surname or rng.choice(SURNAMES)) + "".join(rng.sample(given, rng.choice((1, 2, 2))))


def id_number(rng: random.Random, born: dt.date, sex: str, taken: set[str]) -> str:
    """A well-formed ID number of the order codes 900-989, which residents are never given."""
    while True:
        order = rng.randrange(900, 990)
        if order % 2 != (sex == "M"):
            order = order + 1 if order < 989 else order - 1
        stem = f"{rng.choice(REGIONS)}{born:%Y%m%d}{order}"
        number = stem + ric.calc_check_digit(stem + "0")
        if number not in taken:
            taken.add(number)
            return number
        born += dt.timedelta(days=1)


def phone(rng: random.Random) -> str:
    """A mobile number of the unassigned prefix 154."""
    return f"154{rng.randrange(10**8):08d}"


def birth_date(rng: random.Random, youngest: int, oldest: int, today: dt.date) -> dt.date:
    """A birth date for somebody between these ages (full years) today."""
    return today - dt.timedelta(days=rng.randrange(youngest * 365 + 1, oldest * 365 + 300))
