// A call as something to run in a shell or a program.
import {quoted} from './format.js';

const PACKAGES = /** @type {Record<string, string>} */ ({ProjectJobService: 'yandex.cloud.datasphere.v2.jobs', ProjectService: 'yandex.cloud.datasphere.v2', OperationService: 'yandex.cloud.operation', IamTokenService: 'yandex.cloud.iam.v1', ApiEndpointService: 'yandex.cloud.endpoint'});
const MODULES = /** @type {Record<string, string>} */ ({ProjectJobService: 'yandex.cloud.datasphere.v2.jobs.project_job_service', ProjectService: 'yandex.cloud.datasphere.v2.project_service', OperationService: 'yandex.cloud.operation.operation_service', IamTokenService: 'yandex.cloud.iam.v1.iam_token_service', ApiEndpointService: 'yandex.cloud.endpoint.api_endpoint_service'});

/** @param {any} call @param {any} request */
export const grpcurl = (call, request) => `grpcurl -plaintext -H "authorization: Bearer $YC_IAM_TOKEN" \\\n  -d ${quoted(JSON.stringify(request))} \\\n  "$DATASPHERE_EMULATOR_GRPC" ${PACKAGES[call.service] ?? ''}.${call.service}/${call.method}`;

/** @param {any} call @param {any} request */
export function python(call, request) {
  const place = MODULES[call.service] ?? MODULES.ProjectJobService;
  const name = call.request?.['@type']?.split('.').pop() ?? call.method + 'Request';
  const ask = `${call.service}Stub(channel).${call.method}(request, metadata=[("authorization", "Bearer " + os.environ["YC_IAM_TOKEN"])])`;
  return `import os, grpc\nfrom google.protobuf import json_format\nfrom ${place}_pb2 import ${name}\nfrom ${place}_pb2_grpc import ${call.service}Stub\n\n`
    + `channel = grpc.insecure_channel(os.environ["DATASPHERE_EMULATOR_GRPC"])\nrequest = json_format.Parse(${JSON.stringify(JSON.stringify(request))}, ${name}())\n`
    + (/^Read.*Logs$/.test(call.method) ? `for message in ${ask}:\n    print(message)` : `print(${ask})`);
}

/** The line of the official command-line client that makes this call; empty if it has none. @param {any} call @param {any} request */
export function command(call, request) {
  if (call.service !== 'ProjectJobService') return '';
  const line = (/** @type {(string | undefined | false)[]} */ ...words) => ['datasphere', 'project', 'job', ...words.filter(Boolean)].map(word => quoted(String(word))).join(' ');
  const id = request.jobId ?? '';
  switch (call.method) {
    case 'Create': return line('execute', '-p', request.projectId, '-c', 'config.yaml');
    case 'Execute': case 'ReadLogs': case 'ReadStdLogs': return line('attach', '--id', id);
    case 'Get': return line('get', '--id', id);
    case 'List': return line('list', '-p', request.projectId);
    case 'Cancel': return line('cancel', '--id', id, request.graceful && '--graceful');
    case 'Delete': return line('delete', '--id', id);
    case 'SetDataTtl': return line('set-data-ttl', '--id', id, '--days', request.ttl ? String(Math.round(parseFloat(request.ttl) / 86400)) : 'infinity');
    case 'DownloadJobFiles': return line('download-files', '--id', id);
    case 'Clone': return fork(line, request);
    default: return '';
  }
}

/** @param {(...words: (string | undefined | false)[]) => string} line @param {any} request */
function fork(line, request) {
  const over = request.jobParametersOverrides ?? {};
  const words = ['fork', '--id', request.sourceJobId];
  if (request.name) words.push('--name', request.name);
  for (const one of over.arguments ?? []) words.push('--arg', `${one.name}=${one.value}`);
  for (const [name, value] of Object.entries(over.env?.vars ?? {})) words.push('--env-var', `${name}=${value}`);
  for (const type of over.cloudInstanceTypes ?? []) words.push('--cloud-instance-type', type.name);
  return line(...words);
}
