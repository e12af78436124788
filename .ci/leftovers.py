"""Runs a command and fails if it leaves processes or files behind, which it names.

usage: leftovers.py FOLDER COMMAND...

Every process that the command starts, however far it goes from it, becomes a child of this program when its parent ends
(a "subreaper", on Linux): what is a descendant at the end was left behind, and nothing of anybody else's is. Files are
looked for in FOLDER, which the command is to use for temporary ones.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
PATIENCE_SECONDS = 60


def parents():
    """The parent of each process."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as stat:
                # The name of the program, in parentheses, may hold anything
                state, parent = stat.read().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(name)] = int(parent)
    return found


def descendants():
    by_child = parents()

    def is_ours(pid):
        while pid in by_child:
            pid = by_child[pid]
            if pid == os.getpid():
                return True
        return False

    return [pid for pid in by_child if is_ours(pid)]


def words(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as line:
            return line.read().replace(b"\0", b" ").decode(errors="replace").strip()[:300]
    except OSError:
        return "gone by now"


def reap():
    """Buries the dead, which would be nobody's."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def await_none(look):
    """What is still there after a while."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        reap()
        found = look()
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.2)


def run(command):
    child = subprocess.Popen(command)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: child.send_signal(number))
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == child.pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode


def main(folder, command):
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        sys.exit(f"cannot see what is left behind: {os.strerror(ctypes.get_errno())}")
    before = set(os.listdir(folder))
    code = run(command)
    processes = await_none(descendants)
    files = await_none(lambda: sorted(set(os.listdir(folder)) - before))
    for pid in processes:
        print(f"[ci] left behind: process {pid}: {words(pid)}", file=sys.stderr)
    for pid in processes:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    for name in files:
        print(f"[ci] left behind: {os.path.join(folder, name)}", file=sys.stderr)
    if code == 0 and (processes or files):
        return 1
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
