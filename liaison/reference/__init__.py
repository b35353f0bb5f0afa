"""Reference tables: code lists and policies as rows that the office edits, takes out and brings back in."""
