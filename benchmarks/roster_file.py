"""A township's roster as an office would send it: 29,000 households, 100,000 people, invented."""

import datetime as dt
import random

from openpyxl import Workbook

from demo import people

from .data import FOLDER

HOUSEHOLDS, RESIDENTS = 29_000, 100_000
WORKBOOK = FOLDER / "roster.xlsx"
VILLAGES = tuple(
    f"{chr(0x4E2D)}{name}村" for name in "东西南北春夏秋冬山川林泉石田桥塘坪冲湾岭坡洲渡港"
)
HEADS = (
    "村", "片", "组", "户编号", "户主", "姓名", "与户主关系", "性别", "身份证号", "出生日期",
    "联系电话", "人员类别", "家庭住址", "备注",
)  # fmt: skip
RELATIONS = ("户主", "配偶", "子", "女", "父母", "孙子", "孙女")
CATEGORIES = ("低保", "残疾", "党员", "外出务工", "留守儿童", "退役军人")
TODAY = dt.date(2026, 11, 20)


def rows(households, residents, seed=20261120):
    """The rows under the header, a household's together, village after village."""
    rng, taken = random.Random(seed), set()
    sizes = _sizes(rng, households, residents)
    per_village = -(-households // len(VILLAGES))
    for at, size in enumerate(sizes):
        number = at // per_village, at % per_village
        yield from _household(rng, taken, *number, size)


def _sizes(rng, households, residents):
    """How many people live in each household; they add up."""
    sizes = [1] * households
    left = residents - households
    while left:
        at = rng.randrange(households)
        if sizes[at] < len(RELATIONS):
            sizes[at] += 1
            left -= 1
    return sizes


def _household(rng, taken, village, serial, size):
    group = serial // 100 + 1
    head = ""
    for relation in RELATIONS[:size]:
        sex = "F" if relation in ("配偶", "女", "孙女") else "M"
        name = people.name(rng, sex)
        head = head or name
        born = people.birth_date(rng, 1, 95, TODAY)
        number = people.id_number(rng, born, sex, taken)
        yield (
            VILLAGES[village],
            "东片" if group % 2 else "西片",
            f"第{group}组",
            f"{village + 1:02d}{serial + 1:05d}",
            head,
            name,
            relation,
            "男" if sex == "M" else "女",
            number,
            f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
            people.phone(rng) if rng.random() < 0.7 else "",
            rng.choice(CATEGORIES) if rng.random() < 0.25 else "",
            f"第{group}组{serial + 1}号",
            "长期在外" if rng.random() < 0.05 else "",
        )


def make(path=WORKBOOK, households=HOUSEHOLDS, residents=RESIDENTS):
    """Write the workbook once; it appears whole or not at all."""
    if path.exists():
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(HEADS)
    for row in rows(households, residents):
        sheet.append(row)
    part = path.with_suffix(".part")
    book.save(part)
    part.replace(path)
