"""Runs a trained network over rows of integers: word pieces in, scores out, as numpy arrays. Knows no labels and makes no decisions.

onnxruntime and tokenizers are imported when the first network is loaded, so that nothing else waits for them. One thread per process by default:
two processes on two cores do twice the work, and do not fight.

A row maps input names to integers, for example ``{"input_ids": [101, …, 102], "cues": [0, …]}``. Axes are known by the names that the network gives
them: the first axis of every input and output is the batch; any other named axis ("length", "pairs") has, in each row, the size that the row's own
arrays have, is filled up with zeros to the longest of its batch, and is cut back in the outputs. A missing ``attention_mask`` is all ones.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onrecord.errors import ModelError
from onrecord.reading.weights import REINSTALL, Weights, weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Row = Mapping[str, ArrayLike]
Scores = dict[str, NDArray[Any]]
MAX_PIECES = 512
"""Most word pieces that are run at once, filling included; more gain no speed and cost memory (measured with an int8 MiniLM on one core)."""
WORTH = 16
"""How much shorter than the longest of its batch a row may be: a call of its own costs as much as about so many word pieces."""
_TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(float)": np.float32, "tensor(bool)": np.bool_}


@functools.lru_cache(maxsize=8)
def encoder(name: str, *, interface: int, folder: Path | None = None, threads: int = 1) -> Encoder:
    """The network called ``name``, loaded once per process. Raises ModelAbsent or ModelError; see :func:`onrecord.reading.weights.weights`."""
    return Encoder(weights(name, folder).for_interface(interface), threads=threads)


class Encoder:
    """A loaded network with its tokenizer. ``weights`` says which it is.

    Raises ModelError where a file is missing, damaged or no network.
    """

    def __init__(self, found: Weights, *, threads: int = 1) -> None:
        import onnxruntime  # noqa: PLC0415 - a third of a second that most commands never need
        from tokenizers import Tokenizer  # noqa: PLC0415

        self.weights = found
        network, pieces = found.file("model.onnx"), found.file("tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(pieces))
            self.inputs: dict[str, tuple[str, ...]] = {i.name: tuple(map(str, i.shape)) for i in self._session.get_inputs()}
            self.outputs: dict[str, tuple[str, ...]] = {o.name: tuple(map(str, o.shape)) for o in self._session.get_outputs()}
            self._types = {i.name: _TYPES[i.type] for i in self._session.get_inputs()}
        except Exception as error:  # both libraries raise bare exceptions for a broken file
            raise ModelError(f"{found.folder}: the weights cannot be loaded ({error})", hint=REINSTALL) from error
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def run(self, rows: Sequence[Row], *, max_pieces: int = MAX_PIECES) -> list[Scores]:
        """The outputs of each row by name, in the order of ``rows``, without the batch axis.

        Rows are run longest first in batches of rows of like length, at most ``max_pieces`` word pieces each (a longer row alone). An int8 network
        scales its activations by batch, so that scores depend a little on what is run together: give one document's rows at once.
        Raises ValueError for a row that lacks an input, or whose arrays disagree about an axis.
        """
        ready = [self._prepared(row) for row in rows]
        found: list[Scores] = [{}] * len(rows)
        for batch in _batches([len(values["input_ids"]) for values, _ in ready], max_pieces):
            outputs = self._session.run(None, self._filled([ready[i] for i in batch]))
            for place, i in enumerate(batch):
                sizes = ready[i][1]
                found[i] = {
                    name: array[place][tuple(slice(sizes.get(axis)) for axis in axes[1:])]
                    for (name, axes), array in zip(self.outputs.items(), outputs, strict=True)
                }
        return found

    def _prepared(self, row: Row) -> tuple[dict[str, NDArray[Any]], dict[str, int]]:
        """A row's arrays in the network's types, and the size of each named axis."""
        given: dict[str, ArrayLike] = {"attention_mask": np.ones(len(np.asarray(row["input_ids"]))), **row} if "input_ids" in row else dict(row)
        missing, unknown = self.inputs.keys() - given.keys(), row.keys() - self.inputs.keys()
        if missing or unknown:
            raise ValueError(f"{self.weights.name} takes {', '.join(self.inputs)}; missing: {sorted(missing)}, unknown: {sorted(unknown)}")
        values: dict[str, NDArray[Any]] = {name: np.asarray(given[name], dtype=self._types[name]) for name in self.inputs}
        sizes: dict[str, int] = {}
        for name, array in values.items():
            for axis, size in zip(self.inputs[name][1:], array.shape, strict=True):
                wanted = int(axis) if axis.isdigit() else sizes.setdefault(axis, size)
                if wanted != size:
                    raise ValueError(f"{self.weights.name}: {name} has {size} along {axis}, not {wanted}")
        return values, sizes

    def _filled(self, rows: Sequence[tuple[dict[str, NDArray[Any]], dict[str, int]]]) -> dict[str, NDArray[Any]]:
        """The rows of a batch, each input as one array filled up with zeros."""
        feed: dict[str, NDArray[Any]] = {}
        for name in self.inputs:
            arrays = [values[name] for values, _ in rows]
            longest = np.max([a.shape for a in arrays], axis=0)
            whole = np.zeros((len(arrays), *np.maximum(longest, 1)), dtype=self._types[name])  # onnxruntime misreads axes of size 0
            for place, array in enumerate(arrays):
                whole[place][tuple(slice(size) for size in array.shape)] = array
            feed[name] = whole
        return feed


def nearest(marks: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Which pieces to read: all where there are ``most`` or fewer; else the first, the last and those nearest to a marked one, in order."""
    size = len(marks)
    if size <= most:
        return np.arange(size)
    marked = np.flatnonzero(marks)
    inner = np.arange(1, size - 1)
    if not len(marked):
        return np.concatenate([[0], inner[: most - 2], [size - 1]])
    behind = np.searchsorted(marked, inner)
    distances = np.minimum(np.abs(inner - marked[np.maximum(behind - 1, 0)]), np.abs(marked[np.minimum(behind, len(marked) - 1)] - inner))
    chosen = np.sort(inner[np.argsort(distances, kind="stable")[: most - 2]])
    return np.concatenate([[0], chosen, [size - 1]])


def _batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Indices of rows, longest first, so many of like length at once that rows times the longest stays within ``most``."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        longest = lengths[batch[0]] if batch else lengths[i]
        if batch and ((len(batch) + 1) * longest > most or longest - lengths[i] > WORTH):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
