"""The archive of classes that lets the program start fast, made once for each user, program and Java.

It serves one jar at one path only, so the jar is kept beside it, for all environments that have this very program.
Whatever goes wrong here costs half a second at each start, and nothing else.
"""

import os
import sys
import time

from datasphere_emulator import options
from datasphere_emulator._build import JAR_SHA256, JAR_SIZE, VERSION

_JAR = "datasphere-emulator.jar"
# The jar, the archive, and what is written on the way.
_ROOM = 300 * 1024 * 1024
_DAY = 24 * 3600
_FORGOTTEN = 60 * _DAY
_PATIENCE_SECONDS = 180
_LATE = "it took too long"


def place(environ):
    """The folder of this user's caches that is ours."""
    user = os.path.expanduser("~")
    if os.name == "nt":
        base = environ.get("LOCALAPPDATA") or os.path.join(user, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(user, "Library", "Caches")
    else:
        base = environ.get("XDG_CACHE_HOME") or os.path.join(user, ".cache")
    return os.path.join(base, "datasphere-emulator")


def program(java, packaged, environ, say):
    """The jar to run and its archive; without one, the packaged jar and None."""
    folder = os.path.join(place(environ), "%s-%s" % (VERSION, JAR_SHA256[:12]))
    archive = os.path.join(folder, _key(java) + (".aot" if java.major >= 25 else ".jsa"))
    jar = os.path.join(folder, _JAR)
    try:
        if not _is_ours(folder):
            return packaged, None
        if _is_whole(jar) and os.path.exists(archive):
            _note_use(folder)
            return jar, archive
        if os.path.exists(archive + ".failed"):
            return packaged, None
        return _with_lock(folder, lambda: _make(java, packaged, jar, archive, say)) or (packaged, None)
    except OSError:
        # A read-only home, no room: what is no archive is no error
        return packaged, None


def _key(java):
    """One Java, as it is now: an archive is made on top of Java's own, where there is one."""
    from glob import escape, glob
    from zlib import crc32

    base = sorted(glob(os.path.join(escape(java.home), "lib", "server", "*.jsa")))
    files = [java.program, os.path.join(java.home, "lib", "modules")] + base
    seen = []
    for file in files:
        try:
            status = os.stat(file)
            seen.append((file, status.st_size, status.st_mtime_ns))
        except OSError:
            seen.append((file, 0, 0))
    return "%s-%08x" % ("".join(c for c in java.version if c.isalnum() or c in ".+-_"), crc32(repr(seen).encode()))


def _is_ours(folder):
    """Makes the folder; what somebody else may write is not run."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if not hasattr(os, "geteuid"):
        return True
    status = os.stat(folder)
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _is_whole(jar):
    try:
        return os.stat(jar).st_size == JAR_SIZE
    except OSError:
        return False


def _note_use(folder):
    if os.stat(folder).st_mtime < time.time() - _DAY:
        os.utime(folder)


def _with_lock(folder, work):
    """What the work returns; None if another process is at it: to wait would take longer than to start without."""
    with open(os.path.join(folder, "lock"), "a") as lock:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return None
        return work()


def _make(java, packaged, jar, archive, say):
    import shutil
    import tempfile

    if os.path.exists(archive) and _is_whole(jar):
        return jar, archive
    folder = os.path.dirname(jar)
    _remove_leftovers(folder)
    if shutil.disk_usage(folder).free < _ROOM:
        return None
    say("preparing fast starts, which is needed once ...")
    work = tempfile.mkdtemp(prefix="rehearsal.", dir=folder)
    try:
        if not _is_whole(jar):
            _remove(folder, (".jsa", ".aot"))  # They serve no other file than the one they were made of
            shutil.copyfile(packaged, os.path.join(work, _JAR))
            os.replace(os.path.join(work, _JAR), jar)
        trouble = _rehearse(java, jar, work)
        if trouble is None:
            os.replace(os.path.join(work, "classes"), archive)
            _forget_others(folder)
            return jar, archive
        if trouble is _LATE:
            # The machine was busy; another start may try
            return None
        say("starts will be slower with this Java: its class archive could not be made (%s)" % trouble)
        with open(archive + ".failed", "w", encoding="utf-8") as file:
            file.write(trouble + "\n")
        return None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _rehearse(java, jar, work):
    """Does once what commands do; None if the archive is good, else what is wrong."""
    classes = os.path.join(work, "classes")
    common = ["-XX:+UseSerialGC", "-XX:ErrorFile=" + os.path.join(work, "crash")] + options.modules(java)
    make = "-XX:AOTCacheOutput=" if java.major >= 25 else "-XX:ArchiveClassesAtExit="
    code, last = _run(
        [java.program, make + classes] + common + ["-cp", jar, "io.github.datasphere.emulator.cli.Rehearsal", work])
    if code == 0:
        # A cut one would crash Java instead of being ignored
        use = ["-XX:AOTMode=on", "-XX:AOTCache="] if java.major >= 25 else ["-Xshare:on", "-XX:SharedArchiveFile="]
        use[-1] += classes
        code, last = _run([java.program] + use + common + ["-jar", jar, "version"])
    return None if code == 0 else last or "exit code %d" % code


def _run(command):
    """Its exit code and the last line of its output. It ends with us, however we end."""
    import signal
    import subprocess

    def end(number, frame):
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=_leash())
    try:
        text = process.communicate(timeout=_PATIENCE_SECONDS)[0].decode("utf-8", "replace")
        return process.returncode, (text.strip().splitlines() or [""])[-1][:200]
    except subprocess.TimeoutExpired:
        return 1, _LATE
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        signal.signal(signal.SIGTERM, before)


def _leash():
    """On Linux: what lets a child be killed when its parent is."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes
    import signal

    prctl = ctypes.CDLL(None).prctl
    set_parent_death_signal = 1
    return lambda: prctl(set_parent_death_signal, signal.SIGKILL)


def _remove(folder, endings):
    for name in os.listdir(folder):
        if name.endswith(endings):
            os.unlink(os.path.join(folder, name))


def _remove_leftovers(folder):
    """Of rehearsals that were killed; the lock says that none goes on."""
    import shutil

    for name in os.listdir(folder):
        if name.startswith("rehearsal."):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def _forget_others(folder):
    """Removes what other versions have left here and nobody has used for long."""
    import shutil

    above = os.path.dirname(folder)
    for name in os.listdir(above):
        other = os.path.join(above, name)
        if other != folder and os.path.isdir(other) and os.stat(other).st_mtime < time.time() - _FORGOTTEN:
            shutil.rmtree(other, ignore_errors=True)
