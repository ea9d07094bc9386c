# Processes: who a pid is, a long command with signs of life, and what is tidied up when this script ends, however it ends.
# shellcheck shell=bash

progress_seconds=${OPEN_DREAMS_PROGRESS_SECONDS:-15} # tests shorten it
begun=0 told=0
scratch=''      # folder of half-made files, removed at the end
child=''        # the long command that runs now
unready=''      # a server that was started and does not answer yet
held_locks=()

# The command line of a pid, in one line; empty when there is no such process. Slim containers have /proc and no ps, macOS the reverse.
command_of() { # pid
  if [ -r "/proc/$1/cmdline" ]; then
    { tr '\0\n' '  ' <"/proc/$1/cmdline"; } 2>/dev/null || true
  else
    ps -ww -o args= -p "$1" 2>/dev/null || true
  fi
}

is_alive() { kill -0 "$1" 2>/dev/null; }

start_clock() { begun=$SECONDS told=$SECONDS; }

seconds_passed() { echo $((SECONDS - begun)); }

# Says that something goes on, but only every progress_seconds.
say_progress() { # what
  [ $((SECONDS - told)) -ge "$progress_seconds" ] || return 0
  told=$SECONDS
  say "$1 ($(seconds_passed) s so far)"
}

# Not `wait` alone: compilers print nothing for minutes, and callers with little patience must see that it lives.
run_with_progress() { # what log command...
  local what=$1 log=$2 code=0
  shift 2
  start_clock
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  # Written down so that the next caller can end it, should this script be killed with SIGKILL.
  printf '%s\n' "$child" >"$scratch/child"
  while is_alive "$child"; do
    say_progress "$what"
    sleep 0.2
  done
  wait "$child" || code=$?
  child=''
  return "$code"
}

clean_up() {
  trap - EXIT
  local lock
  if [ -n "$child" ]; then { kill "$child" && wait "$child"; } 2>/dev/null || true; fi
  if [ -n "$unready" ]; then kill "$unready" 2>/dev/null || true; fi
  if [ -n "$scratch" ]; then rm -rf "$scratch" 2>/dev/null || true; fi
  for lock in ${held_locks[@]+"${held_locks[@]}"}; do release_lock "$lock"; done
}

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
