"""What reports are called: by their title, or by their first words, marked as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Document
from onrecord.query.headings import first_words, heading


@pytest.mark.parametrize(
    ("title", "text", "called"),
    [
        ("Talks begin", "Speaking in Lutha, she agreed.", "Talks begin"),
        ("  Talks\n begin ", "Speaking in Lutha, she agreed.", "Talks begin"),
        (None, "Speaking in Lutha, she agreed.", "“Speaking in Lutha, she agreed.” (no title)"),
        (" ", "\n\n Speaking in Lutha.\nShe agreed.", "“Speaking in Lutha. …” (no title)"),
        (None, "one two three four five six seven eight nine", "“one two three four five six seven eight …” (no title)"),
        (None, "a" * 100, f"“{'a' * 70} …” (no title)"),
        (None, "Ruritania " * 20, f"“{' '.join(['Ruritania'] * 7)} …” (no title)"),
        (None, " \n ", "(no title)"),
        (None, "", "(no title)"),
    ],
)
def test_a_report_is_called(title: str | None, text: str, called: str) -> None:
    assert heading(Document("0" * 16, text, title=title)) == called


@given(st.text())
def test_first_words_are_the_first_words(text: str) -> None:
    shown = first_words(text)
    words = " ".join(text.split())
    assert shown == words or words.startswith(shown.removesuffix(" …"))
    assert len(shown) <= 72
    assert "\n" not in shown
