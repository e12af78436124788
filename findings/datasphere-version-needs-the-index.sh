#!/usr/bin/env bash
# datasphere 0.10.0 (the official client): every command, even `datasphere version`, ends by asking the package index for
# its newest version. Where the index cannot be reached the command fails: exit code 1 and a traceback, after it has
# printed the right answer. So a job that succeeded counts as failed on a machine without a network.
# Seen: "0.10.0" on stdout, exit code 1, requests.exceptions.ProxyError on stderr (here the proxy is a closed port).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check datasphere==0.10.0
code=0
HOME=$folder TMPDIR=$folder HTTPS_PROXY=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 NO_PROXY='' no_proxy='' \
  "$folder/venv/bin/datasphere" version >"$folder/out" 2>"$folder/err" || code=$?
echo "exit code $code, stdout: $(cat "$folder/out"), stderr ends: $(tail -n 1 "$folder/err" | cut -c1-120)"
[ "$code" = 1 ] && grep -q '0\.10\.0' "$folder/out" && grep -q 'ProxyError\|ConnectionError' "$folder/err"
