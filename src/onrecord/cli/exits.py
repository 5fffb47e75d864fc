"""What the exit status says. Documented in docs/inputs.md; a test holds the two together."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    ok = 0
    some_failed = 1
    usage = 2
    store = 3
    nothing_read = 4
    broken = 5
    offline = 6
    interrupted = 130


MEANING = {
    Exit.ok: "all went well",
    Exit.some_failed: "some inputs could not be read; each is named on standard error (and in the store's issues log); the rest was read",
    Exit.usage: "the command was called wrongly: an unknown flag, an unknown code, an impossible date, a record that does not exist",
    Exit.store: "the store or the output file cannot be opened or written: missing, locked, damaged, newer than this onrecord, or the disk is full",
    Exit.nothing_read: "nothing could be read: every input failed, or there was none",
    Exit.broken: "the set-up is wrong: components that do not fit together, a malformed table, damaged weights",
    Exit.offline: "a service on the network could not be reached, refused, or gave no sense; what had come is kept",
    Exit.interrupted: "stopped with Ctrl-C; what was stored until then stays",
}
