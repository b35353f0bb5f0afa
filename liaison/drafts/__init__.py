"""Nothing is lost: what a browser keeps of a form not saved yet, and the answer that lets it forget.

The words stay in the browser, encrypted; the server gives the key (``keys.py``), and tells a script that
sends a form whether it was stored (``answers.py``, ``middleware.py``). No table: ``Submission`` is the proof.
See docs/decisions/0035.
"""
