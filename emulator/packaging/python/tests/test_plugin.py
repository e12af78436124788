"""The fixtures, as a user's tests take them. DATASPHERE_EMULATOR_TEST_WORKERS, _TESTS and _KILLS make the last three larger."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

from conftest import PATIENCE_SECONDS

WORKERS = int(os.environ.get("DATASPHERE_EMULATOR_TEST_WORKERS", "2"))
TESTS = int(os.environ.get("DATASPHERE_EMULATOR_TEST_TESTS", "20"))
KILLS = int(os.environ.get("DATASPHERE_EMULATOR_TEST_KILLS", "2"))


@pytest.fixture
def result(pytester, surroundings, monkeypatch):
    """Runs a file of tests in a pytest of its own."""
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    # The tests choose how jobs run
    monkeypatch.delenv("DATASPHERE_EMULATOR_RUNNER")

    def result(text, *options):
        pytester.makepyfile(text)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *options, timeout=PATIENCE_SECONDS + TESTS + 10 * KILLS)

    return result


def test_a_test_orders_and_reads_whatever_it_needs(result):
    result("""
        from datetime import datetime, timedelta, timezone
        import pytest

        def test_time_stands_still_until_it_is_moved(datasphere_clock):
            before = datasphere_clock.now()
            assert datasphere_clock.now() == before
            assert datasphere_clock.advance("1h30m") == before + timedelta(hours=1.5)
            assert datasphere_clock.advance(timedelta(days=1)).day != before.day
            assert datasphere_clock.set_to(datetime(2026, 5, 1)) == datetime(2026, 5, 1, tzinfo=timezone.utc)

        def test_a_running_job_does_what_its_function_orders(datasphere_jobs, datasphere_clock, datasphere_journal):
            def works(job):
                job.stdout("epoch 1\\n").lasts("5h").writes("model.bin", b"new")
            id = datasphere_jobs.put(name="train", status="EXECUTING", outputs={"model.bin": b""}, running=works)
            assert datasphere_jobs.get(id)["status"] == "EXECUTING"
            datasphere_clock.advance("5h")
            assert datasphere_jobs.named("train")["status"] == "SUCCESS"
            assert datasphere_journal.timeline(id)

        def test_a_savepoint_is_gone_back_to(datasphere, datasphere_jobs):
            nothing = datasphere.save()
            datasphere_jobs.put(name="one")
            assert [job["name"] for job in datasphere_jobs.list()] == ["one"]
            datasphere.restore(nothing)
            assert datasphere_jobs.list() == []

        def test_another_test_sees_nothing_of_it(datasphere_jobs):
            assert datasphere_jobs.list() == []
            with pytest.raises(LookupError, match="no job is named 'one'; there are: none"):
                datasphere_jobs.named("one")

        def test_what_is_refused_names_what_is_wrong(datasphere, datasphere_jobs, datasphere_faults):
            with pytest.raises(Exception, match="INVALID_ARGUMENT"):
                datasphere_faults.fail_next(1, "Craete", "UNAVAILABLE")
            with pytest.raises(ValueError, match="'UNAVAILABEL' is no status of gRPC"):
                datasphere_faults.fail_next(1, "Create", "UNAVAILABEL")
            with pytest.raises(ValueError, match="'5 parsecs' is no length of time"):
                datasphere_jobs.when().run(lambda job: job.lasts("5 parsecs"))

        @pytest.mark.datasphere(quota=1, strict=True)
        def test_a_mark_says_how_the_emulator_is(datasphere):
            assert datasphere.undone() == []
    """).assert_outcomes(passed=6)


def test_a_function_decides_about_each_job_once_it_runs(result):
    result("""
        def test_one(datasphere, datasphere_jobs, datasphere_journal):
            def decides(job):
                assert (job.name, job.environment, job.project_id) == ("train", {"RATE": "0.5"}, "bt1project")
                if "--bad" in job.cmd:
                    job.stderr("bad\\n").exits(3)
                elif "--pull" in job.cmd:
                    job.system_log("pulling\\n").after("1m").begins().lasts("10m")
                else:
                    job.lasts("1h")

            datasphere_jobs.when(name="train").decide(decides)
            good, bad = run(datasphere, "train.py"), run(datasphere, "train.py --bad")
            assert datasphere_jobs.get(good)["status"] == "EXECUTING"
            assert datasphere_jobs.get(bad)["status"] == "ERROR"
            pulled = run(datasphere, "train.py --pull")
            assert datasphere_jobs.get(pulled)["status"] == "PREPARING"
            datasphere.clock.advance("1m")
            assert datasphere_jobs.get(pulled)["status"] == "EXECUTING"
            datasphere.clock.advance("1h")
            assert datasphere_jobs.get(good)["status"] == "SUCCESS"
            assert datasphere.undone() == []

        def run(datasphere, cmd):
            face = datasphere._face
            parameters = {"cmd": cmd, "env": {"vars": {"RATE": "0.5"}}, "cloudInstanceTypes": [{"name": "c1.4"}]}
            created = face.post("/jobs", {"projectId": "bt1project", "name": "train", "jobParameters": parameters})
            id = created["response"]["jobId"]
            face.post("/jobs/%s:execute" % id)
            return id
    """).assert_outcomes(passed=1)


def test_a_function_that_raises_fails_job_and_test(result):
    ended = result("""
        import pytest

        def decides(job):
            raise ValueError("no idea")

        def test_one(datasphere_jobs):
            datasphere_jobs.when(name="train").decide(decides)
            id = datasphere_jobs.put(name="other")

        def test_two(datasphere, datasphere_jobs):
            datasphere_jobs.when().decide(decides)
            parameters = {"cmd": "x", "cloudInstanceTypes": [{"name": "c1.4"}]}
            created = datasphere._face.post("/jobs", {"projectId": "bt1project", "jobParameters": parameters})
            id = created["response"]["jobId"]
            datasphere._face.post("/jobs/%s:execute" % id)
            assert datasphere_jobs.get(id)["status"] == "ERROR"
    """)
    ended.assert_outcomes(passed=2, errors=1)
    ended.stdout.fnmatch_lines(["*a function that decides about jobs raised:", "*ValueError: no idea"])


def test_variables_lead_clients_there_and_are_restored(result):
    result("""
        import os, socket, subprocess, sys

        def test_one(datasphere):
            host, port = os.environ["DATASPHERE_EMULATOR_TLS"].split(":")
            socket.create_connection((host, int(port))).close()
            assert os.path.exists(os.environ["GRPC_DEFAULT_SSL_ROOTS_FILE_PATH"])
            told = "import os; print(os.environ['grpc_proxy'])"
            assert subprocess.check_output([sys.executable, "-c", told]).decode().strip() == datasphere.variables["grpc_proxy"]

        def test_two():
            assert "grpc_proxy" not in os.environ

        def test_three(datasphere):
            # How the server's own Java runs is no matter of the programs under test
            assert "DATASPHERE_EMULATOR_JAVA_OPTS" not in datasphere.variables
    """).assert_outcomes(passed=3)


def test_a_strict_test_fails_for_what_it_leaves_undone(result):
    ended = result("""
        import pytest

        @pytest.mark.datasphere(strict=True)
        def test_one(datasphere_jobs):
            datasphere_jobs.when(name="never").run(lambda job: job.exits(1))

        @pytest.mark.datasphere(stict=True)
        def test_two(datasphere_jobs):
            pass
    """)
    ended.assert_outcomes(passed=1, errors=2)
    ended.stdout.fnmatch_lines(["*the test left something undone:", "*a script was never run*", "*it was given stict"])


def test_a_failed_test_shows_its_jobs_and_calls(result):
    ended = result("""
        def test_one(datasphere_jobs, datasphere_clock):
            id = datasphere_jobs.put(name="train", status="EXECUTING", running=lambda job: job.lasts("1h").exits(3))
            datasphere_clock.advance("1h")
            assert False
    """)
    ended.assert_outcomes(failed=1)
    ended.stdout.fnmatch_lines(["*DataSphere jobs*", "* train ERROR"])


def test_what_a_test_saw_is_the_events_of_a_recording(result, pytester):
    pytester.makeini("[pytest]\ndatasphere_saved = seen\n")
    result("""
        def test_one(datasphere_clock, datasphere_journal, tmp_path):
            datasphere_clock.advance("1h")
            datasphere_clock.advance("5h")
            assert [(event["event"], event["advanced"]) for event in datasphere_journal.events()] == [("clock", 6 * 3600)]
            assert len(datasphere_journal.save_to(tmp_path / "own").read_text().splitlines()) == 3
            assert False
    """).assert_outcomes(failed=1)
    saved = next((pytester.path / "seen").glob("*/session.jsonl"))
    assert saved.read_text().startswith('{"format": "datasphere-session/')


def test_an_emulator_that_is_gone_is_told_with_its_last_words(result):
    ended = result("""
        import os, signal

        def test_one(datasphere, datasphere_server):
            os.kill(datasphere_server._process.pid, signal.SIGKILL)
            datasphere_server._process.wait()
            datasphere.jobs.list()
    """)
    ended.assert_outcomes(failed=1)
    ended.stdout.fnmatch_lines(["*UNAVAILABLE: the emulator at *does not answer*", "*it has ended, with exit code -9*"])


def test_one_that_does_not_start_says_why_without_a_traceback(result, pytester):
    pytester.makeini("[pytest]\ndatasphere_options = --runner nonsense\n")
    ended = result("def test_one(datasphere): pass\n")
    ended.assert_outcomes(errors=1)
    ended.stdout.fnmatch_lines(["*the emulator did not start (exit code 2)*", "*nonsense*"])
    assert "Traceback" not in ended.stdout.str()


def test_who_does_not_use_it_does_not_load_it(result):
    result("""
        import sys

        def test_one():
            assert "datasphere_emulator.server" not in sys.modules
            assert "datasphere_emulator.emulator" not in sys.modules
    """).assert_outcomes(passed=1)


@pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="tells the server's variables only on Linux")
def test_the_server_of_scripted_jobs_compiles_once_and_soon(result):
    result("""
        def test_one(datasphere_server):
            with open("/proc/%d/environ" % datasphere_server._process.pid, "rb") as variables:
                assert b"JAVA_OPTS=-XX:TieredStopAtLevel=1 " in variables.read()
    """).assert_outcomes(passed=1)


def test_workers_do_not_meet(result, surroundings):
    result("""
        import pytest

        @pytest.mark.parametrize("number", range(%d))
        def test_one(number, datasphere_jobs, datasphere_clock, datasphere_journal):
            assert datasphere_jobs.list() == []
            mine = datasphere_jobs.put(name="job-%%d" %% number, status="EXECUTING", running=lambda job: job.lasts("1h"))
            datasphere_clock.advance("1h")
            assert [job["id"] for job in datasphere_jobs.list()] == [mine]
            assert datasphere_jobs.get(mine)["status"] == "SUCCESS"
            assert datasphere_journal.calls() == []
    """ % TESTS, "-n", str(WORKERS)).assert_outcomes(passed=TESTS)
    assert_nothing_is_left(surroundings)


def test_a_worker_that_is_killed_takes_its_server_along(surroundings, tmp_path):
    file = tmp_path / "test_waits.py"
    file.write_text("import time\ndef test_one(datasphere):\n    print('ready', flush=True)\n    time.sleep(600)\n")
    environ = {name: value for name, value in surroundings.items() if name != "DATASPHERE_EMULATOR_RUNNER"}
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", str(file)],
                                   env=environ, stdout=subprocess.PIPE, cwd=tmp_path)
        try:
            assert any(b"ready" in line for line in process.stdout)
            assert servers_of(surroundings)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
        assert_nothing_is_left(surroundings)


def test_workers_that_are_killed_take_their_servers_along_and_disturb_no_other(result, surroundings):
    ended = result("""
        import os, pytest, signal

        @pytest.mark.parametrize("number", range(%d))
        def test_is_killed(number, datasphere_jobs):
            datasphere_jobs.put(name="train", status="EXECUTING", running=lambda job: job.lasts("1h"))
            os.kill(os.getpid(), signal.SIGKILL)

        @pytest.mark.parametrize("number", range(%d))
        def test_lives(number, datasphere_jobs):
            assert datasphere_jobs.list() == []
            datasphere_jobs.put(name="job-%%d" %% number)
            assert [job["name"] for job in datasphere_jobs.list()] == ["job-%%d" %% number]
    """ % (KILLS, TESTS), "-n", str(WORKERS), "--max-worker-restart", str(KILLS))
    ended.assert_outcomes(failed=KILLS, passed=TESTS)
    assert_nothing_is_left(surroundings)


def assert_nothing_is_left(surroundings):
    """No server, which would also hold its ports, and none of its folders."""
    end = time.monotonic() + PATIENCE_SECONDS
    while servers_of(surroundings) and time.monotonic() < end:
        time.sleep(0.1)
    assert servers_of(surroundings) == []
    kept = [path.name for path in pathlib.Path(surroundings["TMPDIR"]).iterdir()]
    assert [name for name in kept if "datasphere" in name or name.startswith("hsperfdata")] == []


def servers_of(surroundings):
    """The processes whose home is this test's own and that are Java."""
    home = ("HOME=" + surroundings["HOME"]).encode()
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if home in (process / "environ").read_bytes().split(b"\0") and "java" in os.readlink(str(process / "exe")):
                found.append(process.name)
        except OSError:
            # It has ended, or is another user's
            pass
    return found
