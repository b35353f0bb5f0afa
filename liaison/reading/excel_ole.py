"""What stands before the parser of .xls: which old Office file is it, and is its workbook within bounds?

The workbook's stream is taken out, scanned record by record (excel_biff.py) and put alone into a new
container; the parser only ever sees that one.
"""

from liaison.reading.excel_biff import scan_workbook
from liaison.reading.excel_guard import Package
from liaison.reading.file_refused import FileRefused
from liaison.reading.ole_file import BrokenFile, OleFile, write_ole

# A stream or folder at the top -> what the file is.
NAMED_BY = (
    ("WordDocument", "文字文档，不是电子表格"),
    ("PowerPoint Document", "演示文稿，不是电子表格"),
    ("PP40", "演示文稿，不是电子表格"),
    ("VisioDocument", "图形文档，不是电子表格"),
    ("__properties_version1.0", "邮件，不是电子表格"),
    ("CONTENTS", "旧版 Works 文档（.wps），不是电子表格"),
    ("MatOST", "旧版 Works 文档（.wps），不是电子表格"),
    ("FileHeader", "HWP 文档，不是电子表格"),
    ("!_StringData", "安装程序，不是电子表格"),
)
WORKBOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")  # the last two: other programs' spelling
OTHER = "WPS 或旧版 Office 的内部格式（如 .et、.wps），里面没有能读的工作簿"


def open_workbook(data, budget):
    """Check `data` (an OLE file) and hand back a Package of kind xls.

    Raises FileRefused: F-FORMAT, F-BROKEN, F-PASSWORD, F-SIZE, F-ROWS or F-EMPTY.
    """
    try:
        ole = OleFile(data)
        names = set(ole.names)
        if "EncryptedPackage" in names:
            raise FileRefused("F-PASSWORD")
        name = next((name for name in WORKBOOKS if name in names), None)
        if name is None:
            raise FileRefused("F-FORMAT", f"这是{_what(names)}")
        scanned = scan_workbook(ole.read(name), budget)
    except BrokenFile as error:
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        raise FileRefused("F-PASSWORD" if is_locked else "F-BROKEN") from error
    packed = write_ole("Workbook" if scanned.version == 8 else "Book", scanned.stream)
    return Package("xls", packed, scanned.date_1904, scanned.scans)


def _what(names):
    return next((what for name, what in NAMED_BY if name in names), OTHER)
