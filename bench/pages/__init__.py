"""Newspaper pages whose articles, order and kinds of lines are known, set from articles and damaged on purpose.

``python -m bench.pages --corpus DIR --out DIR --level mixed --count 100 --seed 1``; what a page and its labels hold
says ``docs/reading-evidence.md``. No text of any paper lies in this package, and neither texts nor pages belong into
the repository.
"""
