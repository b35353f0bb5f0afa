"""Townships and villages from the national division list (统计用区划代码)."""

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from django.db import transaction

from liaison import audit
from liaison.reading import csv_read
from liaison.reading.file_refused import FileRefused

from .models import Township, Village
from .pinyin import place_key

COLUMNS = ("code", "name", "level", "parent_code")
COUNTY, TOWNSHIP, VILLAGE = "3", "4", "5"


class DivisionsRefused(Exception):
    """The file is no division list, or it contradicts itself; `str()` is one Chinese sentence."""


@dataclass(frozen=True)
class Division:
    """One line: a 12-digit code, the name as published, level 1-5, the code one level up."""

    code: str
    name: str
    level: str
    parent_code: str


def read_divisions(data):
    """The divisions in a CSV (bytes) by code. Raises DivisionsRefused, naming the line."""
    try:
        rows = list(csv.DictReader(StringIO(csv_read.decode(data), newline="")))
    except (FileRefused, csv.Error) as error:
        raise DivisionsRefused(f"区划文件读不出来：{error}") from error
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise DivisionsRefused("区划文件第一行应为 code,name,level,parent_code")
    divisions = {}
    for line, row in enumerate(rows, 2):
        entry = Division(*((row[column] or "").strip() for column in COLUMNS))
        if not (len(entry.code) == 12 and entry.code.isascii() and entry.code.isdigit()):
            raise DivisionsRefused(f"第{line}行的代码不是12位数字")
        if not entry.name or len(entry.name) > 50 or entry.level not in "12345":
            raise DivisionsRefused(f"第{line}行的名称或级别不对")
        if divisions.setdefault(entry.code, entry) != entry:
            raise DivisionsRefused(f"第{line}行的代码 {entry.code} 与前面重复而内容不同")
    _check_names(divisions)
    return divisions


def _check_names(divisions):
    """A village's name is unique in its township; nothing else would tell rosters apart."""
    names = Counter(
        (each.parent_code, each.name) for each in divisions.values() if each.level == VILLAGE
    )
    twice = next((name for (_, name), count in names.items() if count > 1), None)
    if twice:
        raise DivisionsRefused(f"同一乡镇有两个“{twice}”")


@transaction.atomic
def take_divisions(*, divisions, township_code="", by=None):
    """Store townships and villages; safe to repeat. A village that has left the list stays.

    Args:
        divisions: what read_divisions() gave.
        township_code: 9 or 12 digits; empty takes every township of the file.
    Returns:
        {"townships": (new, changed, unchanged), "villages": the same}
    Raises:
        DivisionsRefused: no such township in the file.
    """
    wanted = [
        each
        for each in divisions.values()
        if each.level == TOWNSHIP and each.code.startswith(township_code)
    ]
    if not wanted:
        raise DivisionsRefused("文件里没有这个乡镇的代码" if township_code else "文件里没有乡镇")
    counts = {"townships": Counter(), "villages": Counter()}
    prefixes = set(Township.objects.values_list("ledger_prefix", flat=True))
    for entry in wanted:
        township, how = _township(entry, divisions, prefixes)
        counts["townships"][how] += 1
        villages = [
            each
            for each in divisions.values()
            if each.level == VILLAGE and each.parent_code == entry.code
        ]
        taken = _villages(township, villages)
        counts["villages"] += taken
        if how != "unchanged" or taken["new"] + taken["changed"]:
            audit.record(
                by=by,
                action="导入区划",
                subject=township,
                after={"新增村": taken["new"], "更名村": taken["changed"]},
                township_id=township.pk,
            )
    return {
        what: tuple(count[how] for how in ("new", "changed", "unchanged"))
        for what, count in counts.items()
    }


def _township(entry, divisions, prefixes):
    county = divisions.get(entry.parent_code)
    above = [divisions.get(f"{entry.code[:digits]:0<12}") for digits in (2, 4)]
    said = {
        "name": entry.name,
        "county_code": entry.parent_code,
        "county_name": county.name if county else "",
        "province_and_city": "".join(each.name for each in above if each),
    }
    township = Township.objects.filter(code=entry.code).first()
    if township is None:
        # Three digits are enough for one county; a second county takes its whole code.
        prefix = entry.code[6:9] if entry.code[6:9] not in prefixes else entry.code[:9]
        prefixes.add(prefix)
        return Township.objects.create(code=entry.code, ledger_prefix=prefix, **said), "new"
    if all(getattr(township, name) == value for name, value in said.items()):
        return township, "unchanged"
    for name, value in said.items():
        setattr(township, name, value)
    township.save(update_fields=list(said))
    return township, "changed"


def _free_names(stored, entries):
    """A merged village that left the list keeps its rows, but hands its name on to the one that has it now."""
    listed, wanted = {e.code for e in entries}, {e.name for e in entries}
    for village in stored.values():
        if village.code not in listed and village.name in wanted:
            village.name = f"{village.name[:40]}（已撤并）"
            village.save(update_fields=["name"])


def _villages(township, entries):
    stored = {each.code: each for each in Village.objects.filter(township=township)}
    _free_names(stored, entries)
    new = [
        Village(township=township, code=e.code, name=e.name, pinyin=place_key(e.name))
        for e in entries
        if e.code not in stored
    ]
    renamed = [e for e in entries if e.code in stored and stored[e.code].name != e.name]
    # First out of each other's way: two villages may have exchanged names.
    for entry in renamed:
        Village.objects.filter(code=entry.code).update(name=f"更名中{entry.code}")
    for entry in renamed:
        Village.objects.filter(code=entry.code).update(
            name=entry.name, pinyin=place_key(entry.name)
        )
    Village.objects.bulk_create(new)
    return Counter(
        new=len(new), changed=len(renamed), unchanged=len(entries) - len(new) - len(renamed)
    )
