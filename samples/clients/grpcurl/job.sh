#!/usr/bin/env bash
# Submits a DataSphere job with grpcurl: uploads TEXT, follows the log, downloads RESULT.
#
#     bash job.sh PROJECT TEXT RESULT
#
# No proto files: the emulator's plaintext port has reflection. Needs grpcurl, jq and curl.
set -euo pipefail
project=$1 text=$2 result=$3
jobs=yandex.cloud.datasphere.v2.jobs.ProjectJobService

# call METHOD REQUEST
call() {
  grpcurl -plaintext -H "authorization: Bearer $YC_IAM_TOKEN" -d "$2" "$DATASPHERE_EMULATOR_GRPC" "$1"
}

created=$(call $jobs/Create "$(jq -n \
  --arg project "$project" --arg path "$text" \
  --arg sha256 "$(sha256sum <"$text" | cut -d ' ' -f 1)" --arg size "$(wc -c <"$text")" '{
    project_id: $project,
    name: "upper",
    job_parameters: {
      cmd: "tr a-z A-Z < ${TEXT} | tee ${UPPER}",
      input_files: [{
        desc: {path: $path, var: "TEXT"}, sha256: $sha256, size_bytes: $size, compression_type: "NONE"
      }],
      output_files: [{path: "upper.txt", var: "UPPER"}],
      cloud_instance_types: [{name: "c1.4"}]
    }}')")
job=$(jq '.response | {job_id}' <<<"$created")

# A file that the project has already is not asked for again.
for url in $(jq -r '.response.upload_files[]?.url' <<<"$created"); do
  curl --fail --silent --show-error --upload-file "$text" "$url"
done

operation=$(call $jobs/Execute "$job" | jq '{operation_id: .id}')
call $jobs/ReadLogs "$job" | jq -j '.logs[]? | select(.standard_stream == "OUT") | .content | @base64d'

# The log ends with the job, the operation a moment later.
until done=$(call yandex.cloud.operation.OperationService/Get "$operation") && jq -e .done <<<"$done" >/dev/null; do
  sleep 1
done
if ! jq -e .response <<<"$done" >/dev/null; then
  echo "the job failed: $(jq -r .error.message <<<"$done")" >&2
  exit 1
fi
for url in $(jq -r '.response.output_files[]?.url' <<<"$done"); do
  curl --fail --silent --show-error --output "$result" "$url"
done
exit "$(jq -r '.response.result.return_code // 0' <<<"$done")"
