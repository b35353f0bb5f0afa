"""Why a whole file is refused, in words for the person who sent it."""

# code -> (what is wrong, what to do)
FILE_CODES = {
    "F-FORMAT": (
        "不是本系统能读的表格格式",
        "请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传",
    ),
    "F-BROKEN": (
        "文件不完整或已损坏，读不出来",
        "请在电脑上确认能打开，另存为新的 .xlsx 后再上传",
    ),
    "F-PASSWORD": ("文件设有打开密码", "请取消密码后另存，再上传"),
    "F-SIZE": (
        "文件过大，或展开后过大",
        "请删除表格之外的空行、空列和图片，或按村分成几个文件再上传",
    ),
    "F-ROWS": (
        "行数超过 200000 行",
        "请按村分成几个文件；如果表尾有零散内容，请删除后再上传",
    ),
    "F-HEADER": (
        "没有找到表头",
        "表头应在前 20 行内，至少有“姓名”和另外两个栏目，请对照导入模板修改后再上传",
    ),
    "F-EMPTY": ("文件里没有数据", "请确认选对了文件，填好内容后再上传"),
}


class FileRefused(Exception):
    """Nothing of the file was taken. `code` is one of FILE_CODES, `message` a Chinese sentence."""

    def __init__(self, code, detail=""):
        wrong, fix = FILE_CODES[code]
        self.code = code
        self.message = f"{wrong}（{detail}）。{fix}。" if detail else f"{wrong}。{fix}。"
        super().__init__(self.message)
