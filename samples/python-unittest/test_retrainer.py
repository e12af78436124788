"""Run by: pytest. The wheel datasphere-emulator brings the fixtures; each test has an empty world whose time stands still."""

from pathlib import Path

import pytest
from datasphere import SDK
from datasphere.api import jobs_pb2

from retrainer import Retrainer


@pytest.fixture
def retrainer(datasphere_jobs, tmp_path, monkeypatch):
    # The client downloads into the working folder
    monkeypatch.chdir(tmp_path)
    return Retrainer(datasphere_jobs.put(name="template", cmd="python train.py", outputs={"model.bin": b"old"}))


def test_the_new_model_is_downloaded(datasphere_jobs, retrainer):
    datasphere_jobs.when(name="retrain").run(lambda job: job.stdout("epoch 1\n").writes("model.bin", b"new"))
    assert retrainer.retrain(0.1).read_bytes() == b"new"


def test_the_rate_is_told_to_the_job(datasphere_journal, retrainer):
    retrainer.start(0.25)
    (clone,) = datasphere_journal.calls("Clone")
    assert clone.request["jobParametersOverrides"]["env"]["vars"]["RATE"] == "0.25"


def test_ten_hours_of_training_pass_at_once(datasphere_jobs, datasphere_clock, retrainer):
    datasphere_jobs.when(name="retrain").run(lambda job: job.lasts("10h").writes("model.bin", b"new"))
    job = retrainer.start(0.1)
    datasphere_clock.advance("10h")
    job.wait()
    assert Path("model.bin").read_bytes() == b"new"


def test_a_program_that_fails_is_told_with_its_code(datasphere_jobs, retrainer):
    def has_no_data(job):
        job.stderr("no data\n")
        job.exits(3)

    datasphere_jobs.when(name="retrain").run(has_no_data)
    with pytest.raises(Exception, match="Program returned code 3"):
        retrainer.retrain(0.1)


def test_a_service_without_room_is_not_asked_twice(datasphere_faults, datasphere_journal, retrainer):
    datasphere_faults.fail_next(1, "Clone", "RESOURCE_EXHAUSTED", "no room")
    with pytest.raises(Exception, match="no room"):
        retrainer.retrain(0.1)
    assert [call.status for call in datasphere_journal.calls("Clone")] == ["RESOURCE_EXHAUSTED"]


@pytest.mark.datasphere(strict=True)
def test_a_savepoint_is_where_two_endings_begin(datasphere, datasphere_jobs, retrainer):
    datasphere_jobs.when(name="retrain").run(lambda job: job.waits_for("data").writes("model.bin", b"new"))
    job = retrainer.start(0.1)
    waiting = datasphere.save()

    datasphere_jobs.open_gate("data")
    assert status(job) == jobs_pb2.SUCCESS

    datasphere.restore(waiting)
    assert status(job) == jobs_pb2.EXECUTING
    datasphere_jobs.open_gate("data")


def status(job):
    return SDK().get_job(job.id).job.status
