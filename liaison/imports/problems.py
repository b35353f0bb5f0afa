"""Every reason a row is refused or warned about, in words a clerk can act on; each kind of file brings its own."""

from dataclasses import dataclass

# code -> (what is wrong, what to do). {} takes the detail of the case. R- refuses the row, W- warns.
CODES: dict[str, tuple[str, str]] = {}


def add_codes(codes: dict[str, tuple[str, str]]) -> None:
    """Enter the codes of a kind of file.

    Raises:
        ValueError: a code means something else already.
    """
    for code, said in codes.items():
        if CODES.setdefault(code, said) != said:
            raise ValueError(f"code {code} has two meanings")


@dataclass(frozen=True)
class Problem:
    """One refused row or one warning. `row` counts from 1 as on the screen; `column` is a letter; `value` is masked."""

    sheet: str
    row: int
    column: str
    head: str
    value: str
    code: str
    detail: str = ""

    @property
    def reason(self):
        """What is wrong, one Chinese sentence without a full stop."""
        return CODES[self.code][0].format(self.detail)

    @property
    def fix(self):
        """What to do about it."""
        return CODES[self.code][1]

    @property
    def refused(self):
        """True when the row was not taken."""
        return self.code.startswith("R-")

    def as_json(self):
        """The object the import commands print with ``--json``."""
        keys = ("sheet", "row", "column", "value", "code", "reason", "fix")
        return {key: getattr(self, key) for key in keys}
