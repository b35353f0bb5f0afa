"""An older ledger (历史台账) comes in: words → rows → compared with the ledger → one transaction.

    words.py, days.py    what offices call columns, and how they write days, limits and 是否办结
    reading.py           one row of a table -> one Matter, with whatever is wrong with it
    parse.py             a file -> matters, refused rows, warnings
    matching.py          which stored matter is meant
    stage.py             new, changed, unchanged, missing; nothing is stored
    storing.py           the transaction

The rules are in README.md beside this file.
"""
