"""Fixtures of pytest: an emulator for each session (each worker of xdist), and an empty world for each test.

It is loaded with each pytest, so it imports the rest when a test asks for it.
"""

import pytest

_MARK = "datasphere(strict, quota, manual_clock): how the emulator of this test is"
_EVENTS_SHOWN = 60
_FIXTURE = "datasphere"


def pytest_addoption(parser):
    parser.addini("datasphere_options", "options of the emulator's command exec, such as --offline", "args", [])
    parser.addini("datasphere_saved", "folder in which the calls of each failed test are saved as a recording", "string", "")
    parser.addini("datasphere_strict", "whether each test is strict: nothing may be left undone", "bool", False)


def pytest_configure(config):
    config.addinivalue_line("markers", _MARK)


@pytest.fixture(scope="session")
def datasphere_server(pytestconfig):
    """The emulator of this session, which is started once a test asks for it, on free ports."""
    from datasphere_emulator.face import Face
    from datasphere_emulator.server import Server, ServerError, are_scripted

    options = pytestconfig.getini("datasphere_options")
    if "--runner" not in " ".join(options):
        options = ["--runner", "scripted"] + options
    try:
        server = Server(*options)
    except ServerError as e:
        pytest.fail(str(e), pytrace=False)
    server.is_scripted = are_scripted(options)
    # One connection for all tests: to open one takes longer than to empty a world
    server.face = Face(server.variables)
    yield server
    server.face.close()
    server.close()


@pytest.fixture
def datasphere(datasphere_server, request, monkeypatch):
    """An empty world. The official client and the SDKs, in this process and in its children, are led there."""
    from datasphere_emulator.emulator import Emulator

    wishes = _wishes(request)
    for name, value in datasphere_server.variables.items():
        monkeypatch.setenv(name, value)
    _make_client_quick(monkeypatch)
    emulator = Emulator(datasphere_server.variables, datasphere_server.face)
    request.node.stash[_WORLD] = (emulator, datasphere_server)
    emulator.reset(manual_clock=wishes["manual_clock"] and datasphere_server.is_scripted)
    if wishes["quota"]:
        emulator.set_quota(wishes["quota"])
    yield emulator
    # What has failed already needs no second complaint
    failed = request.node.stash.get(_FAILED, False)
    problems = emulator.undone() if wishes["strict"] and not failed else []
    emulator.close()
    troubles = [] if failed else emulator.troubles()
    if troubles:
        pytest.fail("a function that decides about jobs raised:\n" + troubles[0], pytrace=False)
    if problems:
        pytest.fail("the test left something undone:\n" + "\n".join("  " + problem for problem in problems), pytrace=False)


@pytest.fixture
def datasphere_jobs(datasphere):
    """Scripts for jobs, as Python functions, and jobs that were there before."""
    return datasphere.jobs


@pytest.fixture
def datasphere_clock(datasphere):
    """The emulator's time, which stands still until it is moved."""
    return datasphere.clock


@pytest.fixture
def datasphere_faults(datasphere):
    """What goes wrong."""
    return datasphere.faults


@pytest.fixture
def datasphere_journal(datasphere):
    """Every call, and what happened to each job."""
    return datasphere.journal


_WORLD = pytest.StashKey()
_FAILED = pytest.StashKey()


def _wishes(request):
    wishes = {"strict": request.config.getini("datasphere_strict"), "quota": 0, "manual_clock": True}
    mark = request.node.get_closest_marker("datasphere")
    if mark is not None:
        unknown = set(mark.kwargs) - set(wishes)
        if unknown or mark.args:
            pytest.fail("pytest.mark.datasphere takes %s by name; it was given %s" % (
                ", ".join(wishes), ", ".join([repr(arg) for arg in mark.args] + sorted(unknown))), pytrace=False)
        wishes.update(mark.kwargs)
    return wishes


def _make_client_quick(monkeypatch):
    """The official client looks every 5 seconds whether a job is over."""
    import sys

    client = sys.modules.get("datasphere.client")
    if hasattr(client, "operation_check_interval_seconds"):
        monkeypatch.setattr(client, "operation_check_interval_seconds", 0.01)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if not report.failed or _WORLD not in item.stash:
        return
    first = not item.stash.get(_FAILED, False)
    item.stash[_FAILED] = True
    if first:
        report.sections += _sections(*item.stash[_WORLD], folder=_folder(item))


def _folder(item):
    """Where the calls of this test are saved, if at all."""
    import re

    saved = item.config.getini("datasphere_saved")
    return item.config.rootpath / saved / re.sub(r"[^\w.-]+", "_", item.nodeid) if saved else None


def _sections(emulator, server, folder):
    """What helps to understand a failed test: jobs, calls, the server's last words."""
    from datasphere_emulator.face import EmulatorError

    sections = []
    try:
        sections.append(("DataSphere jobs", _jobs_of(emulator)))
        sections.append(("DataSphere calls", _calls_of(emulator, folder)))
    except (EmulatorError, OSError) as e:
        sections.append(("DataSphere emulator", str(e)))
    sections += [("DataSphere decision that raised", trouble.rstrip()) for trouble in emulator.troubles()]
    if server.exit_code is not None:
        sections.append(("DataSphere emulator", "it has ended, with exit code %s" % server.exit_code))
    words = server.last_words()
    return [section for section in sections + [("DataSphere emulator's last words", words)] if section[1]]


def _jobs_of(emulator):
    lines = []
    for job in reversed(emulator.jobs.list()):
        lines.append("%s %s %s" % (job.get("id"), job.get("name", ""), job.get("status", "")))
        lines += ["  %s %s" % (at.strftime("%H:%M:%S.%f")[:-3], text) for at, text in emulator.journal.timeline(job["id"])]
    return "\n".join(lines)


def _calls_of(emulator, folder):
    """The last lines of the recording; all of it is in the folder."""
    import json

    events = emulator.journal.events()
    lines = ["%d earlier ones" % (len(events) - _EVENTS_SHOWN)] if len(events) > _EVENTS_SHOWN else []
    lines += [_short(json.dumps(event, ensure_ascii=False)) for event in events[-_EVENTS_SHOWN:]]
    return "\n".join(lines + ([] if folder is None else ["saved: %s" % emulator.journal.save_to(folder)]))


def _short(text):
    return text if len(text) <= 300 else text[:300] + " ..."
