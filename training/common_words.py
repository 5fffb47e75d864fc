r"""Make ``languages/en/common_words.toml``: how common each word is in passages of news, in half nats.

    cd ../shared/data && python -m training.common_words attribution/polnear_{train,dev}.jsonl places/lgl_dev.jsonl \
        duplicates/syndication_dev.jsonl time/timebank_dev.jsonl stance/dse_train.jsonl stance/newsmtsc_train.jsonl

Each file has rows with a ``text``; a row with ``op`` other than "orig" is a copy and is passed over. Prints the table.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log
from pathlib import Path

from onrecord.across.terms import key_of

PASSAGE = 100
"""Words a passage: about the beginning of a report, so that long and short texts count alike."""
LEAST, RARE = 16, 14
"""A word in fewer passages is rare: 14 half nats, one passage in a thousand."""
NOTHING = 4
"""A word in more than one passage in seven (below 2 nats) says nothing about what a text is about."""
NAME, NAME_LEVEL = 0.9, 6
"""A word so often written with a capital is a name; who is in the news changes, so that no name counts as commoner than one passage in twenty."""

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")


def passages(paths: Iterable[str], capital: Counter[str], inside: Counter[str]) -> Iterator[set[str]]:
    """The words of each passage. Counts how often each stands inside a sentence, and how often with a capital."""
    short: list[str] = []
    for path in paths:
        for line in Path(path).read_text(encoding="utf8").split("\n"):
            if not line:
                continue
            row = json.loads(line)
            if row.get("op", "orig") != "orig":
                continue
            words = list(_keys(row["text"], capital, inside))
            if len(words) < PASSAGE:  # single sentences, put together
                short += words
                if len(short) < PASSAGE:
                    continue
                words, short = short, []
            for start in range(0, max(1, len(words) - PASSAGE // 2), PASSAGE):
                yield set(words[start : start + PASSAGE])


def _keys(text: str, capital: Counter[str], inside: Counter[str]) -> Iterator[str]:
    for match in _WORD.finditer(text):
        key = key_of(match.group())
        if re.search(r"[\w,;)] $", text[max(0, match.start() - 2) : match.start()]):
            inside[key] += 1
            capital[key] += match.group()[0].isupper()
        yield key


def main(paths: list[str]) -> None:
    """Print the table."""
    capital: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    found: Counter[str] = Counter()
    total = 0
    for passage in passages(paths, capital, inside):
        total += 1
        found.update(passage)
    levels: dict[int, list[str]] = {}
    for word, count in found.items():
        level = round(2 * log(total / count))
        if inside[word] and capital[word] / inside[word] > NAME:
            level = max(level, NAME_LEVEL)
        if count >= LEAST and level < RARE:
            levels.setdefault(level if level >= NOTHING else 0, []).append(word)
    sys.stdout.write("".join(f"{line}\n" for line in _table(levels, total)))


def _table(levels: Mapping[int, list[str]], total: int) -> Iterator[str]:
    yield f"# How common words are in news: the logarithm of one over the share of {total} passages of {PASSAGE} words that have it, in half nats."
    yield "# A word is given by its first seven letters, folded. Counted in PolNeAR (2015-2016), LGL (2009), TimeBank (1998) and sentences of DSE and"
    yield "# NewsMTSC by training/common_words.py; figures about words, no sentence of theirs. Level 0: words that say nothing. Other words: `rare`."
    yield f"rare = {RARE}"
    yield from ("", "[levels]")
    for level in sorted(levels):
        lines = textwrap.wrap(" ".join(sorted(levels[level])), 140, break_long_words=False, break_on_hyphens=False)
        yield from (f"{level} = [", *(f"  {json.dumps(line, ensure_ascii=False)}," for line in lines), "]")


if __name__ == "__main__":
    main(sys.argv[1:])
