"""The roster (花名册): from an office's workbook to households and residents.

    read_book (liaison.reading.excel_read)  bytes -> sheets of rows
    parse.parse_roster              sheets -> households, residents, refused rows, warnings
    stage                           the same against what is stored: new, changed, moved, missing
    commit                          one transaction

The rules are numbered in README.md beside this file.
"""
