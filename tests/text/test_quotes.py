import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quotes import quoted_stretches


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We will stay,” she said. “We must.”", ["“We will stay,”", "“We must.”"]),
        ('"We will stay," she said. "We must."', ['"We will stay,"', '"We must."']),
        ("''We will stay,'' she said.", ["''We will stay,''"]),
        ("``We will stay,'' she said.", ["``We will stay,''"]),
        ("'We will stay,' she said of the ministers' plan.", ["'We will stay,'"]),
        ("‘We took the ministers’ plan,’ she said.", ["‘We took the ministers’ plan,’"]),
        ("“He said ‘never’ to me,” she recalled.", ["“He said ‘never’ to me,”"]),
        ("The ministers' plan isn't new; it's from the '90s.", []),
        ("“We will stay,“ she said.", ["“We will stay,“"]),
        ('It would "act "if the fleet "sailed" north.', ['"act "', '"sailed"']),
        ("“We will stay. It goes on", ["“We will stay. It goes on"]),
        ("She said, “We will stay. “We must.”", ["“We will stay. ", "“We must.”"]),
        ("We will stay,” she said.", []),
        ("«We will stay», she said.", ["«We will stay»"]),
        ("", []),
    ],
)
def test_quotations_are_paired(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in quoted_stretches(text)] == quoted


def test_a_quotation_without_end_is_marked_so() -> None:
    assert [q.closed for q in quoted_stretches("“A.” He said: “B")] == [True, False]


@given(st.text(alphabet="aA s.,'\"“”‘’«»`\n"))
def test_stretches_are_ordered_disjoint_and_inside(text: str) -> None:
    found = quoted_stretches(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
