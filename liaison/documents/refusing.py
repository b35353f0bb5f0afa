"""Why a template is not taken, in words for the person who sent it."""


class DocumentRefused(Exception):
    """Nothing was kept. ``str()`` is a Chinese sentence that says what to do."""

    @classmethod
    def of_template(cls, error, unknown: str) -> "DocumentRefused":
        """Of what jinja says.

        Args:
            error: a TemplateError. unknown: the field it does not know, "" when it is another fault.
        """
        if unknown:
            return cls.of_unknown([unknown])
        line = "；".join(str(getattr(error, "message", "") or "").split("\n"))[:80]
        return cls(
            "模板里有标记没有写对：请检查每个 {{ 和 }}、{% 和 %} 是否成对，"
            f"每个 for 后面是否有 endfor。（{line}）"
        )

    @classmethod
    def of_unknown(cls, names) -> "DocumentRefused":
        """Fields nobody knows, each as the template writes it."""
        told = "、".join(f"“{name}”" for name in names)
        return cls(f"模板里有不认识的栏目{told}，请对照“栏目说明”改正后再上传。")

    @classmethod
    def of_way(cls, what: str) -> "DocumentRefused":
        """Something templates may not do."""
        return cls(
            f"模板里有不允许的写法“{what}”：只能写栏目名、for 循环和 if 判断，请对照“栏目说明”改正。"
        )
