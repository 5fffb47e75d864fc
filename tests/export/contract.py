"""What any exporter must do. ``test_contract`` runs it on all that are registered."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

from export.world import kept, raid, reading, same, table, written
from onrecord.export import find
from onrecord.store import RecordKind
from store.builders import sample


class ExporterContract:
    name: str

    def test_it_says_what_it_takes_and_writes(self):
        exporter = find(self.name)
        assert exporter.parts[0] == ""
        assert set(exporter.columns) <= set(exporter.parts)
        assert exporter.kinds and exporter.kinds <= set(get_args(RecordKind))
        for columns in exporter.columns.values():
            assert [c.name for c in columns if not (c.holds or c.empty)] == []

    def test_the_same_records_make_the_same_bytes(self, tmp_path: Path):
        readings = [sample(n) for n in range(12)]
        first = kept(tmp_path / "a", readings)
        second = kept(tmp_path / "b", reversed(readings))
        assert written(first, self.name) == written(second, self.name)

    def test_columns_that_hold_nothing_are_empty(self, tmp_path: Path):
        exporter, content = find(self.name), written(kept(tmp_path / "a", [sample(n) for n in range(12)]), self.name)
        for part, columns in exporter.columns.items():
            rows = table(content[part], exporter, part)
            assert rows
            assert {c.name: row[c.name] for c in columns if not c.holds for row in rows if row[c.name]} == {}
            assert {c.name: "" for c in columns if not c.empty for row in rows if not row[c.name]} == {}

    def test_an_empty_store_makes_an_empty_file(self, tmp_path: Path):
        content = written(kept(tmp_path / "a", []), self.name)
        assert all(not table(content[part], find(self.name), part) for part in find(self.name).columns)

    def test_linked_records_are_one_event(self, tmp_path: Path):
        doc, (first, second, third) = raid()
        alone = written(kept(tmp_path / "a", [reading(doc, first)]), self.name)
        linked = kept(tmp_path / "b", [reading(doc, first, second, third)], [same(first, second), same(third, second)])
        assert len(table(written(linked, self.name)[""], find(self.name))) == len(table(alone[""], find(self.name)))

    def test_handles_are_left_open(self):
        handles = {part: io.BytesIO() for part in find(self.name).parts}
        find(self.name)(handles).finish()
        assert not any(handle.closed for handle in handles.values())
