"""Gives the fuzzers the corpus to begin with: seed.py CORPUS REPLIES BOUNCES."""
import json
import pathlib
import sys

corpus, replies, bounces = map(pathlib.Path, sys.argv[1:])
for file in corpus.glob("*.jsonl"):
    for number, line in enumerate(file.read_text().splitlines()):
        (replies / f"{file.stem}-{number}").write_text(json.loads(line)["input"])
for file in (corpus / "bounces").glob("*.eml"):
    kind = b"\x01" if file.stem.endswith("-delivery-status") else b"\x00"
    (bounces / file.stem).write_bytes(kind + file.read_bytes())
