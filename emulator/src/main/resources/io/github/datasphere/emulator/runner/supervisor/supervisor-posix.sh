# Process 1 of a job whose image has no bash: what supervisor.sh is to others, in the words of any
# POSIX shell, for containers alone. What such a shell starts in the background ignores interrupts,
# so the command runs in the foreground, and the requests are read by a child, which passes on what is
# to be run. Each other process is the job's.
_ds_state=$1 _ds_work=$2 _ds_folder=$4
unset OLDPWD
trap : INT TERM HUP QUIT PIPE
exec 5<&0

# Ends in words where nothing can be run; the emulator reads them.
_ds_refuse() {
  printf 'datasphere-emulator: %s\n' "$1" >&2
  exit 78
}

for _ds_tool in cat env mkdir mkfifo rm sleep; do
  command -v "$_ds_tool" > /dev/null \
    || _ds_refuse "the image has no $_ds_tool, which jobs need where there is no bash"
done
mkdir -p "$_ds_state" "$_ds_folder" \
  || _ds_refuse "the folders $_ds_state and $_ds_folder cannot be made"

# A command is a subshell, and what waits for it is to tell its exit code also after a signal.
_ds_wait='trap : HUP INT QUIT USR1 USR2 TERM'

# Sets _ds_item to the state, parent and group of a process; its name may have lines of its own.
_ds_read_stat() {
  _ds_item=
  while read -r _ds_part; do _ds_item="$_ds_item $_ds_part"; done 2> /dev/null < "/proc/$1/stat"
  _ds_item=${_ds_item##*) }
}

# Sets _ds_found to the processes of the job.
_ds_find() {
  _ds_found=
  for _ds_dir in /proc/[0-9]*; do
    _ds_pid=${_ds_dir#/proc/}
    case " 1 $_ds_reader " in *" $_ds_pid "*) continue ;; esac
    { _ds_read_stat "$_ds_pid"; } 2> /dev/null
    case $_ds_item in '' | Z*) ;; *) _ds_found="$_ds_found $_ds_pid" ;; esac
  done
}

# Ends every process of the job; first stops them until no new one is seen. Gives up some time.
_ds_end() {
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

# Becomes the command, in a process group of its own where the image has setsid. A variable that no
# such shell hands on, as MY-SECRET, does not reach it.
_ds_launch() {
  cd "$_ds_work" || exit 126
  { echo 500 > /proc/self/oom_score_adj; } 2> /dev/null
  _ds_text=$(cat "$_ds_state/$_ds_script" && echo .) || exit 126
  _ds_own=$(command -v setsid)
  if [ ${#_ds_text} -lt 30000 ]; then
    set -- "$@" sh -c "$_ds_wait
${_ds_text%.}"
  else
    set -- "$@" sh -c "$_ds_wait
. $_ds_state/$_ds_script" sh
  fi
  exec $_ds_own env -- "$@" < /dev/null 4<&- 5<&-
}

# Both streams end with the mark that tells the exit code, or in words why nothing was run.
_ds_report() {
  rm -rf "$_ds_state/signalled" "$_ds_state/running"
  printf '\036%s %s\n' "$_ds_token" "$1"
  printf '\036%s %s\n' "$_ds_token" "$1" >&2
}

# Runs a command whose variables come next. Asked to end by a signal, it may leave its last words to
# others of the job: they are waited for.
_ds_run() {
  _ds_token=$1 _ds_script=$3
  set --
  while IFS= read -r _ds_pair <&4 && [ -n "$_ds_pair" ]; do
    _ds_pair=$(printf '%b.' "$_ds_pair")
    set -- "$@" "${_ds_pair%.}"
  done
  (_ds_launch "$@")
  _ds_code=$?
  while [ -e "$_ds_state/signalled" ] && _ds_find && [ -n "$_ds_found" ]; do sleep 0.1; done
  _ds_end
  _ds_report "$_ds_code"
}

# Waits for a command that is just being started, since what is found of it before is nothing.
_ds_await() {
  _ds_look=0
  while [ -e "$_ds_state/running" ] && [ "$_ds_look" -lt 500 ]; do
    _ds_find
    [ -z "$_ds_found" ] || return 0
    sleep 0.01
    _ds_look=$((_ds_look + 1))
  done
  return 1
}

# Sends a signal to every process of the job, once: to a group as a whole, as what it forks meanwhile
# gets it too. An emulator that was started again asks again, and nothing is sent again.
_ds_signal() {
  [ -z "$_ds_signalled" ] && _ds_await || return
  _ds_signalled=$1
  mkdir "$_ds_state/signalled"
  _ds_read_stat 1
  set -- "$1" $_ds_item
  _ds_told=" 0 1 $4 "
  for _ds_pid in $_ds_found; do
    { _ds_read_stat "$_ds_pid"; } 2> /dev/null
    set -- "$1" $_ds_item
    case $_ds_told in
      *" own $4 "*) ;;
      *" $4 "*) kill "-$1" "$_ds_pid" ;;
      *)
        _ds_told="${_ds_told}own $4 "
        kill "-$1" "-$4"
        ;;
    esac
  done
}

# What breaks off is not passed on, and begins nothing.
_ds_pass_on() {
  _ds_request="run $1 $2 $3"
  while IFS= read -r _ds_line || return; [ -n "$_ds_line" ]; do
    _ds_request="$_ds_request
$_ds_line"
  done
  _ds_signalled=
  [ -s "$_ds_state/$3" ] || _ds_trouble=${_ds_trouble:-"$_ds_state/$3 cannot be read"}
  { true > "$_ds_state/running"; } && { true > "$_ds_state/$3.begun"; } \
    || _ds_trouble=${_ds_trouble:-"$_ds_state cannot be written, perhaps for want of disk space"}
  [ -z "$_ds_trouble" ] || _ds_request="fail $1 $_ds_trouble"
  printf '%s\n\n' "$_ds_request" >&4
}

_ds_read_requests() {
  read -r _ds_reader _ds_item < /proc/self/stat
  _ds_kept= _ds_signalled= _ds_trouble=
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
        { printf %b "$_ds_line" > "$_ds_state/$_ds_one"; } \
          || _ds_trouble="$_ds_state/$_ds_one cannot be written, perhaps for want of disk space"
        ;;
      run) _ds_pass_on "$_ds_one" "$_ds_two" "$_ds_three" ;;
      signal) _ds_signal "$_ds_one" ;;
      kill)
        rm -rf "$_ds_state/signalled"
        _ds_await && _ds_end
        ;;
      mark)
        printf '\036%s mark\n' "$_ds_one" >&6
        printf '\036%s mark\n' "$_ds_one" >&7
        ;;
      keep) _ds_kept=yes ;;
      release) _ds_kept= && break ;;
    esac
  done
  if [ -z "$_ds_kept" ]; then
    rm -rf "$_ds_state/signalled"
    _ds_end
  fi
  echo release >&4
}

mkfifo "$_ds_state/requests" || _ds_refuse "no pipe can be made in $_ds_state"
exec 4<> "$_ds_state/requests"
_ds_read_requests <&5 6>&1 7>&2 > /dev/null 2>&1 &
_ds_reader=$!
while read -r _ds_verb _ds_one _ds_two _ds_three <&4; do
  case $_ds_verb in
    run) _ds_run "$_ds_one" "$_ds_two" "$_ds_three" ;;
    fail)
      _ds_token=$_ds_one
      _ds_report "$_ds_two $_ds_three"
      ;;
    release) exit 0 ;;
  esac
done
