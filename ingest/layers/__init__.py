"""Text layers that lie: text that looks right on the page and is wrong as text.

`mending.py` is the way in: it takes the pages of a file and gives them back as they read. One notion a file
besides: how like language a text is (`plausibility.py`, `vocabulary.py`), which pages deserve a closer look
(`suspicion.py`), and one file for each kind of lie. Nothing here knows of PDF.
"""
