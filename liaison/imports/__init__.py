"""Files that offices send in: read, checked, previewed, taken in one act, taken back (README.md)."""
