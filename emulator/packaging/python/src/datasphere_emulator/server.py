"""An emulator as a child of this process, which ends with it, however that ends."""

import json
import os
import subprocess
import sys
import threading
from collections import deque

_PATIENCE_SECONDS = 10
_LAST_WORDS = 40
# What the emulator's own command runs: it tells which variables lead clients there, and ends with its input,
# which this process alone holds. So not even kill -9 leaves an emulator behind.
_HELPER = "import json, os, sys\nprint(json.dumps(dict(os.environ)), flush=True)\nsys.stdin.buffer.read()\n"
_JAVA_OPTIONS = "DATASPHERE_EMULATOR_JAVA_OPTS"
# Python sets the first where the locale is C, shells the second; the third is for the server alone.
_NOT_OURS = {"LC_CTYPE", "_", _JAVA_OPTIONS}


def _environment(options):
    """Of the server. Tests of some seconds are over before a second compilation pays, and each waits for the first."""
    own = ["-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.2", "-Xms64m"] if are_scripted(options) else []
    return dict(os.environ, **{_JAVA_OPTIONS: " ".join(own + [os.environ.get(_JAVA_OPTIONS, "")]).strip()})


def are_scripted(options):
    """Whether jobs run by script, not as programs that may move large files."""
    return " ".join(options).replace("=", " ").count("--runner scripted") == 1


class ServerError(Exception):
    """The emulator could not be started, or is gone; the text has its last words."""


class Server:
    """A running emulator.

    variables: what leads clients to it, by name; the official client and the SDKs need nothing else.
    """

    def __init__(self, *options):
        """Starts it; returns once it serves.

        options: of the emulator's command ``exec``, such as ``--offline``
        """
        command = [sys.executable, "-m", "datasphere_emulator", "exec"] + list(options)
        command += ["--", sys.executable, "-I", "-S", "-c", _HELPER]
        # A group of its own: Ctrl+C ends the tests, and they end the server
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if os.name == "nt" else {"start_new_session": True}
        self._process = subprocess.Popen(
            command, env=_environment(options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **apart)
        self._said = deque(maxlen=_LAST_WORDS)
        self._listener = threading.Thread(target=self._listen, name="datasphere-emulator", daemon=True)
        self._listener.start()
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise ServerError("the emulator did not start (exit code %s):\n%s" % (self._process.returncode, self.last_words()))
        given = json.loads(line.decode("utf-8", "surrogateescape"))
        self.variables = {
            name: value for name, value in given.items() if os.environ.get(name) != value and name not in _NOT_OURS}

    def _listen(self):
        for line in self._process.stderr:
            self._said.append(line.decode("utf-8", "replace").rstrip())

    @property
    def exit_code(self):
        """None while it runs."""
        return self._process.poll()

    def last_words(self):
        """The end of what it has printed to stderr."""
        if self.exit_code is not None:
            self._listener.join(1)
        return "\n".join(self._said)

    def close(self):
        """Ends it; may be called again."""
        for stream in (self._process.stdin, self._process.stdout):
            try:
                stream.close()
            except OSError:
                pass
        for end in (lambda: None, self._process.terminate, self._process.kill):
            end()
            try:
                self._process.wait(_PATIENCE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                pass
        self._listener.join(_PATIENCE_SECONDS)
        self._process.stderr.close()
