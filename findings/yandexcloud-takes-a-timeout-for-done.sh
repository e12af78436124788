#!/usr/bin/env bash
# yandexcloud 0.413.0 (Python SDK): wait_operation_and_get_result with a timeout returns normally when the time is over
# and the operation still runs. It logs "Done Yandex.Cloud operation" and gives a response whose fields are all empty, as
# that of a job which ended well with return code 0. Look at result.operation again, or compare the clock.
# Seen: operation.done False at the server, no exception, return_code 0, the log line "Done".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yandexcloud==0.413.0 'setuptools<81'
cat >"$folder/wait.py" <<'X'
import logging
from concurrent import futures

import grpc
from yandex.cloud.datasphere.v2.jobs.project_job_service_pb2 import ExecuteProjectJobResponse
from yandex.cloud.operation import operation_pb2, operation_service_pb2_grpc
from yandexcloud._operation_waiter import get_operation_result


class Running(operation_service_pb2_grpc.OperationServiceServicer):
    def Get(self, request, context):
        return operation_pb2.Operation(id=request.operation_id, done=False)


class Sdk:
    """Leads the waiter to the server below; the real one insists on TLS."""

    def client(self, stub, interceptor=None, **_):
        channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        return stub(grpc.intercept_channel(channel, interceptor) if interceptor else channel)


server = grpc.server(futures.ThreadPoolExecutor())
operation_service_pb2_grpc.add_OperationServiceServicer_to_server(Running(), server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
lines = []
logger = logging.getLogger("waiter")
logger.setLevel(logging.INFO)
handler = logging.Handler()
handler.emit = lambda record: lines.append(record.getMessage())
logger.addHandler(handler)
result = get_operation_result(
    Sdk(), operation_pb2.Operation(id="op"), response_type=ExecuteProjectJobResponse, timeout=2, logger=logger)
print("no exception; return code", result.response.result.return_code, "; log:", lines[-1].split(" Response")[0])
server.stop(None)
assert result.response.result.return_code == 0 and lines[-1].startswith("Done Yandex.Cloud operation")
X
"$folder/venv/bin/python" "$folder/wait.py" 2>"$folder/err" || { tail -n 5 "$folder/err" >&2; exit 1; }
