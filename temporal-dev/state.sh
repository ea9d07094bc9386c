# The files of one server, and what is known about it: DIR/temporal/{temporal.db,server.log,server.json}.
# shellcheck shell=bash

# Real paths, because the database's path in a command line is how a server is recognised as ours.
locate_data() {
  data=${data:-${XDG_DATA_HOME:-${HOME:-}/.local/share}/open-dreams}
  [ "$data" != /.local/share/open-dreams ] || die 1 "There is no HOME to keep data in. Give a folder with --data."
  case $data in /*) ;; *) data=$PWD/$data ;; esac
  folder=$data/temporal
  if [ -d "$folder" ]; then folder=$(CDPATH='' cd -P -- "$folder" && pwd); fi
  database=$folder/temporal.db log=$folder/server.log state=$folder/server.json
}

write_state() { # pid
  printf '{"pid":%s,"address":"127.0.0.1:%s","ui":"http://127.0.0.1:%s","namespace":"%s"}\n' \
    "$1" "$port" "$ui_port" "$namespace" >"$state.$$"
  mv -f "$state.$$" "$state"
}

state_value() { # name
  sed -n 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p' "$state" 2>/dev/null || true
}

# A pid is used again after a restart of the machine: only one that runs a server on our database is ours.
is_our_server() { # pid
  case $(command_of "$1") in *' server start-dev --db-filename '"$database"' '*) return 0 ;; esac
  return 1
}

# Prints the pid of the server of this folder, when there is one.
running_pid() {
  local pid
  pid=$(state_value pid)
  [ -n "$pid" ] && is_our_server "$pid" && printf '%s\n' "$pid"
}

recorded_server_answers() {
  local address
  address=$(state_value address)
  answers "${address%:*}" "${address##*:}"
}

print_start() {
  printf '{"address":"%s","ui":"%s","pid":%s}\n' "$(state_value address)" "$(state_value ui)" "$(state_value pid)"
}

show_status() {
  if [ -n "${TEMPORAL_ADDRESS:-}" ]; then show_external && return; fi
  locate_data
  local pid
  if pid=$(running_pid); then
    if recorded_server_answers; then
      printf '{"running":true,"address":"%s","ui":"%s","pid":%s,"namespace":"%s"}\n' \
        "$(state_value address)" "$(state_value ui)" "$pid" "$(state_value namespace)"
      return
    fi
    say "Process $pid is the server of $folder, but it does not answer (yet). Its log: $log"
  fi
  echo '{"running":false}'
  exit 3
}
