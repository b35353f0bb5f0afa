"""One row of an older ledger, some cells said otherwise."""

from grievances.models import Grievance
from grievances.tests.older_ledgers import take, workbook

HEAD = ["编号", "登记日期", "村", "反映人", "反映的主要问题", "是否办结", "办结日期"]
ROW = ["A1", "2019-03-05", "石桥村", "周大山", "路灯不亮", "是", "2019-03-09"]


def row(**said):
    """ROW with some cells said otherwise, by head."""
    return [said.get(head, cell) for head, cell in zip(HEAD, ROW, strict=True)]


def only(township, *rows, head=HEAD, **book):
    """The one matter of a file, taken in; its file beside it."""
    ledger = take(workbook(head, *rows, **book), township)
    return Grievance.objects.get(), ledger
