# Process 1 of a job; Supervisor.java says what it reads and answers. Arguments: the folder of its
# own files, the working directory of the job. Names begin with _ds: a variable that bears the name
# of an exported one would carry our value into the job.
_ds_state=$1 _ds_work=$2 _ds_keeper= _ds_kept=
unset OLDPWD

# An interrupt at the terminal or the end of a session does not end us. Handlers, not '': what we
# ignored, the job would have to ignore too.
trap : INT TERM HUP QUIT PIPE

# Sets _ds_found to the processes of the job: those that carry its mark or work in its directory.
# Where we are process 1, in a container, that is everything but us.
_ds_find() {
  _ds_found=
  local dir pid item
  for dir in /proc/[0-9]*; do
    pid=${dir#/proc/}
    case " $$ $BASHPID $_ds_keeper " in *" $pid "*) continue ;; esac
    if [[ $$ -eq 1 || $dir/cwd -ef $_ds_work ]]; then
      { read -r item < "$dir/stat"; } 2> /dev/null || continue
      [[ ${item##*) } == Z* ]] || _ds_found+=" $pid"
      continue
    fi
    {
      while IFS= read -r -d '' item; do
        [[ $item == "DATASPHERE_EMULATOR_JOB=$DATASPHERE_EMULATOR_JOB" ]] || continue
        _ds_found+=" $pid"
        break
      done < "$dir/environ"
    } 2> /dev/null
  done
}

# Ends every process of the job. First stops them until no new one is seen, since what is stopped
# does not fork. Gives up after ten seconds on what even SIGKILL does not end. What was stopped but
# turns out not to be of the job, since it was just becoming another program, goes on.
_ds_end() {
  local group= seen round stopped until=$((SECONDS + 10))
  { read -r group < "$_ds_state/group"; } 2> /dev/null
  [[ -z $group ]] || kill -KILL -- "-$group" 2> /dev/null
  while _ds_find; [[ -n $_ds_found && SECONDS -lt until ]]; do
    seen= stopped=
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

# Whether a process group has members. The dead whom nobody buries, as where the emulator is process
# 1 of a container itself, do not count.
_ds_lives() {
  local file item
  kill -0 -- "-$1" 2> /dev/null || return
  [[ -r /proc/self/stat ]] || return 0
  for file in /proc/[0-9]*/stat; do
    { read -r item < "$file"; } 2> /dev/null || continue
    set -- "$1" ${item##*) }
    [[ $4 != "$1" || $2 == Z ]] || return 0
  done
  return 1
}

# Becomes the command. One that is too long for an argument is run as a file. What is needed for that
# is in our arguments, which no variable of the job can replace. Where memory runs out, the command is
# to end and not we, who tell its exit code.
_ds_launch() {
  cd "$_ds_work" || exit 126
  { echo 500 > /proc/self/oom_score_adj; } 2> /dev/null
  set -- "$BASH" "$_ds_state/$_ds_script" "$(< "$_ds_state/$_ds_script")"
  for _ds_pair in "${_ds_env[@]}"; do export "$_ds_pair"; done 2> /dev/null
  [[ ${#3} -gt 30000 ]] || exec -a bash "$1" -c "$3"
  exec -a bash "$1" "$2"
}

# Starts the command in a process group of its own and waits for its end. Asked to end by a signal,
# a command may leave its last words to others of its group: they are waited for.
_ds_watch() {
  local group code
  set -m
  _ds_launch < /dev/null 2>&3 3>&- &
  group=$!
  set +m
  export -n DATASPHERE_EMULATOR_JOB
  echo "$group" > "$_ds_state/group.new" && mv "$_ds_state/group.new" "$_ds_state/group"
  while wait "$group"; code=$?; kill -0 "$group" 2> /dev/null; do :; done
  while [[ -e $_ds_state/signalled ]] && _ds_lives "$group"; do sleep 0.05; done
  exit "$code"
}

# Runs the command, its errors going to descriptor 3, from a process of its own that the job may take for its parent and kill; then
# ends what is left of the job, so that all output is written.
_ds_keep_watch() {
  _ds_keeper=$BASHPID
  (_ds_watch)
  local code=$?
  export -n DATASPHERE_EMULATOR_JOB
  _ds_end
  return "$code"
}

# Output goes to our own, followed by the mark that ends it.
_ds_run_to_streams() {
  _ds_keep_watch 3>&2 2> /dev/null
  local code=$?
  printf '\036%s %d\n' "$_ds_token" "$code"
  printf '\036%s %d\n' "$_ds_token" "$code" >&2
}

# Output goes to files, through pipes, as a command may open /dev/stderr anew and so cut a file off.
# The pipes are opened by cat itself: the command begins only when both are open, and so when neither
# carries the mark of the job any more.
_ds_run_to_files() {
  local out err code
  mkfifo "$_ds_state/stdout.pipe" "$_ds_state/stderr.pipe"
  (trap '' INT TERM HUP QUIT; unset DATASPHERE_EMULATOR_JOB
    exec cat "$_ds_state/stdout.pipe" >> "$_ds_state/stdout") &
  out=$!
  (trap '' INT TERM HUP QUIT; unset DATASPHERE_EMULATOR_JOB
    exec cat "$_ds_state/stderr.pipe" >> "$_ds_state/stderr") &
  err=$!
  _ds_keep_watch > "$_ds_state/stdout.pipe" 3> "$_ds_state/stderr.pipe" 2> /dev/null
  code=$?
  wait "$out" "$err"
  printf '%s %d\n' "$_ds_token" "$code" > "$_ds_state/exit.new"
  until rm -rf "$_ds_state/exit" && mv "$_ds_state/exit.new" "$_ds_state/exit"; do :; done
  # The files tell all: nobody has to stay for them
  [[ ! -p $_ds_state/control ]] || echo release > "$_ds_state/control"
}

_ds_start() {
  _ds_token=$1 _ds_script=$3 _ds_env=()
  local pair
  # What broke off begins nothing
  while IFS= read -r pair || return; [[ -n $pair ]]; do
    printf -v pair %b "$pair"
    _ds_env+=("$pair")
  done
  rm -f "$_ds_state/group" "$_ds_state/signalled"
  : > "$_ds_state/$_ds_script.begun"
  "_ds_run_to_$2" < /dev/null &
  _ds_keeper=$!
  _ds_env=()
}

# Sets _ds_group to the process group of the command. Waits for one that is just being started, since
# what is found of it before would be halves of it.
_ds_await_group() {
  local round
  _ds_group=
  for ((round = 0; round < 500; round++)); do
    [[ -n $_ds_keeper ]] && kill -0 "$_ds_keeper" 2> /dev/null || return
    { read -r _ds_group < "$_ds_state/group"; } 2> /dev/null && return
    sleep 0.01
  done
}

_ds_signal() {
  _ds_await_group
  [[ -n $_ds_group ]] || return
  : > "$_ds_state/signalled"
  kill "-$1" -- "-$_ds_group" 2> /dev/null
}

_ds_kill() {
  _ds_await_group
  rm -f "$_ds_state/signalled"
  _ds_end
}

while :; do
  read -r _ds_verb _ds_one _ds_two _ds_three
  case $? in
    0) ;;
    1) break ;;
    *) continue ;; # a signal came
  esac
  case $_ds_verb in
    write)
      IFS= read -r _ds_text
      printf %b "$_ds_text" > "$_ds_state/$_ds_one"
      unset _ds_text
      ;;
    run) _ds_start "$_ds_one" "$_ds_two" "$_ds_three" ;;
    signal) _ds_signal "$_ds_one" ;;
    kill) _ds_kill ;;
    keep)
      _ds_kept=yes
      [[ ! -p $_ds_state/control ]] || exec <> "$_ds_state/control" > /dev/null 2>&1
      ;;
    release) _ds_kept= && break ;;
  esac
done

[[ -z $_ds_kept ]] || wait "$_ds_keeper"
rm -f "$_ds_state/signalled"
_ds_end
[[ -z $_ds_keeper ]] || kill -KILL "$_ds_keeper" 2> /dev/null
exit 0
