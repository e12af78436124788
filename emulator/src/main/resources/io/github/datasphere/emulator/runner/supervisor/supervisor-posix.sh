# Process 1 of a job whose image has no bash: what supervisor.sh is to others, in the words of any
# POSIX shell, for containers alone. What such a shell starts in the background ignores interrupts,
# so the command runs in the foreground, and the requests are read by a child, which passes on what is
# to be run. Each other process is the job's.
_ds_state=$1 _ds_work=$2
unset OLDPWD
trap : INT TERM HUP QUIT PIPE
exec 5<&0

# A command is a subshell, and what waits for it is to tell its exit code also after a signal.
_ds_wait='trap : HUP INT QUIT USR1 USR2 TERM'

# Sets _ds_found to the processes of the job.
_ds_find() {
  _ds_found=
  for _ds_dir in /proc/[0-9]*; do
    _ds_pid=${_ds_dir#/proc/}
    case " 1 $_ds_reader " in *" $_ds_pid "*) continue ;; esac
    { read -r _ds_item < "$_ds_dir/stat"; } 2> /dev/null || continue
    case ${_ds_item##*) } in Z*) ;; *) _ds_found="$_ds_found $_ds_pid" ;; esac
  done
}

# Ends every process of the job; first stops them until no new one is seen. Gives up some time.
_ds_end() {
  _ds_group=
  { read -r _ds_group < "$_ds_state/group"; } 2> /dev/null
  [ -z "$_ds_group" ] || kill -KILL "-$_ds_group" 2> /dev/null
  _ds_left=1000
  while _ds_find; [ -n "$_ds_found" ] && [ "$_ds_left" -gt 0 ]; do
    _ds_left=$((_ds_left - 1)) _ds_seen= _ds_round=0
    while [ "$_ds_found" != "$_ds_seen" ] && [ "$_ds_round" -lt 20 ]; do
      kill -STOP $_ds_found 2> /dev/null
      _ds_seen=$_ds_found _ds_round=$((_ds_round + 1))
      _ds_find
    done
    kill -KILL $_ds_found 2> /dev/null
  done
}

# Whether a process group has members that are not dead.
_ds_lives() {
  for _ds_file in /proc/[0-9]*/stat; do
    { read -r _ds_item < "$_ds_file"; } 2> /dev/null || continue
    set -- "$1" ${_ds_item##*) }
    [ "$4" != "$1" ] || [ "$2" = Z ] || return 0
  done
  return 1
}

# Becomes the command, in a process group of its own where the image has setsid. A variable that no
# such shell hands on, as MY-SECRET, does not reach it.
_ds_launch() {
  cd "$_ds_work" || exit 126
  { echo 500 > /proc/self/oom_score_adj; } 2> /dev/null
  _ds_text=$(cat "$_ds_state/$_ds_script" && echo .)
  _ds_own=$(command -v setsid)
  if [ ${#_ds_text} -lt 30000 ] && [ -n "$_ds_text" ]; then
    set -- "$@" sh -c "$_ds_wait
${_ds_text%.}"
  else
    set -- "$@" sh -c "$_ds_wait
. $_ds_state/$_ds_script" sh
  fi
  exec $_ds_own sh -c 'echo "$$" > "$0/group.new" && mv -f "$0/group.new" "$0/group"
    exec env "$@"' "$_ds_state" "$@" < /dev/null 4<&- 5<&-
}

# Runs a command whose variables come next; both streams end with the mark that tells its exit code.
_ds_run() {
  _ds_token=$1 _ds_script=$3
  set --
  while IFS= read -r _ds_pair <&4 && [ -n "$_ds_pair" ]; do
    _ds_pair=$(printf '%b.' "$_ds_pair")
    set -- "$@" "${_ds_pair%.}"
  done
  (_ds_launch "$@")
  _ds_code=$?
  { read -r _ds_group < "$_ds_state/group"; } 2> /dev/null
  while [ -e "$_ds_state/signalled" ] && _ds_lives "$_ds_group"; do sleep 0.05; done
  _ds_end
  rm -f "$_ds_state/group" "$_ds_state/signalled" "$_ds_state/running"
  printf '\036%s %d\n' "$_ds_token" "$_ds_code"
  printf '\036%s %d\n' "$_ds_token" "$_ds_code" >&2
}

# Sets _ds_group to the process group of the command; waits for one that is just being started.
_ds_await_group() {
  _ds_group= _ds_round=0
  while [ -e "$_ds_state/running" ] && [ "$_ds_round" -lt 500 ]; do
    { read -r _ds_group < "$_ds_state/group"; } 2> /dev/null && return
    sleep 0.01
    _ds_round=$((_ds_round + 1))
  done
}

_ds_signal() {
  _ds_await_group
  [ -n "$_ds_group" ] || return
  : > "$_ds_state/signalled"
  kill "-$1" "-$_ds_group" 2> /dev/null || kill "-$1" "$_ds_group" 2> /dev/null
}

# What breaks off is not passed on, and begins nothing.
_ds_pass_on() {
  _ds_request="run $1 $2 $3"
  while IFS= read -r _ds_line || return; [ -n "$_ds_line" ]; do
    _ds_request="$_ds_request
$_ds_line"
  done
  : > "$_ds_state/running"
  : > "$_ds_state/$3.begun"
  printf '%s\n\n' "$_ds_request" >&4
}

_ds_read_requests() {
  read -r _ds_reader _ds_item < /proc/self/stat
  _ds_kept=
  while :; do
    read -r _ds_verb _ds_one _ds_two _ds_three
    case $? in
      0) ;;
      1) break ;;
      *) continue ;; # a signal came
    esac
    case $_ds_verb in
      write)
        IFS= read -r _ds_line
        printf %b "$_ds_line" > "$_ds_state/$_ds_one"
        ;;
      run) _ds_pass_on "$_ds_one" "$_ds_two" "$_ds_three" ;;
      signal) _ds_signal "$_ds_one" ;;
      kill)
        _ds_await_group
        rm -f "$_ds_state/signalled"
        _ds_end
        ;;
      keep) _ds_kept=yes ;;
      release) _ds_kept= && break ;;
    esac
  done
  if [ -z "$_ds_kept" ]; then
    rm -f "$_ds_state/signalled"
    _ds_end
  fi
  echo release >&4
}

mkfifo "$_ds_state/requests" || exit
exec 4<> "$_ds_state/requests"
_ds_read_requests <&5 > /dev/null 2>&1 &
_ds_reader=$!
while read -r _ds_verb _ds_one _ds_two _ds_three <&4; do
  case $_ds_verb in
    run) _ds_run "$_ds_one" "$_ds_two" "$_ds_three" ;;
    release) exit 0 ;;
  esac
done
