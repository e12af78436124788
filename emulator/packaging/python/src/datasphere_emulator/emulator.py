"""What a test orders of its emulator, and what it can read there."""

from datetime import datetime, timezone

from datasphere_emulator import scripts, times
from datasphere_emulator.face import Face, part


class Emulator:
    """One world: its jobs, its time, its faults, its journal.

    variables: what leads clients to it, by name
    """

    def __init__(self, variables, face=None):
        """face: one that is open already, and that whoever made it closes"""
        self.variables = dict(variables)
        self._face = Face(variables) if face is None else face
        self._owns_face = face is None
        self._decisions = None
        self.jobs = Jobs(self._face, self._decider)
        self.clock = EmulatorClock(self._face)
        self.faults = Faults(self._face)
        self.journal = Journal(self._face)

    def reset(self, manual_clock=True):
        """Begins an empty world: no job, no file, no script."""
        self._face.post("/reset", {"manualClock": manual_clock})

    def save(self):
        """Keeps all that there is now; returns what restore takes."""
        return self._face.post("/savepoints")["savepointId"]

    def restore(self, savepoint):
        self._face.post("/savepoints/%s:restore" % part(savepoint))

    def put_file(self, content, project_id="bt1project"):
        """Puts a file into a project's storage, as if a client had uploaded it; returns its sha256."""
        return self._face.post("/files", {"projectId": project_id, "content": scripts.as_base64(content)})["sha256"]

    def put_secret(self, name, value):
        """Gives scripted jobs a secret."""
        self._face.post("/secrets", {"name": name, "value": value})

    def set_quota(self, jobs):
        """Lets so many jobs be active; 0 for any number."""
        self._face.post("/quota", {"jobs": jobs})

    def undone(self):
        """What a strict test would complain of, a sentence each."""
        return self._face.get("/undone").get("problems", [])

    def troubles(self):
        """The traceback of each function that should have decided about a job and raised."""
        return [] if self._decisions is None else list(self._decisions.troubles)

    def _decider(self):
        from datasphere_emulator.decisions import Decisions

        if self._decisions is None:
            self._decisions = Decisions()
        return self._decisions

    def close(self):
        if self._decisions is not None:
            self._decisions.close()
        if self._owns_face:
            self._face.close()


class Jobs:
    """Scripts for jobs, jobs that were there before, and what the service says of them."""

    def __init__(self, face, decider):
        self._face = face
        self._decider = decider

    def when(self, name=None, cmd=None, cmd_contains=None, project_id=None):
        """Chooses the jobs that are all of this; each job if nothing is said. Then call ``run`` or ``decide``."""
        when = {"name": name, "cmd": cmd, "cmdContains": cmd_contains, "projectId": project_id}
        return _Choice(self._face, self._decider, {key: value for key, value in when.items() if value is not None})

    def put(self, name=None, cmd=None, project_id=None, status=None, stdout=None, age=None, ttl=None,
            inputs=None, outputs=None, running=None):
        """Puts a job in without a call of the API; returns its id.

        status: such as ``EXECUTING``; SUCCESS if it is not said
        inputs, outputs: contents by path
        running: a function that orders what a running job does from now on
        """
        job = {
            "name": name, "cmd": cmd, "projectId": project_id, "status": status, "stdout": stdout,
            "age": None if age is None else times.as_json(age),
            "ttl": None if ttl is None else times.as_json(ttl),
            "inputs": _contents(inputs),
            "outputs": _contents(outputs),
            "running": None if running is None else scripts.of(running),
        }
        return self._face.post("/jobs:put", {key: value for key, value in job.items() if value is not None})["jobId"]

    def open_gate(self, name):
        """Lets jobs on that wait there."""
        self._face.post("/gates/%s:open" % part(name))

    def get(self, job_id):
        """The job, as the service's Get has it, in protobuf's JSON."""
        return self._face.get("/jobs/%s" % part(job_id))

    def list(self, project_id=None):
        """All jobs, newest first."""
        return list(_pages(self._face, "/jobs", "jobs", projectId=project_id))

    def named(self, name):
        """The newest job of this name; LookupError if there is none."""
        jobs = self.list()
        for job in jobs:
            if job.get("name") == name:
                return job
        raise LookupError("no job is named %r; there are: %s" % (name, ", ".join(job.get("name", "") for job in jobs) or "none"))


class _Choice:
    def __init__(self, face, decider, when):
        self._face = face
        self._decider = decider
        self._when = when

    def run(self, *functions):
        """Orders what these jobs do. The first such job gets the first function, and the last one is for all others.

        Each takes a Script; it is called now, once.
        """
        self._face.post("/scripts", {"when": self._when, "scripts": [scripts.of(function) for function in functions]})

    def decide(self, function):
        """Lets this function say what each of these jobs does, once it runs.

        It takes a Decision: a Script that knows its job (``cmd``, ``arguments``, ``environment``, ``inputs``, ..). The
        job waits for it, and fails if it raises; then the test fails, too.
        """
        self._face.post("/scripts", {"when": self._when, "ask": self._decider().address_of(function)})


class EmulatorClock:
    """The emulator's time, which stands still until a test moves it."""

    def __init__(self, face):
        self._face = face

    def advance(self, length):
        """On by so much: a timedelta, seconds, or a text such as ``14d``. All that is due by then has happened."""
        return self._move({"advance": times.as_json(length)})

    def advance_to(self, time):
        return self._move({"advanceTo": _as_utc(time)})

    def set_to(self, time):
        """Also back, as long as nothing waits for its time."""
        return self._move({"setTo": _as_utc(time)})

    def now(self):
        """A datetime in UTC."""
        return _time(self._face.get("/clock")["now"])

    def _move(self, where):
        return _time(self._face.post("/clock:move", where)["now"])


class Faults:
    """What goes wrong: the first fault that fits a call happens to it."""

    def __init__(self, face):
        self._face = face

    def fail_next(self, count, method, code, message=""):
        """Lets so many of the next calls of this RPC fail, changing nothing."""
        self.add(method, next=count, fail_with=code, message=message)

    def add(self, method, nth=None, next=None, always=None, having=None, while_job_is=(), delay_by=None,
            fail_with=None, fail_after_effect_with=None, message="", break_log_at=None, respond_with=None, cut_at=None,
            stays_open_for=None, trailers=None):
        """Orders a fault, of the next call unless nth, next or always says otherwise.

        method: the bare name of an RPC, such as ``Create``; ``PUT`` and ``GET`` for uploads and downloads of files
        having: texts of the request's fields, by name
        fail_with, fail_after_effect_with: a status such as ``UNAVAILABLE``, with this message
        break_log_at: (offset, status)
        respond_with: (HTTP status, text)
        """
        fault = {
            "method": method, "nth": nth, "next": next, "always": always, "whenRequestHas": having,
            "whileJobIs": list(while_job_is) or None,
            "delayBy": None if delay_by is None else times.as_json(delay_by),
            "failWith": None if fail_with is None else scripts.status(fail_with, message),
            "failAfterEffectWith": None if fail_after_effect_with is None else scripts.status(fail_after_effect_with, message),
            "breakLog": None if break_log_at is None else {
                "offset": break_log_at[0], "status": scripts.status(break_log_at[1], message)},
            "respondWith": None if respond_with is None else {"status": respond_with[0], "text": respond_with[1]},
            "cutAt": cut_at,
            "staysOpenFor": None if stays_open_for is None else times.as_json(stays_open_for),
            "trailers": trailers,
        }
        self._face.post("/faults", {key: value for key, value in fault.items() if value is not None})


class Call:
    """One call as the service saw it; messages in protobuf's JSON, passwords, tokens and URLs as ``***``."""

    def __init__(self, exchange):
        self.number = int(exchange.get("number", 0))
        self.service = exchange.get("service", "")
        self.method = exchange.get("method", "")
        self.request = _plain(exchange.get("request"))
        self.reply = _plain(exchange.get("reply"))
        self.at = _time(exchange["at"]) if "at" in exchange else None
        self.client = exchange.get("client", "")
        status = exchange.get("status")
        # None while the call goes on
        self.status = None if status is None else scripts._CODES[int(status.get("code", 0))]
        self.message = (status or {}).get("message", "")

    def __repr__(self):
        return "<%d %s %s>" % (self.number, self.method, self.status or "goes on")


class Journal:
    """Every call of the API with its answer."""

    def __init__(self, face):
        self._face = face

    def calls(self, method=None):
        """Oldest first; of this RPC, such as ``Create``, or of all."""
        return [Call(exchange) for exchange in _pages(self._face, "/calls", "exchanges", method=method)]

    def events(self):
        """All that was called and how the clock was moved, as the lines of a recording: docs/recording.md says which."""
        import json

        return [json.loads(line) for line in self._face.text("/session").splitlines()[1:-1]]

    def save_to(self, folder):
        """Writes the same as the recording in this folder, which is made, and returns its file. Secrets read ``***``."""
        import pathlib

        file = pathlib.Path(folder) / "session.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self._face.text("/session"), encoding="utf-8")
        return file

    def timeline(self, job_id):
        """What happened to a job: (time, text) in order."""
        events = self._face.get("/jobs/%s/timeline" % part(job_id)).get("events", [])
        return [(_time(event["at"]), event.get("text", "")) for event in events]


def _pages(face, path, field, **query):
    token = None
    while True:
        page = face.get(path, pageToken=token, **query)
        for each in page.get(field, []):
            yield each
        token = page.get("nextPageToken")
        if not token:
            return


def _contents(files):
    return None if files is None else {path: scripts.as_base64(content) for path, content in files.items()}


def _plain(message):
    return None if message is None else {key: value for key, value in message.items() if key != "@type"}


def _as_utc(time):
    aware = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _time(text):
    """Python before 3.11 reads neither Z nor nanoseconds."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    read = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    return read.replace(microsecond=int((fraction + "000000")[:6]))
