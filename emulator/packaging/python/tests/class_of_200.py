"""What docs/performance.md compares with the JUnit extension's class of 200 tests: the same test, as often, on pytest.

By hand, where the wheel, pytest and the official client are installed: python -m pytest class_of_200.py. As there, each test
creates and executes a job by the service's own messages, lets time pass, downloads the result and asserts.
"""

import urllib.request

import grpc
import pytest
from datasphere.api import jobs_pb2
from datasphere.api import project_job_service_pb2 as service_pb2
from datasphere.api import project_job_service_pb2_grpc as service_pb2_grpc

TOKEN = (("authorization", "Bearer any"),)


@pytest.fixture(scope="session")
def service(datasphere_server):
    with grpc.insecure_channel(datasphere_server.variables["DATASPHERE_EMULATOR_GRPC"]) as channel:
        yield service_pb2_grpc.ProjectJobServiceStub(channel)


@pytest.mark.parametrize("number", range(200))
@pytest.mark.datasphere(strict=True)
def test_the_model_is_downloaded_once_training_is_over(number, datasphere_jobs, datasphere_clock, service):
    datasphere_jobs.when(name="train").run(
        lambda job: job.stdout("epoch 1\n").lasts("5h").writes("model", b"weights"))
    request = service_pb2.CreateProjectJobRequest(project_id="bt1bench", name="train", job_parameters=jobs_pb2.JobParameters(
        cmd="true", output_files=[jobs_pb2.FileDesc(path="model")],
        cloud_instance_types=[jobs_pb2.CloudInstanceType(name="c1.4")]))
    created = service_pb2.CreateProjectJobResponse()
    service.Create(request, metadata=TOKEN).response.Unpack(created)
    execute = service_pb2.ExecuteProjectJobRequest(job_id=created.job_id)
    service.Execute(execute, metadata=TOKEN)
    datasphere_clock.advance("5h")

    assert datasphere_jobs.named("train")["status"] == "SUCCESS"
    done = service_pb2.ExecuteProjectJobResponse()
    service.Execute(execute, metadata=TOKEN).response.Unpack(done)
    with urllib.request.urlopen(done.output_files[0].url) as content:
        assert content.read() == b"weights"
