// Submits a DataSphere job with the Node SDK: uploads TEXT, follows the log, downloads RESULT.
//
//     npm ci
//     node job.js PROJECT TEXT RESULT
//
// It knows nothing of the emulator: the variables of `datasphere-emulator env` lead it there.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Session, waitForOperation } from '@yandex-cloud/nodejs-sdk';
import jobs from '@yandex-cloud/nodejs-sdk/datasphere-v2/jobs/jobs';
import api from '@yandex-cloud/nodejs-sdk/datasphere-v2/jobs/project_job_service';

const HOUR = 60 * 60 * 1000;

async function main(project, text, result) {
  const session = new Session({ iamToken: process.env.YC_IAM_TOKEN });
  const service = session.client(api.ProjectJobServiceClient);
  const wait = async (operation, type) => {
    const done = await waitForOperation(operation, session, HOUR);
    return type.decode(done.response.value);
  };

  const content = await readFile(text);
  const created = await wait(await service.create(request(project, text, content)), api.CreateProjectJobResponse);
  const { jobId } = created;
  for (const upload of created.uploadFiles) { // a file that the project has already is not asked for again
    await checked(fetch(upload.url, { method: 'PUT', body: content }));
  }

  const streams = { [api.StandardStream.OUT]: process.stdout, [api.StandardStream.ERR]: process.stderr };
  const execution = await service.execute(api.ExecuteProjectJobRequest.fromPartial({ jobId }));
  for await (const { logs } of service.readLogs(api.ReadProjectJobLogsRequest.fromPartial({ jobId }))) {
    logs.forEach((log) => streams[log.standardStream]?.write(log.content)); // the others are lines of log files
  }

  const done = await wait(execution, api.ExecuteProjectJobResponse);
  for (const output of done.outputFiles) {
    const download = await checked(fetch(output.url));
    await writeFile(result, download.body);
  }
  return Number(done.result.returnCode);
}

function request(projectId, path, content) {
  const source = {
    desc: { path, var: 'TEXT' },
    sha256: createHash('sha256').update(content).digest('hex'),
    sizeBytes: content.length,
    compressionType: jobs.FileCompressionType.NONE,
  };
  return api.CreateProjectJobRequest.fromPartial({
    projectId,
    name: 'upper',
    jobParameters: {
      cmd: 'tr a-z A-Z < ${TEXT} | tee ${UPPER}',
      inputFiles: [source],
      outputFiles: [{ path: 'upper.txt', var: 'UPPER' }],
      cloudInstanceTypes: [{ name: 'c1.4' }],
    },
  });
}

async function checked(answer) {
  const response = await answer;
  if (!response.ok) {
    throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  }
  return response;
}

process.exitCode = await main(...process.argv.slice(2)).catch((error) => {
  // waitForOperation rejects with the operation itself.
  console.error(error instanceof Error ? error : `the operation failed: ${error.error?.message}`);
  return 1;
});
