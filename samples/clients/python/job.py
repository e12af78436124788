"""Submits a DataSphere job with the yandexcloud SDK: uploads TEXT, follows the log, downloads RESULT.

    pip install -r requirements.txt
    python job.py PROJECT TEXT RESULT

It knows nothing of the emulator: the variables of `datasphere-emulator env` lead it there.
"""

import hashlib
import os
import pathlib
import sys

import requests
import yandexcloud
from yandex.cloud.datasphere.v2.jobs import jobs_pb2 as jobs
from yandex.cloud.datasphere.v2.jobs import project_job_service_pb2 as api
from yandex.cloud.datasphere.v2.jobs.project_job_service_pb2_grpc import ProjectJobServiceStub


def main(project: str, text: pathlib.Path, result: pathlib.Path) -> int:
    sdk = yandexcloud.SDK(iam_token=os.environ["YC_IAM_TOKEN"])
    service = sdk.client(ProjectJobServiceStub)

    created = wait(sdk, service.Create(request(project, text)), api.CreateProjectJobResponse)
    for upload in created.upload_files:  # a file that the project has already is not asked for again
        with text.open("rb") as content:
            requests.put(upload.url, data=content, timeout=60).raise_for_status()

    streams = {api.OUT: sys.stdout.buffer, api.ERR: sys.stderr.buffer}
    execution = service.Execute(api.ExecuteProjectJobRequest(job_id=created.job_id))
    for message in service.ReadLogs(api.ReadProjectJobLogsRequest(job_id=created.job_id, offset=0)):
        for log in message.logs:
            if log.standard_stream in streams:  # the others are lines of log files
                streams[log.standard_stream].write(log.content)
                streams[log.standard_stream].flush()

    done = wait(sdk, execution, api.ExecuteProjectJobResponse)
    for output in done.output_files:
        download = requests.get(output.url, timeout=60)
        download.raise_for_status()
        result.write_bytes(download.content)
    return done.result.return_code


def request(project: str, text: pathlib.Path) -> api.CreateProjectJobRequest:
    content = text.read_bytes()
    source = jobs.File(
        desc=jobs.FileDesc(path=str(text), var="TEXT"),
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        compression_type=jobs.FileCompressionType.NONE,
    )
    return api.CreateProjectJobRequest(
        project_id=project,
        name="upper",
        job_parameters=jobs.JobParameters(
            cmd="tr a-z A-Z < ${TEXT} | tee ${UPPER}",
            input_files=[source],
            output_files=[jobs.FileDesc(path="upper.txt", var="UPPER")],
            cloud_instance_types=[jobs.CloudInstanceType(name="c1.4")],
        ),
    )


def wait(sdk, operation, response_type):
    return sdk.wait_operation_and_get_result(operation, response_type=response_type).response


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])))
