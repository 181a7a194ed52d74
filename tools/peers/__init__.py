"""Which function of which other library equals which of ours: `make answers`.

`entries_*.py` say what is compared with what, `data.py` on which inputs.
`answers.py` asks the others and writes `answers.json`; `page.py` asks this library
and writes `docs/peers.md`. Only `answers.py` needs the others installed.
"""
