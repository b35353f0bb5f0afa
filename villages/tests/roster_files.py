"""Small invented rosters for tests: rows in, a CSV's bytes out."""

from stdnum.cn import ric

HEAD = "组,户编号,户主,姓名,与户主关系,性别,身份证号,联系电话,人员类别,家庭住址,备注"


def number(born="19700101", order=901, region="430181"):
    """A well-formed ID number; order codes 900-989 belong to nobody. Odd is a man's."""
    stem = f"{region}{born}{order}"
    return stem + ric.calc_check_digit(stem + "0")


def row(name="周大山", relation="户主", *, group="第1组", home="001", head="周大山", **facts):
    """One line of HEAD; `facts`: id, phone, tags, address, remark."""
    cells = [group, home, head, name, relation, "", facts.get("id", ""), facts.get("phone", "")]
    cells += [facts.get("tags", ""), facts.get("address", "1号"), facts.get("remark", "")]
    return ",".join(cells)


def roster(*rows, head=HEAD):
    """The file's bytes."""
    return "\n".join([head, *rows]).encode()
