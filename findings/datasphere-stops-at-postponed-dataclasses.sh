#!/usr/bin/env bash
# datasphere 0.10.0 (the official client) with an automatic Python environment: a main script that has a dataclass and
# `from __future__ import annotations` cannot be sent, though Python runs it. The client imports the script under a name
# that it does not register among the modules, where dataclasses look up the names of postponed annotations.
# Seen: AttributeError: 'NoneType' object has no attribute '__dict__'; without the first line of the script none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check datasphere==0.10.0
cd "$folder"
printf '%s\n' 'from dataclasses import dataclass' '@dataclass' 'class Settings:' '    rate: float = 0.1' \
  "if __name__ == '__main__':" '    print(Settings())' >plain.py
{ echo 'from __future__ import annotations' && cat plain.py; } >postponed.py
for script in plain postponed; do
  echo "python: $("$folder/venv/bin/python" $script.py)"
  TMPDIR=$folder "$folder/venv/bin/datasphere" generate-requirements -o out.txt $script.py >"$script.log" 2>&1 || true
  echo "$script: $(grep -c "^AttributeError: 'NoneType' object has no attribute '__dict__'" "$script.log" || true)"
done
grep -q "^AttributeError: 'NoneType' object has no attribute '__dict__'" postponed.log
! grep -q AttributeError plain.log
