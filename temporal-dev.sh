#!/usr/bin/env bash
# Gets, starts, stops and shows the Temporal development server that open-dreams runs on.
# Written for bash 3.2 (macOS) and without GNU-only options: what looks old-fashioned here is so for that reason.
set -euo pipefail

# The parts lie beside this file, also when it is called through a symbolic link.
self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
parts=$(CDPATH='' cd -P -- "$(dirname "$self")/temporal-dev" && pwd)

# shellcheck source=temporal-dev/words.sh
. "$parts/words.sh"
# shellcheck source=temporal-dev/process.sh
. "$parts/process.sh"
# shellcheck source=temporal-dev/lock.sh
. "$parts/lock.sh"
# shellcheck source=temporal-dev/download.sh
. "$parts/download.sh"
# shellcheck source=temporal-dev/build.sh
. "$parts/build.sh"
# shellcheck source=temporal-dev/binary.sh
. "$parts/binary.sh"
# shellcheck source=temporal-dev/address.sh
. "$parts/address.sh"
# shellcheck source=temporal-dev/state.sh
. "$parts/state.sh"
# shellcheck source=temporal-dev/server.sh
. "$parts/server.sh"

data='' port=7233 ui_port='' foreground=no

# Prints the value of a flag, or says that it has none.
value_of() { # flag rest-of-the-line...
  if [ $# -lt 2 ] || [ -z "$2" ]; then die 2 "$1 needs a value. See: temporal-dev.sh help"; fi
  printf '%s\n' "$2"
}

port_number() { # flag value
  case $2 in
    [1-9] | [1-9][0-9] | [1-9][0-9][0-9] | [1-9][0-9][0-9][0-9] | [1-6][0-9][0-9][0-9][0-9])
      if [ "$2" -le 65535 ]; then printf '%s\n' "$2" && return; fi ;;
  esac
  die 2 "$1 must be a number from 1 to 65535, not \"$2\"."
}

read_flags() { # command "allowed flags" arguments...
  local command=$1 allowed=" $2 " flag value
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      --*=*) flag=${1%%=*} value=${1#*=}; shift; set -- "$flag" "$value" "$@" ;;
    esac
    flag=$1
    case $flag in -h | --help) usage; exit 0 ;; esac
    case $allowed in *" $flag "*) ;; *) die 2 "\"$command\" does not know \"$flag\". See: temporal-dev.sh help" ;; esac
    case $flag in
      --foreground) foreground=yes; shift; continue ;;
      --data) data=$(value_of "$@") ;;
      --port) port=$(value_of "$@"); port=$(port_number --port "$port") ;;
      --ui-port) ui_port=$(value_of "$@"); ui_port=$(port_number --ui-port "$ui_port") ;;
    esac
    shift 2
  done
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  path)
    read_flags path '' "$@"
    find_binary
    printf '%s\n' "$binary"
    ;;
  start)
    read_flags start '--data --port --ui-port --foreground' "$@"
    start_server
    ;;
  stop)
    read_flags stop '--data' "$@"
    stop_server
    ;;
  status)
    read_flags status '--data' "$@"
    show_status
    ;;
  help | -h | --help) usage ;;
  *) die 2 "There is no command \"$command\"; there are start, stop, status, path and help." ;;
esac
