# Process 1 of a job; Supervisor.java says what it reads and answers. Arguments: the folder of its
# own files; the working directory of the job; "tree" if we inherit what the job's processes leave
# behind; a folder to be made beside our own, in a container. Names begin with _ds: a variable that
# bears the name of an exported one would carry our value into the job.
_ds_state=$1 _ds_work=$2 _ds_tree=${3:-} _ds_keeper= _ds_cats= _ds_kept= _ds_signalled= _ds_trouble=
_ds_line= _ds_woken=0 _ds_output= _ds_over= _ds_code=
unset OLDPWD

# An interrupt at the terminal or the end of a session does not end us. Handlers, not '': what we
# ignored, the job would have to ignore too.
trap : INT TERM HUP QUIT PIPE
# The keeper says that it ends: for some looks we are quick.
trap '_ds_woken=20' USR1

# Ends in words where nothing can be run; the emulator reads them.
_ds_refuse() {
  printf 'datasphere-emulator: %s\n' "$1" >&2
  exit 78
}

if [[ -n ${4:-} ]]; then
  type -P mkdir > /dev/null || _ds_refuse "the image has no mkdir, which jobs need"
  mkdir -p "$_ds_state" "$4" || _ds_refuse "the folders $_ds_state and $4 cannot be made"
fi

# Lets some time go by, also where there is no sleep.
_ds_pause() {
  sleep "$1" 2> /dev/null || read -r -t "$1" <> <(:)
}

# Whether a process that another one, we or the keeper, has started goes on. Its number does not tell:
# once its end was noticed, any process of the machine may get that number.
_ds_goes_on() {
  local item=
  kill -0 "$1" 2> /dev/null || return
  [[ -r /proc/self/stat ]] || return 0
  { IFS= read -r -d '' item < "/proc/$1/stat"; } 2> /dev/null
  set -- "$2" ${item##*) }
  [[ ${3:-} == "$1" ]]
}

# Sets _ds_parents and _ds_groups of all that lives, by process. All of a file is read, as the name
# of a process may have lines of its own.
_ds_read_table() {
  local dir item
  _ds_parents=() _ds_groups=()
  if [[ ! -r /proc/self/stat ]]; then
    while read -r item; do
      set -- $item
      [[ $4 == Z* ]] || _ds_parents[$1]=$2 _ds_groups[$1]=$3
    done < <(ps -axo pid=,ppid=,pgid=,stat= 2> /dev/null)
    return
  fi
  for dir in /proc/[0-9]*; do
    item=
    { IFS= read -r -d '' item < "$dir/stat"; } 2> /dev/null
    set -- ${item##*) }
    [[ -z $item || $1 == Z ]] || _ds_parents[${dir#/proc/}]=$2 _ds_groups[${dir#/proc/}]=$3
  done
}

# Whether a process descends from us.
_ds_descends() {
  local pid=${_ds_parents[$1]:-0}
  until [[ $pid -le 1 ]]; do
    [[ $pid -ne $$ ]] || return 0
    pid=${_ds_parents[$pid]:-0}
  done
  return 1
}

# Whether a process carries the mark of the job or works in its directory; without /proc, whether it is
# of the command's group.
_ds_is_marked() {
  local item=
  if [[ ! -r /proc/self/stat ]]; then
    [[ -f $_ds_state/group ]] && read -r item < "$_ds_state/group"
    [[ ${_ds_groups[$1]} == "$item" ]]
    return
  fi
  [[ ! /proc/$1/cwd -ef $_ds_work ]] || return 0
  while IFS= read -r -d '' item; do
    [[ $item != "DATASPHERE_EMULATOR_JOB=$DATASPHERE_EMULATOR_JOB" ]] || return 0
  done 2> /dev/null < "/proc/$1/environ"
  return 1
}

# Sets _ds_found to the processes of the job. Where we are process 1, in a container, that is
# everything but us; where all orphans become our children, it is what descends from us.
_ds_find() {
  local pid own=" $$ $_ds_keeper $_ds_cats "
  _ds_found=
  _ds_read_table
  for pid in "${!_ds_parents[@]}"; do
    [[ $own != *" $pid "* ]] || continue
    if [[ $$ -eq 1 ]] || _ds_descends "$pid"; then
      _ds_found+=" $pid"
    elif [[ -z $_ds_tree ]] && { _ds_is_marked "$pid"; } 2> /dev/null; then
      _ds_found+=" $pid"
    fi
  done
}

# Ends every process of the job. First stops them until no new one is seen, since what is stopped
# does not fork; looks twice, as one look can miss what is just being forked. Gives up after ten
# seconds on what even SIGKILL does not end. What was stopped but turns out not to be of the job,
# since it was just becoming another program, goes on.
_ds_end() {
  local seen round stopped calm=0 until=$((SECONDS + 10))
  while _ds_find; [[ SECONDS -lt until ]]; do
    if [[ -z $_ds_found ]]; then
      [[ $((calm += 1)) -lt 2 ]] || return
      continue
    fi
    seen= stopped= calm=0
    for ((round = 0; round < 20; round++)); do
      [[ $_ds_found != "$seen" ]] || break
      kill -STOP $_ds_found 2> /dev/null
      stopped+=$_ds_found
      seen=$_ds_found
      _ds_find
    done
    kill -KILL $_ds_found 2> /dev/null
    kill -CONT $stopped 2> /dev/null
  done
}

# Becomes the command. One that is too long for an argument is run as a file. What is needed for that
# is in our arguments before the first variable of the job is set, and no name of ours is set at all:
# what bash cannot set, or we use, env sets. Where memory runs out, the command is to end and not we,
# who tell its exit code.
_ds_launch() {
  cd "$_ds_work" || exit 126
  { echo 500 > /proc/self/oom_score_adj; } 2> /dev/null
  _ds_text=$(< "$_ds_state/$_ds_script")
  [[ -n $_ds_text ]] || exit 126
  if [[ ${#_ds_text} -gt 30000 ]]; then
    set -- "$BASH" "$_ds_state/$_ds_script"
  else
    set -- "$BASH" -c "$_ds_text" bash
  fi
  _ds_odd=()
  for _ds_pair in "${_ds_env[@]}"; do
    ! _ds_is_odd "$_ds_pair" || _ds_odd+=("$_ds_pair")
  done
  [[ ${#_ds_odd[@]} -eq 0 ]] || set -- "$(type -P env || echo env)" -- "${_ds_odd[@]}" "$@"
  for _ds_pair in "${_ds_env[@]}"; do
    # Without "command", a POSIXLY_CORRECT among them would have us end at what cannot be set, as UID
    _ds_is_odd "$_ds_pair" || command export "$_ds_pair" 2> /dev/null
  done
  case $1 in
    */env | env) exec "$@" ;;
    *) exec -a bash "$@" ;;
  esac
}

_ds_is_odd() {
  case ${1%%=*} in
    '' | [0-9]* | *[!A-Za-z0-9_]* | _ds_*) return 0 ;;
    *) return 1 ;;
  esac
}

# Runs the command in a process group of its own, its errors going to descriptor 3, and ends as it
# does; a process of its own, that the job may take for its parent and kill. It handles no signals:
# bash can lose the status of what ends just when a handler runs.
_ds_keep_watch() {
  local group own=
  [[ ! -r /proc/self/stat ]] || read -r own group < /proc/self/stat
  set -m
  _ds_launch < /dev/null 2>&3 3>&- &
  group=$!
  set +m
  export -n DATASPHERE_EMULATOR_JOB
  [[ -r /proc/self/stat ]] || echo "$group" > "$_ds_state/group"
  while wait "$group"; _ds_code=$?; _ds_goes_on "$group" "$own"; do :; done
  kill -USR1 "$$"
  exit "$_ds_code"
}

# Has the output of the command go to files, through pipes, as a command may open /dev/stderr again and
# so cut a file off. The pipes are opened by cat itself: the command begins only when both are open,
# and so when neither carries the mark of the job any more.
_ds_open_files() {
  local name
  for name in cat mkfifo mv rm; do
    type -P "$name" > /dev/null || _ds_trouble="there is no $name in the PATH"
  done
  [[ -z $_ds_trouble ]] || return
  mkfifo "$_ds_state/stdout.pipe" "$_ds_state/stderr.pipe" 2> /dev/null \
    || { _ds_trouble="no pipe can be made in $_ds_state"; return; }
  for name in stdout stderr; do
    (trap '' INT TERM HUP QUIT; unset DATASPHERE_EMULATOR_JOB
      exec cat "$_ds_state/$name.pipe" >> "$_ds_state/$name" 2> /dev/null) &
    _ds_cats+=" $!"
  done
}

_ds_kill_cats() {
  local pid
  for pid in $_ds_cats; do
    ! _ds_goes_on "$pid" $$ || kill -KILL "$pid" 2> /dev/null
  done
  _ds_cats=
}

# Waits until all output is in the files; who holds a pipe open and is not of the job is not waited
# for long.
_ds_close_files() {
  local pid round=0
  for pid in $_ds_cats; do
    while [[ $((round += 1)) -le 100 ]] && _ds_goes_on "$pid" $$; do
      _ds_pause 0.05
    done
  done
  _ds_kill_cats
}

# Tells how a command has ended, or in words why none has begun: on both streams, or in a file, which
# may need some patience with a full disk and cannot be written once the job has removed its folder.
_ds_report() {
  local round
  _ds_over=yes
  if [[ $_ds_output == streams ]]; then
    printf '\036%s %s\n' "$_ds_token" "$1"
    printf '\036%s %s\n' "$_ds_token" "$1" >&2
    return
  fi
  for ((round = 0; round < 100; round++)); do
    [[ -d $_ds_state ]] || return
    rm -rf "$_ds_state/exit" "$_ds_state/exit.new"
    { printf '%s %s\n' "$_ds_token" "$1" > "$_ds_state/exit.new"; } 2> /dev/null \
      && mv "$_ds_state/exit.new" "$_ds_state/exit" 2> /dev/null && return
    _ds_pause 0.1
  done
}

# Begins nothing while something runs: then it is the job that asks, which can find our stdin.
_ds_start() {
  [[ -z $_ds_keeper$_ds_code ]] || return
  _ds_token=$1 _ds_output=$2 _ds_script=$3 _ds_env=() _ds_signalled= _ds_over= _ds_code=
  local pair
  # What broke off begins nothing
  while IFS= read -r pair || return; [[ -n $pair ]]; do
    printf -v pair %b "$pair"
    _ds_env+=("$pair")
  done
  [[ -s $_ds_state/$_ds_script ]] \
    || _ds_trouble=${_ds_trouble:-"$_ds_state/$_ds_script cannot be read"}
  [[ -n $_ds_trouble || $_ds_output != files ]] || _ds_open_files
  { : > "$_ds_state/$_ds_script.begun"; } 2> /dev/null \
    || _ds_trouble=${_ds_trouble:-"$_ds_state cannot be written, perhaps for want of disk space"}
  if [[ -n $_ds_trouble ]]; then
    _ds_report "$_ds_trouble"
    return
  fi
  if [[ $_ds_output == files ]]; then
    _ds_keep_watch < /dev/null > "$_ds_state/stdout.pipe" 3> "$_ds_state/stderr.pipe" 2> /dev/null &
  else
    _ds_keep_watch < /dev/null 3>&2 2> /dev/null &
  fi
  _ds_keeper=$!
  _ds_env=()
}

# Once the keeper is gone, by itself or killed by the job, ends what is left of the job, so that all
# output is written, and reports. Asked to end by a signal, a command may leave its last words to others
# of the job: they are waited for.
_ds_look() {
  if [[ -n $_ds_keeper ]]; then
    ! _ds_goes_on "$_ds_keeper" $$ || return
    wait "$_ds_keeper"
    _ds_code=$?
    _ds_keeper=
  fi
  [[ -n $_ds_code ]] || return
  if [[ -n $_ds_signalled ]]; then
    _ds_find
    [[ -z $_ds_found ]] || return
  fi
  _ds_end
  [[ -z $_ds_cats ]] || _ds_close_files
  _ds_report "$_ds_code"
  _ds_code=
}

# Waits for a command that is just being started, since what is found of it before is nothing.
_ds_await() {
  local round
  for ((round = 0; round < 500; round++)); do
    _ds_find
    [[ -z $_ds_found ]] || return 0
    [[ -n $_ds_keeper ]] && _ds_goes_on "$_ds_keeper" $$ || return
    _ds_pause 0.01
  done
  return 1
}

# Sends a signal to every process of the job, once: to a group as a whole, as what it forks meanwhile
# gets it too. An emulator that was started again asks again, and nothing is sent again.
_ds_signal() {
  [[ -z $_ds_signalled ]] && _ds_await || return
  _ds_signalled=$1
  local pid group told=" 0 1 ${_ds_groups[$$]:-0} "
  for pid in $_ds_found; do
    group=${_ds_groups[$pid]}
    case $told in
      *" own $group "*) ;;
      *" $group "*) kill "-$1" "$pid" ;;
      *)
        told+="own $group "
        kill "-$1" -- "-$group"
        ;;
    esac
  done 2> /dev/null
}

_ds_kill_keeper() {
  [[ -z $_ds_keeper ]] || ! _ds_goes_on "$_ds_keeper" $$ || kill -KILL "$_ds_keeper" 2> /dev/null
}

# Ends the job; where it does not begin at all, what should begin it.
_ds_kill() {
  _ds_signalled=
  if _ds_await; then _ds_end; else _ds_kill_keeper; fi
} 2> /dev/null

# Does what a line says; fails only where nothing more is to be read, whatever became of the request.
_ds_obey() {
  case $1 in
    write)
      IFS= read -r _ds_text
      { printf %b "$_ds_text" > "$_ds_state/$2"; } 2> /dev/null \
        || _ds_trouble="$_ds_state/$2 cannot be written, perhaps for want of disk space"
      unset _ds_text
      ;;
    run) _ds_start "$2" "$3" "$4" ;;
    signal) _ds_signal "$2" ;;
    kill) _ds_kill ;;
    mark)
      printf '\036%s mark\n' "$2"
      printf '\036%s mark\n' "$2" >&2
      ;;
    keep)
      _ds_kept=yes
      [[ ! -p $_ds_state/control ]] || exec <> "$_ds_state/control" > /dev/null 2>&1
      ;;
    release)
      _ds_kept=
      return 1
      ;;
  esac
  return 0
}

# A signal with a handler ends a read in POSIX mode alone. Old shells tell the end of the time like
# that of the input: that one comes again at once.
_ds_quick=0.01 _ds_slow=0.2
[[ ${BASH_VERSINFO[0]} -gt 3 ]] || _ds_quick=1 _ds_slow=1
while _ds_look; [[ $_ds_output != files || -z $_ds_over ]]; do
  _ds_since=$SECONDS _ds_time=1
  if [[ _ds_woken -gt 0 ]]; then
    _ds_woken=$((_ds_woken - 1)) _ds_time=$_ds_quick
  elif [[ -n $_ds_code ]]; then
    _ds_time=$_ds_slow
  fi
  # A read that a signal ends leaves the variable as it was
  _ds_part=
  set -o posix
  IFS= read -r -t "$_ds_time" _ds_part
  _ds_status=$?
  set +o posix
  _ds_line+=$_ds_part
  case $_ds_status in
    0)
      set -f
      set -- $_ds_line
      set +f
      _ds_line=
      _ds_obey "$@" || break
      ;;
    1) [[ ${BASH_VERSINFO[0]} -lt 4 && $((SECONDS - _ds_since)) -gt 0 ]] || break ;;
  esac
done

while [[ -n $_ds_kept && -n $_ds_keeper$_ds_code ]]; do
  _ds_pause 0.1
  _ds_look
done
[[ -z $_ds_keeper ]] || _ds_kill
_ds_kill_keeper
_ds_end
_ds_kill_cats
exit 0
