"""What the tests of the statement tagger share: a tokenizer that knows letters only, documents read as far as the rules, windows made by hand."""

from __future__ import annotations

import functools
import string

from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

from onrecord import Document, Reader
from onrecord.extract.statements.windows import Window
from onrecord.model import document_id
from onrecord.reading.analysis import Analysis

STEPS = ("parse.spacy", "quotations.marks", "times.en", "places.kb", "actors.kb", "coreference.rules", "statements.rules")
UNKNOWN = "[UNK]"
WHOLE = ("the", "minister", "said", "talks", "would", "resume", "and", "that")


@functools.cache
def tokenizer() -> Tokenizer:
    """Word pieces as the tagger's own tokenizer makes them, from a vocabulary of a few words, letters and marks."""
    letters = [*string.ascii_lowercase, *string.digits]
    words = ["[PAD]", UNKNOWN, "[CLS]", "[SEP]", *WHOLE, *letters, *(f"##{c}" for c in letters), *string.punctuation, *"“”‘’…—«»"]
    made = Tokenizer(WordPiece({word: i for i, word in enumerate(words)}, unk_token=UNKNOWN, max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


@functools.cache
def _reader() -> Reader:
    return Reader(pipeline=STEPS)


def analysed(text: str) -> Analysis:
    """``text`` read as far as the rules find statements."""
    published = "2012-03-05"
    return _reader().analyse(Document(id=document_id(text, None, published), text=text, published=published))


def window_of(length: int, marks: tuple[int, ...] = ()) -> Window:
    """A window of ``length`` pieces of one character each, two apart; ``marks`` are without text, and so are first and last."""
    bare = {0, length - 1, *marks}
    offsets = [(0, 0) if i in bare else (2 * i, 2 * i + 1) for i in range(length)]
    return Window([1] * length, offsets, [0] * length, [0] * length, [0] * length)
