"""``onrecord serve`` as a command: it says where it is, and stops when it is told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from shutil import copy

from onrecord.cli.exits import Exit


def test_ctrl_c_stops_it_and_it_says_so(sample_store: Path, tmp_path: Path) -> None:
    store = copy(sample_store, tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from onrecord.cli.main import main; main()", "serve", str(store), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        while not listens(port):
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    first, last = said.splitlines()
    assert f"http://127.0.0.1:{port}/ (Ctrl-C stops it)" in first
    assert last == "onrecord: stopped"
    assert process.returncode == Exit.interrupted


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
