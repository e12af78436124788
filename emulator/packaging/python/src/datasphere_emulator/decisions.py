"""Answers the emulator, which asks what a job does once that job runs."""

import json
import secrets
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from datasphere_emulator import scripts

_QUICK_SECONDS = 0.02


class Decision(scripts.Script):
    """The script of one job, ordered by a function that sees this job, which is about to run.

    ``id``, ``project_id``, ``name``, ``description``, ``cmd`` (as the client sent it); ``arguments`` and ``environment``
    by name; ``instance_types``; ``inputs``, the paths of the input files.
    """

    def __init__(self, facts):
        super().__init__()
        self.id = facts.get("jobId", "")
        self.project_id = facts.get("projectId", "")
        self.name = facts.get("name", "")
        self.description = facts.get("description", "")
        self.cmd = facts.get("cmd", "")
        self.arguments = facts.get("arguments", {})
        self.environment = facts.get("environment", {})
        self.instance_types = facts.get("instanceTypes", [])
        self.inputs = facts.get("inputs", [])


class Decisions:
    """Functions that decide, each at an address that nobody can guess."""

    def __init__(self):
        self.troubles = []  # The traceback of each function that raised
        self._functions = {}
        self._server = None

    def address_of(self, function):
        """The address at which the emulator asks this function from now on."""
        if self._server is None:
            self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
            threading.Thread(target=self._server.serve_forever, args=(_QUICK_SECONDS,), daemon=True,
                             name="datasphere-emulator-decisions").start()
        path = "/" + secrets.token_urlsafe(16)
        self._functions[path] = function
        return "http://127.0.0.1:%d%s" % (self._server.server_address[1], path)

    def close(self):
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _decide(self, path, facts):
        """HTTP status and text."""
        function = self._functions.get(path)
        if function is None:
            return 404, "no function decides here"
        try:
            return 200, json.dumps(scripts.of(function, Decision(facts)))
        except Exception as e:
            self.troubles.append(traceback.format_exc())
            return 500, "the test's function raised %s: %s" % (type(e).__name__, e)

    def _handler(self):
        decide = self._decide

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                facts = json.loads(self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8"))
                status, text = decide(self.path, facts)
                body = text.encode("utf-8")
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        return Handler
