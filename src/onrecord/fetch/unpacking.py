"""Take an answer's bytes out of their packing (gzip, deflate), never making more of them than allowed. Knows no connection.

Only these two are asked for. A packing inside a packing, and any that was not asked for, is refused: nobody sends one to be helpful.
"""

from __future__ import annotations

import zlib

from onrecord.fetch.refusals import refusal

ASKED_FOR = "gzip, deflate"
_PLAIN = frozenset({"", "identity"})
_GZIP = frozenset({"gzip", "x-gzip"})
_STEP = 1 << 16


class Unpacker:
    """Unpacks the pieces of one answer. ``packing``: the Content-Encoding header; ``most``: bytes it may unpack to; ``place`` names it in errors.

    Raises FetchError: ``bad-packing`` (unknown, damaged, breaks off), ``unpacks-too-big``.
    """

    def __init__(self, packing: str, most: int, place: str) -> None:
        self._packing, self._most, self._place = packing.strip().lower(), most, place
        if self._packing not in _PLAIN | _GZIP | {"deflate"}:
            raise refusal("bad-packing", place, packing[:40])
        self._stream: zlib._Decompress | None = None
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, piece: bytes) -> None:
        """Take the next bytes as they came."""
        if self._packing in _PLAIN:
            self._keep(piece)
            return
        while piece:
            piece = self._step(piece)

    def finish(self) -> bytes:
        """All that was unpacked."""
        if self._stream is not None and not self._stream.eof:
            raise refusal("bad-packing", self._place, "it breaks off")
        return b"".join(self._parts)

    def _step(self, piece: bytes) -> bytes:
        """Unpack a little and return what is left to unpack. A gzip file may hold several members; what else follows is left out, as browsers do."""
        if self._stream is None:
            self._stream = zlib.decompressobj(self._wrapping(piece))
        elif self._stream.eof:
            if self._packing not in _GZIP or not piece.startswith(b"\x1f"):
                return b""
            self._stream = zlib.decompressobj(self._wrapping(piece))
        try:
            self._keep(self._stream.decompress(piece, _STEP))
        except zlib.error as error:
            raise refusal("bad-packing", self._place, "it is damaged") from error
        return self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def _wrapping(self, piece: bytes) -> int:
        """What zlib is told. Both raw deflate and zlib's wrapping go by the name of deflate; the first byte tells (RFC 9110, 8.4.1.2)."""
        if self._packing in _GZIP:
            return 16 + zlib.MAX_WBITS
        return zlib.MAX_WBITS if piece[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._most:
            raise refusal("unpacks-too-big" if self._packing not in _PLAIN else "too-big", self._place, f"more than {self._most:,} bytes")
        self._parts.append(part)
