"""Papers the office keeps: what each says, how it is laid out, the shipped .docx and a township's own.

``kinds.py`` is the registry, ``layout.py`` the shape, ``shipped.py`` the .docx made of it, ``rendering.py``
fills a .docx in, ``checking.py`` stands before a township's own, ``actions.py`` keeps it (decision 0034).
"""
