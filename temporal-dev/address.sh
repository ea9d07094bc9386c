# Ports, and the server that TEMPORAL_ADDRESS names.
# shellcheck shell=bash

answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; } # host port

# A host that drops packets would keep us for minutes, so the attempt is given five seconds.
answers_in_time() { # host port
  local probe deadline=$((SECONDS + 5))
  # One process, with no hold on our output, so that nothing is left waiting when it is ended.
  (exec 3<>"/dev/tcp/$1/$2") >/dev/null 2>&1 </dev/null &
  probe=$!
  while is_alive "$probe"; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      { kill "$probe" && wait "$probe"; } 2>/dev/null || true
      return 1
    fi
    sleep 0.1
  done
  wait "$probe"
}

# Namespace, TLS and API key of such a server are read by Temporal's own environment configuration, not here.
external_answers() {
  local host port
  case $TEMPORAL_ADDRESS in
    *[!][A-Za-z0-9._:-]*) die 2 "TEMPORAL_ADDRESS must be host:port, not \"$TEMPORAL_ADDRESS\"." ;;
    \[*\]) host=$TEMPORAL_ADDRESS port=7233 ;;
    *:*) host=${TEMPORAL_ADDRESS%:*} port=${TEMPORAL_ADDRESS##*:} ;;
    *) host=$TEMPORAL_ADDRESS port=7233 ;;
  esac
  port=$(port_number 'The port in TEMPORAL_ADDRESS' "$port") || exit 2
  host=${host#\[}
  answers_in_time "${host%\]}" "$port"
}

start_external() {
  external_answers || die 1 "TEMPORAL_ADDRESS names $TEMPORAL_ADDRESS, and nothing answers there. Start that server, or unset TEMPORAL_ADDRESS to have one started here."
  say "TEMPORAL_ADDRESS names a server that runs already; nothing was started."
  printf '{"address":"%s","ui":null,"pid":null}\n' "$TEMPORAL_ADDRESS"
}

show_external() {
  if external_answers; then
    printf '{"running":true,"address":"%s","ui":null,"pid":null}\n' "$TEMPORAL_ADDRESS"
  else
    say "Nothing answers at $TEMPORAL_ADDRESS, which TEMPORAL_ADDRESS names."
    echo '{"running":false}'
    exit 3
  fi
}

port_must_be_free() { # port flag an-other-port
  answers 127.0.0.1 "$1" || return 0
  die 1 "Port $1 on 127.0.0.1 is taken by another program, so nothing was started. Choose another with $2, for example: temporal-dev.sh start $2 $3. If it is a Temporal server that you want to use, set TEMPORAL_ADDRESS to it instead."
}
