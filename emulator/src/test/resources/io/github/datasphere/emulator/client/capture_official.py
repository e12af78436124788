"""Runs the official client on every configuration of a folder and keeps what it would send.

Arguments: folder with NAME.yaml. Writes NAME.request (the message) or NAME.error (why not) beside it.
The package index is taken to know every distribution, so that no network is needed.
"""
import os
import sys
from argparse import Namespace
from pathlib import Path

os.environ['YC_IAM_TOKEN'] = 'any'

import envzy.classify
import datasphere.sdk
from datasphere.api import project_job_service_pb2  # noqa: F401, fails early on another layout

envzy.classify.check_package_version_exists = lambda **_: True
envzy.classify.check_package_version_exists_on_target_platform = lambda **_: True


class Captured(BaseException):
    pass


class Create:
    def with_call(self, request, metadata):
        raise Captured(request)


def capture(config, workspace):
    os.chdir(workspace)
    sdk = datasphere.sdk.SDK(log_level='ERROR', log_dir=str(config.with_suffix('.logs')))
    sdk.client.stub.Create = Create()
    with open(config, 'r') as f:
        try:
            sdk._execute(Namespace(config=f, project_id='bt1project0000000000', async_=True))
        except Captured as e:
            config.with_suffix('.request').write_bytes(e.args[0].SerializeToString())
        except Exception as e:
            config.with_suffix('.error').write_text('%s: %s' % (type(e).__name__, e))


folder = Path(sys.argv[1])
for config in sorted(folder.glob('*.yaml')):
    pid = os.fork()  # a fresh interpreter state for each, without the second that imports take
    if pid == 0:
        capture(config, sys.argv[2])
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if status:
        sys.exit('%s: the capture died with status %d' % (config, status))
