"""The emulator's HTTP + JSON face: one request, one answer, by nothing but the standard library."""

import http.client
import json
from urllib.parse import quote, urlencode, urlsplit

_PATIENCE_SECONDS = 120


class EmulatorError(Exception):
    """The emulator refused a request, or is gone. code: of gRPC, such as ``NOT_FOUND``; ``UNAVAILABLE`` if it is gone."""

    def __init__(self, code, message):
        super().__init__("%s: %s" % (code, message))
        self.code = code


class Face:
    """What speaks to one emulator. No proxy is asked, whatever the environment says: it is on this machine."""

    def __init__(self, variables):
        """variables: that lead clients to it"""
        self._address = urlsplit(variables["DATASPHERE_EMULATOR_HTTP"]).netloc
        self._headers = {"Authorization": "Bearer " + variables["DATASPHERE_EMULATOR_HTTP_TOKEN"],
                         "Content-Type": "application/json"}
        self._connection = None

    def get(self, path, **query):
        """The answer's JSON. Names of the query are the face's own; one that is None is left out."""
        __tracebackhide__ = True
        asked = urlencode({name: value for name, value in query.items() if value is not None})
        return self._call("GET", path + ("?" + asked if asked else ""), None)

    def text(self, path):
        """The answer as text."""
        __tracebackhide__ = True
        return self._call("GET", path, None, lambda text: text.decode("utf-8"))

    def post(self, path, body=None):
        __tracebackhide__ = True
        return self._call("POST", path, json.dumps(body or {}).encode())

    def _call(self, method, path, body, read=None):
        # Of a refusal, a test's author needs the line of the test
        __tracebackhide__ = True
        fresh = self._connection is None
        try:
            status, text = self._exchange(method, path, body)
        except (OSError, http.client.HTTPException) as e:
            self.close()
            if fresh:
                raise EmulatorError("UNAVAILABLE", "the emulator at %s does not answer: %s" % (self._address, e)) from None
            # It ends connections that nobody uses for a while
            return self._call(method, path, body, read)
        return read(text) if read and status < 400 else _content(status, text, method, path)

    def _exchange(self, method, path, body):
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self._address, timeout=_PATIENCE_SECONDS)
        self._connection.request(method, "/api/v1" + path, body, self._headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def part(text):
    """A text as one part of a path."""
    return quote(text, safe="")


def _content(status, text, method, path):
    __tracebackhide__ = True
    try:
        content = json.loads(text.decode("utf-8") or "{}")
    except ValueError:
        content = {}
    if status < 400:
        return content
    error = content.get("error", {})
    message = error.get("message") or "%s %s was answered with HTTP status %d" % (method, path, status)
    fields = "".join("\n  %s: %s" % (field.get("field"), field.get("problem")) for field in error.get("fields", []))
    raise EmulatorError(error.get("code", "UNKNOWN"), message + fields)
