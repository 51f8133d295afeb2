"""What else could answer a search on the same texts: LIKE, ripgrep and tantivy; they give the cases, or how many."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from core.text.folding import tokens_of

SEP = "\x1f"
"""Between the fields of a case in a line of text."""
_HEAP = 200_000_000
Ask = Callable[[Sequence[str]], int]


def like(path: Path, rows: Iterable[str]) -> Ask:
    """Scan a table of the folded texts."""
    new = not path.exists()
    db = sqlite3.connect(path)
    if new:
        db.execute("CREATE TABLE cases (num INTEGER PRIMARY KEY, text TEXT)")
        db.executemany("INSERT INTO cases (text) VALUES (?)", ((row,) for row in rows))
        db.commit()

    def ask(words: Sequence[str]) -> int:
        where = " AND ".join(["text LIKE ?"] * len(words))
        return len(db.execute(f"SELECT num FROM cases WHERE {where}", [f"%{word}%" for word in words]).fetchall())

    return ask


def ripgrep(lines: Path) -> Ask | None:
    """Scan a file of the folded texts for the first word (further words would need another run); None without it."""
    if not shutil.which("rg"):
        return None

    def ask(words: Sequence[str]) -> int:
        command = ["rg", "-F", "-n", "-o", "-m", "1000000", "--", words[0], str(lines)]
        done = subprocess.run(command, capture_output=True)
        return len({line.split(b":", 1)[0] for line in done.stdout.splitlines()})

    return ask


def tantivy(folder: Path, rows: Iterable[str]) -> Ask | None:
    """Ask an index of the same pairs for the number of hits and the best fifty; None where it is not installed."""
    try:
        import tantivy as made
    except ImportError:
        return None
    schema = made.SchemaBuilder()
    schema.add_text_field("pairs", tokenizer_name="apart", index_option="position")
    schema.add_text_field("singles", tokenizer_name="apart", index_option="basic")
    built = schema.build()
    new = not folder.exists()
    folder.mkdir(exist_ok=True)
    index = made.Index(built, path=str(folder))
    index.register_tokenizer("apart", made.TextAnalyzerBuilder(made.Tokenizer.whitespace()).build())
    if new:
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for row in rows:
            writer.add_document(made.Document(pairs=tokens_of(row.split(SEP)), singles=" ".join({*row})))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(words: Sequence[str]) -> int:
        parts = []
        for word in words:
            pairs = tokens_of([word]).split(" ")[:-2]
            if len(pairs) > 1:
                parts.append(made.Query.phrase_query(built, "pairs", pairs))
            else:
                field, term = ("pairs", pairs[0]) if pairs else ("singles", word)
                parts.append(made.Query.term_query(built, field, term))
        query = made.Query.boolean_query([(made.Occur.Must, part) for part in parts])
        return int(searcher.search(query, limit=50).count)

    return ask
