"""Spreadsheets and CSV files in and out.

`rows` says what a table is, `reading` makes rows of bytes, `writing` bytes of rows.

Nothing is imported here, so that pure rules can use `rows` without loading a spreadsheet library.
"""
