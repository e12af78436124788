"""What scripted jobs do, ordered by Python functions."""

import base64

from datasphere_emulator import times


class Script:
    """The steps of a job, in order, on the emulator's clock. It ends with exit code 0 after the last one.

    Each method adds one and returns the script, so that a lambda can order several.
    """

    def __init__(self):
        self._steps = []
        self._traits = {}

    def stdout(self, text):
        """Prints; a line ends with a line feed."""
        return self._step("stdout", text)

    def stderr(self, text):
        return self._step("stderr", text)

    def system_log(self, text):
        return self._step("systemLog", text)

    def after(self, length):
        """Lets so much time pass."""
        return self._step("after", times.as_json(length))

    def lasts(self, length):
        """Lets time pass until the command has run for so long."""
        return self._step("lasts", times.as_json(length))

    def writes(self, path, content):
        """Writes a declared output (its path or its variable); ``folder/file`` for a file of an output folder."""
        return self._step("writes", {"path": path, "content": as_base64(content)})

    def progress(self, percent, message=""):
        return self._step("progress", {"percent": percent, "message": message})

    def waits_for(self, gate):
        """Waits until a test opens the gate of this name."""
        return self._step("waitsFor", gate)

    def exits(self, code):
        return self._step("exits", code)

    def fails_with(self, code, message=""):
        """Ends as a failure of the system, such as ``UNAVAILABLE``, not of the program."""
        return self._step("failsWith", status(code, message))

    def fails_while_preparing(self, code, message=""):
        return self._step("failsWhilePreparing", status(code, message))

    def begins(self):
        """Lets the command begin here: what stands before it (system_log, after, waits_for) happens in PREPARING."""
        return self._step("begins", True)

    def prepares_for(self, length):
        """How long the job stays in PREPARING."""
        return self._trait("preparesFor", times.as_json(length))

    def uploads_for(self, length):
        """How long it stays in UPLOADING_OUTPUT."""
        return self._trait("uploadsFor", times.as_json(length))

    def ignores_signals(self):
        """Only a kill ends it early."""
        return self._trait("ignoresSignals", True)

    def on_signal(self, function):
        """What it does at a graceful cancel, in place of dying of it."""
        return self._trait("onSignal", of(function))

    def _step(self, name, value):
        self._steps.append({name: value})
        return self

    def _trait(self, name, value):
        self._traits[name] = value
        return self


def of(function, script=None):
    """The JSON of the script that this function orders."""
    script = Script() if script is None else script
    function(script)
    return dict(script._traits, steps=script._steps)


def as_base64(content):
    return base64.b64encode(content.encode() if isinstance(content, str) else bytes(content)).decode()


_CODES = ("OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED "
          "RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS "
          "UNAUTHENTICATED").split()


def status(code, message=""):
    """Of a name such as ``UNAVAILABLE``, a number, or a ``grpc.StatusCode``."""
    name = getattr(code, "name", code)
    if name in _CODES:
        return {"code": _CODES.index(name), "message": message}
    if isinstance(name, int) and 0 <= name < len(_CODES):
        return {"code": name, "message": message}
    raise ValueError("%r is no status of gRPC; there are: %s" % (code, ", ".join(_CODES)))
