"""The working layers of one document while it is read. Never stored; the frozen records made from it are."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from onrecord.model import (
    Document,
    Event,
    Link,
    Participant,
    Place,
    Position,
    Problem,
    Relation,
    Span,
    Statement,
    TimeExpression,
    Why,
)
from onrecord.reading.names import Names
from onrecord.reading.persons import Persons
from onrecord.text.paragraphs import Paragraph


@dataclass(slots=True)
class Block:
    """One paragraph of prose with its parse. ``offset`` is where ``doc`` begins in the document text.

    ``text``, ``tokens`` and ``sentences`` are those of ``doc``, made once: spaCy builds them anew on every access, and readers pass over them often.
    ``capitals``: the tokens that begin with a capital letter.
    """

    index: int
    paragraph: Paragraph
    offset: int
    doc: Doc
    text: str = field(init=False)
    tokens: tuple[Token, ...] = field(init=False)
    sentences: tuple[TokenSpan, ...] = field(init=False)
    capitals: tuple[Token, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Take text, tokens and sentences out of the parse."""
        self.text = self.doc.text
        self.tokens = tuple(self.doc)
        self.sentences = tuple(self.doc.sents)
        self.capitals = tuple(t for t in self.tokens if self.text[t.idx].isupper())

    def start(self, token: Token) -> int:
        """Where ``token`` begins in the document text."""
        return self.offset + token.idx

    def end(self, token: Token) -> int:
        """Where ``token`` ends in the document text (exclusive)."""
        return self.offset + token.idx + len(token.text)


@dataclass(slots=True)
class Quotation:
    """A stretch between quotation marks. ``start``/``end`` include the marks; an unclosed one ends with its paragraph and has ``closed`` False."""

    block: int
    start: int
    end: int
    closed: bool = True


@dataclass(slots=True)
class Mention:
    """A phrase that names actors. ``root`` is the index of its head token in the block's doc.

    Usually one participant; several where one phrase names several ("the two leaders"). A participant with ``actor`` None says why.
    """

    block: int
    root: int
    span: Span
    participants: tuple[Participant, ...]


@dataclass(slots=True)
class Chain:
    """A passage and those who relay it, nearest the words first ("According to the ministry and CCTV, …")."""

    start: int
    end: int
    via: tuple[Participant, ...]


TokenRange = tuple[int, int]
"""Half-open range of token indices in one block's doc."""
Offsets = tuple[int, int]
"""Half-open range of code points in the document text."""


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    Who (a noun's head token, or nobody) says what (document offsets), by which words (a token range), found by which rule.

    ``rule`` is the key of the reporting table's row ("verb say that"); ``owned`` marks a speaker who is the owner of the cue noun ("his support").
    """

    block: Block
    rule: str
    cue: TokenRange | None
    speaker: Token | None
    content: list[Offsets]
    confidence: float
    addressees: tuple[Token, ...] = ()
    relays: tuple[Token, ...] = ()
    quoted: bool = False

    @property
    def size(self) -> int:
        """Code points of content."""
        return sum(end - start for start, end in self.content)


@dataclass(slots=True)
class Spoken:
    """A draft that survived, with its spans and participants. ``confidence`` and ``why`` are what the record will say."""

    draft: Draft
    speaker: Participant
    cue: Span | None
    content: tuple[Span, ...]
    relays: tuple[Participant, ...]
    parent: Spoken | None = None
    confidence: float = 0.5
    why: tuple[Why, ...] = ()


@dataclass(slots=True)
class Analysis:
    """Everything known about one document so far. Components fill the layers they declare."""

    document: Document
    paragraphs: tuple[Paragraph, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    mention_at: dict[tuple[int, int], Mention] = field(default_factory=dict)
    names: dict[int, Names] = field(default_factory=dict)
    persons: Persons = field(default_factory=Persons)
    spoken: list[Spoken] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _timed: tuple[list[TimeExpression], dict[int, list[TimeExpression]]] | None = field(default=None, init=False, repr=False)
    _placed: tuple[list[Place], dict[int, list[Place]]] | None = field(default=None, init=False, repr=False)
    _said: tuple[list[Statement], dict[int, list[tuple[Span, Statement]]]] | None = field(default=None, init=False, repr=False)

    def span(self, start: int, end: int) -> Span:
        """The span ``[start, end)`` of the document, without white space at either end."""
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span.of(text, start, end)

    def token_span(self, block: Block, tokens: TokenSpan) -> Span:
        """The document span of a run of tokens."""
        return self.span(block.offset + tokens.start_char, block.offset + tokens.end_char)

    def add_mention(self, mention: Mention) -> None:
        """Record a mention under its head token; a later one replaces it."""
        old = self.mention_at.get((mention.block, mention.root))
        if old is not None:
            self.mentions.remove(old)
        self.mentions.append(mention)
        self.mention_at[mention.block, mention.root] = mention

    def mention(self, block: Block, token: Token) -> Mention | None:
        """The mention headed by ``token``, if any."""
        return self.mention_at.get((block.index, token.i))

    def block_at(self, offset: int) -> int:
        """The index of the block that ``offset`` lies in or behind; 0 before the first."""
        return max(bisect_right(self.blocks, offset, key=lambda b: b.offset) - 1, 0)

    def times_in(self, block: int) -> list[TimeExpression]:
        """The time expressions of a block. Indexed once, when they are complete."""
        if self._timed is None or self._timed[0] is not self.times:
            index: dict[int, list[TimeExpression]] = {}
            for time in self.times:
                index.setdefault(self.block_at(time.span.start), []).append(time)
            self._timed = self.times, index
        return self._timed[1].get(block, [])

    def places_in(self, block: int) -> list[Place]:
        """The places of a block. Indexed once, when they are complete."""
        if self._placed is None or self._placed[0] is not self.places:
            index: dict[int, list[Place]] = {}
            for place in self.places:
                if place.span is not None:
                    index.setdefault(self.block_at(place.span.start), []).append(place)
            self._placed = self.places, index
        return self._placed[1].get(block, [])

    def said_in(self, block: int) -> list[tuple[Span, Statement]]:
        """The statements of a block, each with the part of its content that begins there. Indexed once, when the statements are complete."""
        if self._said is None or self._said[0] is not self.statements:
            index: dict[int, list[tuple[Span, Statement]]] = {}
            for statement in self.statements:
                for content in statement.content:
                    index.setdefault(self.block_at(content.start), []).append((content, statement))
            self._said = self.statements, index
        return self._said[1].get(block, [])

    def statement_at(self, span: Span) -> Statement | None:
        """The innermost statement whose content covers ``span``, if any (its ``statement_id`` for records found inside)."""
        inside = [s for content, s in self.said_in(self.block_at(span.start)) if content.covers(span)]
        return min(inside, key=lambda s: sum(c.end - c.start for c in s.content), default=None)

    def via_at(self, span: Span) -> tuple[Participant, ...]:
        """Who relays the passage ``span`` lies in, by the report's own chains."""
        for chain in self.chains:
            if chain.start <= span.start and span.end <= chain.end:
                return chain.via
        return ()
