"""公示 of matters: which rows (choosing), in what words (wording), laid out once for screen, wall and sheet (board)."""
