"""A person's name with the words around it: the title before it ("Chinese foreign ministry spokesman …"), the apposition behind it ("…, a banker").

Finds extents and what they say; who the person is, is decided in ``people``.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.knowledge import Actor
from onrecord.reading.binding import FINITE
from onrecord.reading.names import Name, Names
from onrecord.reading.phrases import describe, lemma, place_at, state_or_body
from onrecord.reading.titles import Gender, titles

LONGEST_APPOSITION = 16


@dataclass(slots=True)
class Titled:
    """Tokens ``[left, right)`` around the name ``[start, end)``. ``role``: lower-case office words or ""; ``actors``: states and bodies they name.

    ``heads``: indices of the title nouns, which the parser may take for the head of the phrase; ``owner``: index of an unresolved possessor.
    """

    left: int
    right: int
    start: int
    end: int
    role: str = ""
    actors: tuple[Actor, ...] = ()
    heads: tuple[int, ...] = ()
    former: bool = False
    gender: Gender | None = None
    owner: int | None = None

    def covers(self) -> tuple[int, ...]:
        """The tokens that belong to the mention and are no mentions of their own: title, name and the noun of the apposition."""
        return (*range(self.left, self.end), *self.heads)


def titled(doc: Doc, names: Names, name: Name) -> Titled:
    """The name with its title and apposition."""
    start = name.start
    while start < name.end - 1 and is_role(doc[start]):
        start += 1  # known names may begin with a title ("King Abdullah II")
    left = _title_start(doc, names, start)
    found = Titled(left, name.end, start, name.end)
    if left < start:
        _read_title(doc, names, found)
    _read_owner(doc, names, found)
    _read_origin(doc, names, found)
    _read_apposition(doc, names, found)
    if not found.actors:
        _read_description(doc, names, found)
    return found


def is_role(token: Token) -> bool:
    """Whether a token is a noun for a person in an office or function."""
    return token.pos_ in ("NOUN", "PROPN") and lemma(token) in titles().person


def _title_start(doc: Doc, names: Names, start: int) -> int:
    """Where the title before a name begins; ``start`` where there is none."""
    stop, left, titled_by = doc[start].sent.start, start, -1
    if (
        start - 2 >= stop
        and doc[start - 1].text == ","
        and is_role(doc[start - 2])
        and (doc[start].dep_ == "appos" or doc[start].head.dep_ == "appos")
    ):
        left = start - 1  # "the ministry's spokesman, Shen Guofang"
    while left > stop:
        token = doc[left - 1]
        if token.text == ")" and left >= stop + 4 and doc[left - 3].text == "(":
            left -= 3
            continue
        name = names.at.get(token.i)
        if name is not None and not name.person:
            if not _joined(doc, left, name):
                break
            left = name.start
            continue
        step = _of(doc, names, left, start) or (_portfolio(doc, left) if left == start else 0)
        if step:
            left -= step
            titled_by = left if is_role(doc[left]) else titled_by
            continue
        if not _modifies(token, left, start):
            break
        left -= 1
        if is_role(token) or token.lower_ in titles().honorifics:
            titled_by = left
        if token.pos_ == "DET" or token.tag_ == "PRP$":
            break
    if titled_by < 0:
        return start
    while left < start and (doc[left].pos_ in ("PUNCT", "ADP", "CCONJ", "ADV") or doc[left].tag_ == "POS"):
        left += 1
    return left


def _joined(doc: Doc, left: int, name: Name) -> bool:
    """Whether a known name directly before the title found so far belongs to it ("Iranian president", "China's president")."""
    following = doc[left]
    if left == name.end and is_role(following):
        return True
    if left == name.end and doc[name.start - 1].lower_ in ("of", "for") and name.start > 1:
        return True
    if left == name.end and name.start >= 2 and doc[name.start - 1].lower_ == "the" and doc[name.start - 2].lower_ in ("of", "to"):
        return True
    if left == name.end and name.start >= 2 and doc[name.start - 1].lower_ == "to" and is_role(doc[name.start - 2]):
        return True
    if name.start >= 2 and doc[name.start - 1].lower_ == "the" and doc[name.start - 2].lower_ == "of":
        return True
    return following.tag_ == "POS" or doc[name.end - 1].dep_ in ("amod", "compound", "nmod", "poss", "dep", "npadvmod") or following.text == "("


def _of(doc: Doc, names: Names, left: int, start: int) -> int:
    """How many tokens of "of (the)" stand before a state or body inside a title ("Chief Cabinet Secretary of Japan Hayashi …"); 0 where none."""
    if left >= 5 and [t.lower_ for t in doc[left - 4 : left - 1]] == ["-", "in", "-"] and is_role(doc[left - 5]):
        return 4  # "chairman-in-office"
    if left >= 2 and doc[left - 1].lower_ == "of" and doc[left].pos_ in ("NOUN", "PROPN") and doc[left - 2].lower_ in titles().body:
        return 1  # "House of Representatives Speaker …"
    if left >= len(doc) or names.at.get(left) is None or names.at[left].person or any(is_role(t) for t in doc[left:start]):
        return 0  # "an aide to Netanyahu", "an aide to Israeli prime minister Netanyahu" are not Netanyahu
    if left >= 2 and doc[left - 1].lower_ in ("of", "for", "to") and is_role(doc[left - 2]):
        return 1
    if left >= 3 and doc[left - 1].lower_ == "the" and doc[left - 2].lower_ in ("of", "for", "to") and is_role(doc[left - 3]):
        return 2
    return 0


def _portfolio(doc: Doc, left: int) -> int:
    """How many tokens of "Secretary of State", "Minister for Foreign Affairs" stand before a name; 0 where none."""
    i = left - 1
    while i > max(0, left - 6) and (doc[i].pos_ in ("PROPN", "NOUN", "ADJ") or doc[i].lower_ == "and") and not is_role(doc[i]):
        i -= 1
    return left - i + 1 if 0 < i < left - 1 and doc[i].lower_ in ("of", "for") and is_role(doc[i - 1]) else 0


def _modifies(token: Token, left: int, start: int) -> bool:
    """Whether a token left of a name can belong to its title."""
    words = titles()
    low = token.lower_
    if low in words.times or token.ent_type_ in ("DATE", "TIME") or token.tag_ in FINITE:
        return False
    if is_role(token) or low in words.honorifics or low in words.qualifiers:
        return True
    if token.pos_ in ("NOUN", "PROPN", "ADJ") or token.tag_ in ("VBG", "VBN", "POS", "PRP$", "HYPH", "CD"):
        return (
            left <= token.head.i
            or token.tag_ in ("POS", "HYPH")
            or (token.head.i < start and token.dep_ in ("compound", "amod") and token.head.i >= left)
        )
    return token.pos_ == "DET" and low in ("the", "a", "an")


def _read_title(doc: Doc, names: Names, found: Titled) -> None:
    """What the words between the title's beginning and the name say."""
    words = titles()
    actors: list[Actor] = []
    role: list[str] = []
    heads: list[int] = []
    i = found.left
    while i < found.start:
        token, name = doc[i], names.at.get(i)
        actor = state_or_body(name) if name is not None and not name.person else None
        if name is not None and actor is not None:
            if "to" not in (doc[i - 1].lower_, doc[i - 2].lower_ if i > 1 else ""):
                actors.append(actor)  # an ambassador to China is not China's
            i = name.end
            continue
        end, home = place_at(doc, i, found.start) if name is None and not is_role(token) else (i, None)
        if home is not None and end < found.start:  # "Kharkiv Governor Oleh …"
            actors.append(home)
            i = end
            continue
        low = token.lower_
        if low in words.former:
            found.former = True
        if token.tag_ == "PRP$":
            found.owner = i
        elif token.tag_ == "POS" and role and not actors:
            found.owner, role = i - 1, []
        elif token.text == "-" and role and i + 1 < found.start:
            role.append("-")
        elif (
            (token.pos_ not in ("DET", "PUNCT", "ADP", "ADV", "CCONJ", "NUM") or (low in ("of", "for", "and") and role and i + 1 not in names.at))
            and low not in words.qualifiers
            and token.tag_ != "POS"
            and not low.endswith("-led")
        ):
            role.append(low)
        if is_role(token):
            heads.append(i)
        i += 1
    if heads and heads[-1] == found.start - 1 and role and doc[heads[-1]].lower_ == role[-1]:
        role[-1] = lemma(doc[heads[-1]])  # "Presidents Bush and Putin"
    found.role = " ".join(_office(" ".join(role).replace(" - ", "-").split()))
    found.actors, found.heads, found.gender = tuple(actors), tuple(heads), words.gender(role)


def _office(role: list[str]) -> list[str]:
    """Role words without honorifics; an honorific that is the whole title is an office only where it is one ("King")."""
    words = titles()
    kept = [w for w in role if w not in words.honorifics or w in words.person]
    while kept and kept[-1] in ("of", "for", "to", "and"):
        kept.pop()
    return kept if any(w in words.person or w.rstrip("s") in words.person for w in kept) else []


def _read_owner(doc: Doc, names: Names, found: Titled) -> None:
    """The state before a bare name ("Russia's Putin")."""
    if found.left == found.start and not found.actors and found.start > 1 and doc[found.start - 1].tag_ == "POS":
        actor = state_or_body(names.at.get(found.start - 2))
        found.actors = (actor,) if actor is not None and actor.kind == "state" else ()


def _read_origin(doc: Doc, names: Names, found: Titled) -> None:
    """The state after a name ("Presidents Leonid Kuchma of Ukraine and …")."""
    if found.actors or found.end + 1 >= len(doc) or doc[found.end].lower_ != "of":
        return
    name = names.at.get(found.end + 1)
    actor = state_or_body(name)
    if name is not None and actor is not None and actor.kind == "state":
        found.actors, found.right = (actor,), name.end


def _read_apposition(doc: Doc, names: Names, found: Titled) -> None:
    """An apposition after the name ("…, a spokesman for the German foreign ministry"), or "who is …": extends the mention and tells role and body."""
    comma = found.end
    if comma + 2 >= len(doc) or doc[comma].text != ",":
        return
    begin = comma + 1
    if doc[begin].like_num and begin + 2 < len(doc) and doc[begin + 1].text == ",":
        begin += 2  # "Farid Haddad, 43, a former minister"
    if doc[begin].lower_ in ("a", "an", "the") and not found.actors:
        found.actors = _national(doc, names, begin + 1)
    clause = doc[begin].lower_ == "who" and doc[begin + 1].lemma_ in ("be", "head", "lead")
    if clause:
        begin += 2
    head = _apposition_head(doc, names, begin)
    if head is None:
        return
    phrase = describe(doc, names, head)
    if phrase.left > begin + 2:
        return
    if not clause:
        found.right = _apposition_end(doc, head)
    found.heads = (*found.heads, head.i)
    if not found.role:
        found.role = phrase.role
    if not found.actors:
        found.actors = phrase.actors or _bodies_of(doc, names, head)
    found.former = found.former or phrase.former
    found.gender = found.gender or phrase.gender


def _national(doc: Doc, names: Names, at: int) -> tuple[Actor, ...]:
    """The state of "a Russian" that is all an apposition says."""
    name = names.at.get(at)
    if name is None or name.end >= len(doc) or not any(a.kind in ("demonym", "people") for a in name.aliases):
        return ()
    actor = state_or_body(name)
    return (actor,) if actor is not None and (doc[name.end].is_punct or doc[name.end].lower_ == "who") else ()


def _read_description(doc: Doc, names: Names, found: Titled) -> None:
    """The description that a name between commas explains ("The Chadian ambassador to Paris, Idriss Mahamat, …")."""
    comma, end = found.left - 1, found.right
    if comma < 2 or doc[comma].text != "," or end >= len(doc) or doc[end].text not in (",", ".", ")"):
        return
    head = _described_head(doc, names, comma, doc[found.start].sent.start)
    if head is None:
        return
    phrase = describe(doc, names, head)
    if phrase.plural or phrase.noun in titles().relational:
        return
    if found.owner is not None or not (phrase.actors or phrase.owner is not None or not found.role):
        return
    found.left, found.heads = phrase.left, (*found.heads, head.i)
    found.role, found.actors, found.former, found.gender = phrase.role, phrase.actors, phrase.former, phrase.gender or found.gender
    found.owner = phrase.owner if not phrase.actors else None


def _described_head(doc: Doc, names: Names, comma: int, first: int) -> Token | None:
    """The office noun of the phrase that ends at a comma: nothing but names, nouns and prepositions stands between."""
    for i in range(comma - 1, max(first, comma - 10) - 1, -1):
        token, name = doc[i], names.at.get(i)
        if name is not None and name.person:
            return None
        if name is None and is_role(token):
            return token if token.tag_ not in ("NNS", "NNPS") else None
        if name is None and token.pos_ not in ("ADP", "DET", "NOUN", "PROPN", "ADJ", "PART") and token.text not in ("-", "(", ")"):
            return None
    return None


def _bodies_of(doc: Doc, names: Names, head: Token) -> tuple[Actor, ...]:
    """States named anywhere inside "of …" of an apposition ("director of Washington's quasi-embassy")."""
    end = _apposition_end(doc, head)
    found = [state_or_body(names.at.get(i)) for i in range(head.i + 1, end)]
    return tuple(dict.fromkeys(a for a in found if a is not None))[:1]


def _apposition_head(doc: Doc, names: Names, begin: int) -> Token | None:
    """The title noun that heads the words from ``begin``, if they are an apposition."""
    limit = min(len(doc), begin + 9)
    head: Token | None = None
    for i in range(begin, limit):
        token = doc[i]
        if is_role(token) and names.at.get(i) is None:
            head = token
            continue
        if head is not None:
            break
        name = names.at.get(i)
        if name is not None and name.person:
            return None
        if not (
            name is not None or token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM") or token.tag_ in ("POS", "HYPH", "VBG", "VBN", "PRP$", "RB")
        ):
            return None
    if head is None or head.tag_ in ("NNS", "NNPS"):
        return None
    following = doc[head.i + 1] if head.i + 1 < len(doc) else None
    if following is not None and following.i in names.at and names.at[following.i].person:
        return None  # ", Foreign Minister Taro Aso": the title of the next name
    return head


def _apposition_end(doc: Doc, head: Token) -> int:
    """Where the apposition ends: at the next comma, dash, bracket, verb or full stop."""
    end = head.i + 1
    stop = min(doc[head.i].sent.end, head.i + LONGEST_APPOSITION)
    while end < stop and doc[end].text not in (",", ".", ";", ":", "--", "–", "—", '"', "”") and doc[end].pos_ not in ("VERB", "AUX"):
        end += 1
    return end
