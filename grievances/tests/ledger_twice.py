"""An older ledger of two rows, to be brought in again with some cells said otherwise."""

from grievances.tests.older_ledgers import workbook

HEAD = ["编号", "登记日期", "村", "反映人", "联系电话", "反映的主要问题", "是否办结", "办结日期"]
ROW = ["A1", "2019-03-05", "石桥村", "周大山", "15400001234", "路灯不亮", "否", None]
OTHER = ["A2", "2019-03-08", "石桥村", "周小山", None, "水渠堵塞", "是", "2019-03-20"]


def file(*rows):
    """A ledger of these rows."""
    return workbook(HEAD, *rows)


def changed(row, **said):
    """A row with some cells said otherwise."""
    return [said.get(head, cell) for head, cell in zip(HEAD, row, strict=True)]
