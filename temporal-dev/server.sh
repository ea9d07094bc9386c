# Starting and stopping the server.
# shellcheck shell=bash

search_attributes='DreamStore=Keyword DreamStage=Keyword DreamOutcome=Keyword DreamTrigger=Keyword
  DreamSessions=Int DreamCostUsd=Double DreamAwaitingReview=Bool'
ready_seconds=30
namespace=${TEMPORAL_NAMESPACE:-default}
server=()

start_server() {
  if [ -n "${TEMPORAL_ADDRESS:-}" ]; then start_external && return; fi
  check_ports_and_names
  locate_data
  # The server reads its database's path as part of a URI, where these three have a meaning of their own.
  case $folder in *[?#%]*) die 2 "The data folder $folder has a ?, # or % in its name, which the server cannot open." ;; esac
  (umask 077 && mkdir -p "$folder") 2>/dev/null || die 1 "The data folder $folder cannot be made. Give another one with --data."
  locate_data
  take_lock "$folder/start.lock" "Waiting for another call that is starting the server of $folder"
  local pid
  if pid=$(running_pid); then
    wait_until_ready "$pid"
    say "The server of $folder runs already (process $pid)."
    print_start
    return
  fi
  port_must_be_free "$port" --port "$(other_port "$port")"
  port_must_be_free "$ui_port" --ui-port "$(other_port "$ui_port")"
  find_binary
  compose_command
  # One earlier log is kept: it may say why the server ended.
  if [ -f "$log" ]; then mv -f "$log" "$log.1"; fi
  if [ "$foreground" = yes ]; then become_server; else start_detached; fi
}

check_ports_and_names() {
  if [ -z "$ui_port" ]; then
    ui_port=$((port + 1000))
    [ "$ui_port" -le 65535 ] || die 2 "Port $port leaves no room for the Web UI at +1000. Give its port with --ui-port."
  fi
  [ "$port" -ne "$ui_port" ] || die 2 "--port and --ui-port must be two different ports; both are $port."
  case $namespace in *[!A-Za-z0-9._-]*) die 2 "TEMPORAL_NAMESPACE is \"$namespace\"; letters, digits and . _ - are allowed." ;; esac
}

other_port() { if [ "$1" -le 65525 ]; then echo $(($1 + 10)); else echo $(($1 - 10)); fi; }

compose_command() {
  local attribute
  # The database comes first and something follows it: is_our_server looks for just that.
  server=("$binary" server start-dev --db-filename "$database" --ip 127.0.0.1 --port "$port" --ui-port "$ui_port"
    --ui-disable-news-fetch --log-level warn
    # As durable as SQLite's default with fewer flushes to the disk a transaction: steps that end at once wait in line for them.
    --sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=full
    # A worker that stops takes its open requests for work back: else a step handed to one of them is lost until its heart is missed.
    --dynamic-config-value frontend.enableCancelWorkerPollsOnShutdown=true)
  if [ "$namespace" != default ]; then server+=(--namespace "$namespace"); fi
  for attribute in $search_attributes; do server+=(--search-attribute "$attribute"); done
}

# The lock is not released: it goes stale by itself the moment this process is the server, and not before.
become_server() {
  write_state $$
  say "Becoming the server at 127.0.0.1:$port, Web UI http://127.0.0.1:$ui_port, log $log"
  exec "${server[@]}" >"$log" 2>&1 </dev/null
}

# Job control gives it a process group of its own, so that Ctrl-C in this terminal does not end it (macOS has no setsid).
start_detached() {
  set -m
  (trap '' HUP && exec "${server[@]}") >"$log" 2>&1 </dev/null &
  unready=$!
  set +m
  disown "$unready"
  write_state "$unready"
  wait_until_ready "$unready"
  unready=''
  print_start
}

wait_until_ready() { # pid
  start_clock
  until recorded_server_answers && answers 127.0.0.1 "$(state_value ui | sed 's/.*://')" && is_alive "$1"; do
    is_alive "$1" || fail_start "The Temporal server ended before it answered."
    [ "$(seconds_passed)" -lt "$ready_seconds" ] || fail_start "The Temporal server does not answer after $ready_seconds s."
    say_progress "Waiting for the Temporal server to answer"
    sleep 0.1
  done
}

fail_start() { # sentence
  say "$1 The end of its log, $log:"
  tail -n 15 "$log" >&2 || true
  if [ -n "$unready" ]; then rm -f "$state"; fi
  exit 1
}

stop_server() {
  if [ -n "${TEMPORAL_ADDRESS:-}" ]; then
    say "TEMPORAL_ADDRESS names $TEMPORAL_ADDRESS: that server is not ours to stop. Unset TEMPORAL_ADDRESS to stop the one started here."
    return
  fi
  locate_data
  local pid signal=TERM
  if ! pid=$(running_pid); then
    if [ -f "$state" ]; then say "Process $(state_value pid), which was the server of $folder, is gone or is another program now; it was left alone."; fi
    rm -f "$state"
    say "No server runs for $folder; there is nothing to stop."
    return
  fi
  start_clock
  kill -TERM "$pid" 2>/dev/null || true
  while is_our_server "$pid"; do
    if [ "$signal" = TERM ] && [ "$(seconds_passed)" -ge 10 ]; then
      signal=KILL
      say "It does not end by itself after 10 s; ending it with SIGKILL."
      kill -KILL "$pid" 2>/dev/null || true
    fi
    [ "$(seconds_passed)" -lt 20 ] || die 1 "Process $pid, the server of $folder, could not be ended."
    sleep 0.1
  done
  # A process loses its command line a moment before its ports; a start that follows at once must find them free.
  start_clock
  while recorded_server_answers && [ "$(seconds_passed)" -lt 3 ]; do sleep 0.1; done
  rm -f "$state"
  say "The server of $folder has stopped (process $pid); its database stays."
}
