"""Lists of people and of liaison days, as an office sends them.

    read_book (liaison.reading.excel_read)   bytes -> sheets of rows
    heads, words                     which column is which, two-level heads included
    plan_rows, cadre_rows            sheets -> rows, refused rows, warnings; no database
    people, posts, villages' teams   against what is stored: who is meant, which post, which team
    plan_stage, cadre_stage          new, changed, unchanged, missing
    writing                          one transaction, with its lines in the trail

The rules are in README.md beside this file.
"""
