"""ABUSE group 7: paths. No name of a request, an input or an output leads out of where it belongs; odd names are refused in plain words.

Static files are read from the package when the server starts, and documents by their id from the store: no path of a request reaches the disk.
Archives that we make have fixed names inside; archives that we read are in ``test_bombs``.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from onrecord.cli.export import part_of
from onrecord.cli.output import replacing, write
from onrecord.errors import QueryError, StoreError
from onrecord.ingest import documents
from onrecord.query import QUERIES
from onrecord.store import open_store
from onrecord.web.server import create
from query.needed import needed_over_http
from web.visiting import BASE

OUTSIDE = (
    "../../etc/passwd",
    "/etc/passwd",
    "..\\..\\etc\\passwd",
    "....//....//etc/passwd",
    "desk.css/../../server.py",
    "~/.ssh/id_rsa",
    "con",
    "a\0b",
    "x" * 3_000,
)
"""What nobody should get at: behind, at the root, in another spelling, through a file, with NUL, over-long."""
SPELLINGS = {"plain": str, "quoted": lambda path: quote(path, safe=""), "twice": lambda path: quote(quote(path, safe=""), safe="")}


@pytest.fixture(scope="module")
def client(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("paths") / "samples.onrecord"
    shutil.copy(sample_store, path)
    with TestClient(create(path), base_url=BASE) as client:
        yield client


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("path", [*OUTSIDE, "link"], ids=lambda path: path[:24])
@pytest.mark.parametrize("place", ["static/0123456789ab", "static", "api/documents", "api/show", "api/annotations", "api/explain", "reports", "api"])
def test_no_path_of_a_request_leads_to_a_file(place: str, path: str, spelling: str, client: TestClient) -> None:
    spelled = quote(SPELLINGS[spelling](path), safe="/%~.\\")
    answer = client.get(f"/{place}/{spelled}")
    assert answer.status_code in (400, 404, 414)
    assert b"root:" not in answer.content
    assert b"import" not in answer.content


@pytest.mark.parametrize("name", QUERIES)
def test_archives_have_no_path_in_their_names(name: str, client: TestClient) -> None:
    answer = client.get(f"/api/{name}/export", params=needed_over_http(name, client))
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="onrecord-{name}-')
    for info in zipfile.ZipFile(io.BytesIO(answer.content)).infolist():
        assert info.filename == Path(info.filename).name
        assert info.external_attr >> 16 == 0o644  # a plain file: no link, nothing that runs


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "a\0b.csv", "no/such/folder/rows.csv"], ids=["long", "NUL", "folder"])
def test_an_output_that_cannot_be_is_said_in_plain_words(name: str, tmp_path: Path) -> None:
    with pytest.raises((StoreError, QueryError)):
        write([{"a": 1}], None, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_the_second_part_of_an_export_lies_beside_the_first(tmp_path: Path) -> None:
    assert part_of(tmp_path / "events.tsv", "mentions") == tmp_path / "events.mentions.tsv"


def test_an_output_that_is_a_link_to_a_store_is_refused(sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").symlink_to(sample_store)
    with pytest.raises(QueryError, match="is a store"), replacing(tmp_path / "rows.csv"):
        pass
    with open_store(sample_store) as store:
        assert store.check() == []


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".txt", "a\0b.txt", "../" * 50 + "nothing.txt", "no such file.txt"], ids=["long", "NUL", "up", "missing"]
)
def test_an_input_that_cannot_be_is_a_problem_and_no_crash(name: str, tmp_path: Path) -> None:
    (item,) = documents([tmp_path / name])
    assert item.document is None
    assert item.problem is not None


def test_a_link_in_a_folder_of_inputs_that_leads_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Keldorn and Vadria met on Monday, officials said.", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = [item for item in documents([tmp_path]) if item.document is not None]
    assert len(found) == 1


def test_a_store_that_is_a_folder_or_a_device_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/null"), tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(StoreError):
            open_store(path)
