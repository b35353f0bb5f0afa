"""Bytes that somebody sent in become sheets of rows, or one sentence saying why not. Bounded throughout.

book = read_book(data)  # excel_read.py: told by content, never by name
"""
