"""Formal papers of a matter: what each says (kinds), filled in from the saved rows (facts), when it is offered."""
