"""Names by sound: what a clerk types instead of characters."""

from pypinyin import Style, lazy_pinyin


def search_key(name: str) -> str:
    """ "zhangsan zs" for 张三: the full sound, a blank, the initials; lower case, at most 60 characters."""
    full = "".join(lazy_pinyin(name))
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{full} {initials}".lower()[:60] if name else ""
