"""The tasks of an analyst, one after another, as a person does them: by what the page says, not by addresses. Used on the sample store and a big one.

Find where an actor stands on an issue, see the words, compare two reports of one meeting, correct a record, save and follow a search, export. Each
task asserts what an analyst would look for; ``shots`` names a folder for a picture of each, to be looked at.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

PATIENCE = 300_000
"""Milliseconds for an answer that is worked out the first time; on a small store it is there at once."""


@dataclass(slots=True)
class Analyst:
    """Somebody at the desk. ``issue``: its label; ``holder``: a party of it by name; ``words``: a search that finds something."""

    page: Page
    url: str
    token: str
    issue: str
    holder: str
    words: str
    meeting: str
    shots: Path | None = None

    def all_tasks(self) -> None:
        """Everything, in the order of a day's work."""
        self.sees_where_somebody_stands()
        self.sees_the_words()
        self.compares_two_reports()
        self.signs_in()
        self.corrects_a_record()
        self.saves_and_follows_a_search()
        self.exports()

    def picture(self, name: str) -> None:
        """Keep a picture where that is wanted."""
        if self.shots is not None:
            self.page.screenshot(path=self.shots / f"{name}.png", full_page=False)

    def settled(self) -> None:
        """Wait until what loads behind has come."""
        expect(self.page.locator(".loading, .htmx-request")).to_have_count(0, timeout=PATIENCE)

    def sees_where_somebody_stands(self) -> None:
        """From the first page to the issue, to the party on its side."""
        self.page.goto(self.url)
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Issues").click()
        self.settled()
        self.page.get_by_role("link", name=self.issue, exact=True).first.click()
        expect(self.page.get_by_role("heading", level=1, name=self.issue)).to_be_visible()
        self.settled()
        if not self.page.locator("main").get_by_text(self.holder).first.is_visible():  # one of many: ask for it alone
            self.page.locator("summary", has_text="Filter").click()
            self.page.locator("main form input[name=actor]").fill(self.holder)
            self.page.locator("main form input[name=actor]").press("Enter")
            self.page.wait_for_url("**actor=*")
            self.settled()
        expect(self.page.locator("main").get_by_text(self.holder).first).to_be_visible()
        self.picture("1-issue")

    def sees_the_words(self) -> None:
        """From the party's best words on the issue into the report, where they are marked."""
        words = self.page.locator("main q.words a").first
        said = words.inner_text()
        words.click()
        self.page.wait_for_url("**/reports/**")
        self.settled()
        assert said.split(" … ")[0].split("…")[0].strip()[:40] in " ".join(self.page.locator("main").inner_text().split())
        expect(self.page.locator("[aria-current=true], .chosen, .selected, :target").first).to_be_visible()
        self.picture("2-words")

    def compares_two_reports(self) -> None:
        """A report of the meeting, then another of the same beside it."""
        self.page.goto(f"{self.url}/reports")
        self.page.goto(self.url + self.meeting)
        self.page.get_by_text("Compare with").click()
        self.page.locator("details.others-of a[href^='/compare?'][href*='right=']").first.click(timeout=PATIENCE)
        expect(self.page.get_by_role("heading", level=1, name="Two reports side by side")).to_be_visible()
        assert self.page.locator(".pair-of > section.side").count() == 2
        self.picture("3-compare")

    def signs_in(self) -> None:
        """With a token; back to where one was going."""
        self.page.get_by_role("link", name="Sign in").click()
        self.page.get_by_label("Token").fill(self.token)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def corrects_a_record(self) -> None:
        """By keyboard: the first position of the queue, its stance; then the record has it, and says so."""
        self.page.goto(f"{self.url}/review?kind=position")
        self.page.locator("#record-h").wait_for()
        record = self.page.locator("#in-report").get_attribute("href")
        assert record is not None
        self.page.keyboard.press("c")
        stance = self.page.get_by_label("stance", exact=True)
        stance.wait_for()
        former = stance.input_value()
        corrected = "neutral" if former != "neutral" else "support"
        stance.select_option(corrected)
        self.picture("4-correct")
        self.page.get_by_role("button", name="Keep it").click()
        self.page.locator("form#edit").wait_for(state="detached")
        found = self.page.request.get(f"{self.url}/api/show/{record.rpartition('/')[2]}").json()
        assert (former, found["record"]["stance"]) == (former, corrected)
        self.picture("5-corrected")

    def saves_and_follows_a_search(self) -> None:
        """Words and a filter, saved under a name, and its feed."""
        self.page.goto(f"{self.url}/search")
        self.page.locator("#f-text").fill(self.words)
        self.page.locator("#f-text").press("Enter")
        self.page.wait_for_url("**/search?*text=*")
        self.settled()
        assert self.page.locator("#results article").count() > 0
        self.picture("6-search")
        self.page.get_by_label("Save this search as").fill("What I follow")
        self.page.get_by_role("button", name="Save").first.click()
        self.page.goto(f"{self.url}/watch")
        self.page.get_by_role("link", name="What I follow").first.click()
        self.picture("7-watch")
        address = self.page.locator("a[href*='.json']").first.get_attribute("href")
        assert address is not None
        feed = self.page.request.get(address if address.startswith("http") else self.url + address).json()
        assert feed["version"].startswith("https://jsonfeed.org/version/1")
        assert "What I follow" in feed["title"]

    def exports(self) -> None:
        """The rows of a search as a file: as many as its manifest says, and as the API gives."""
        self.page.goto(f"{self.url}/search")
        self.page.locator("form.search select[name=issue]").select_option(label=self.issue)
        self.page.wait_for_url("**/search?*issue=*")
        self.settled()
        self.page.get_by_role("link", name="Positions", exact=True).click()
        self.page.wait_for_url("**/search?*view=positions*")
        self.settled()
        with self.page.expect_download(timeout=PATIENCE) as waiting:
            self.page.get_by_role("link", name="These rows as a file").click()
        with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            [file] = [entry for entry in manifest["files"] if entry["name"].endswith(".csv")]
            assert manifest["rows"] == file["rows"] > 0
