"""Run by: datasphere-emulator exec --runner scripted -- python -m unittest -v"""

import os
import tempfile
import unittest
from datetime import timedelta
from pathlib import Path
from unittest import mock

import grpc
from datasphere import SDK
from datasphere.api import jobs_pb2
from datasphere.api import project_job_service_pb2 as job_service

from emulator_control import Control
from retrainer import Retrainer

TRAINS = {"name": "retrain"}


class RetrainerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.control = Control(os.environ["DATASPHERE_EMULATOR_GRPC"])
        cls.addClassCleanup(cls.control.close)

    def setUp(self):
        # Every test has a world of its own, whose time stands still
        self.control.Reset(manual_clock=True)
        template = self.control.PutJob(
            project_id="bt1project", name="template", cmd="python train.py", outputs={"model.bin": b"old"}
        ).job_id
        self.retrainer = Retrainer(template)
        # The client downloads into the working folder
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        # The client looks every 5 seconds whether a job is over
        impatient = mock.patch("datasphere.client.operation_check_interval_seconds", 0.01)
        impatient.start()
        self.addCleanup(impatient.stop)

    def test_the_new_model_is_downloaded(self):
        self.control.AddScripts(
            when=TRAINS,
            scripts=[{"steps": [{"stdout": "epoch 1\n"}, {"writes": {"path": "model.bin", "content": b"new"}}]}],
        )
        model = self.retrainer.retrain(0.1)
        self.assertEqual(model.read_bytes(), b"new")

    def test_the_rate_is_told_to_the_job(self):
        self.retrainer.start(0.25)
        clone = self.control.ListExchanges(method="Clone").exchanges[0]
        request = job_service.CloneProjectJobRequest.FromString(clone.request.value)
        self.assertEqual(request.job_parameters_overrides.env.vars["RATE"], "0.25")

    def test_ten_hours_of_training_pass_at_once(self):
        self.control.AddScripts(
            when=TRAINS,
            scripts=[{"steps": [{"lasts": timedelta(hours=10)}, {"writes": {"path": "model.bin", "content": b"new"}}]}],
        )
        job = self.retrainer.start(0.1)
        self.control.MoveClock(advance=timedelta(hours=10))
        job.wait()
        self.assertEqual(Path("model.bin").read_bytes(), b"new")

    def test_a_program_that_fails_is_told_with_its_code(self):
        self.control.AddScripts(when=TRAINS, scripts=[{"steps": [{"stderr": "no data\n"}, {"exits": 3}]}])
        with self.assertRaisesRegex(Exception, "Program returned code 3"):
            self.retrainer.retrain(0.1)

    def test_a_service_without_room_is_not_asked_twice(self):
        self.control.AddFault(
            method="Clone", fail_with={"code": grpc.StatusCode.RESOURCE_EXHAUSTED.value[0], "message": "no room"}
        )
        with self.assertRaisesRegex(grpc.RpcError, "no room"):
            self.retrainer.retrain(0.1)
        self.assertEqual(len(self.control.ListExchanges(method="Clone").exchanges), 1)

    def test_a_savepoint_is_where_two_endings_begin(self):
        self.control.AddScripts(
            when=TRAINS,
            scripts=[{"steps": [{"waits_for": "data"}, {"writes": {"path": "model.bin", "content": b"new"}}]}],
        )
        job = self.retrainer.start(0.1)
        waiting = self.control.Save().savepoint_id

        self.control.OpenGate(name="data")
        self.assertEqual(self.status(job), jobs_pb2.SUCCESS)

        self.control.Restore(savepoint_id=waiting)
        self.assertEqual(self.status(job), jobs_pb2.EXECUTING)

    def status(self, job):
        return SDK().get_job(job.id).job.status


if __name__ == "__main__":
    unittest.main()
