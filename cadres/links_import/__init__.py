"""包户联系表 as offices send it: which household, whose cadre, whose 村民代表."""
