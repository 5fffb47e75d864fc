"""``onrecord serve`` as a command: it says where it is, and stops when it is told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from shutil import copy

from onrecord.cli.exits import Exit


def test_ctrl_c_stops_it_and_it_says_so(sample_store: Path, tmp_path: Path) -> None:
    store = copy(sample_store, tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-c", "from onrecord.cli.main import main; main()", "serve", str(store), "--port", port]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "Ctrl-C stops it" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "onrecord: stopped\n"
    assert process.returncode == Exit.interrupted
