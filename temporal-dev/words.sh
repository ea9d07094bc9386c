# What the script says to a person. Sentences go to stderr, so that stdout holds results only.
# shellcheck shell=bash

say() { printf 'temporal-dev: %s\n' "$*" >&2; }

die() { # exit code, sentence
  local code=$1
  shift
  say "$@"
  exit "$code"
}

usage() {
  cat <<'TEXT'
The Temporal development server of open-dreams.

  temporal-dev.sh start [--data DIR] [--port N] [--ui-port N] [--foreground]
  temporal-dev.sh stop [--data DIR]
  temporal-dev.sh status [--data DIR]
  temporal-dev.sh path
  temporal-dev.sh help

start    Starts the server on 127.0.0.1 with a database file under DIR and the Web UI, and prints one line of JSON.
         The ports are 7233 and 8233; the port of the Web UI follows --port (+1000) unless --ui-port is given.
         With --foreground the calling process becomes the server.
stop     Stops the server of DIR. What it has stored stays.
status   Prints one line of JSON. Exit code 0: it answers; 3: it does not.
path     Prints the path of a `temporal` binary. Without one on this machine it downloads the official release,
         or else builds it with Go, once (about 4 minutes on 2 cores), into a cache outside the checkout.

Environment
  TEMPORAL_ADDRESS              a server that runs already (host:port): nothing is started or stopped
  TEMPORAL_NAMESPACE            created on the server that is started, beside "default"
  TEMPORAL_CLI                  the `temporal` binary to use
  OPEN_DREAMS_CACHE             the cache, instead of ~/.cache/open-dreams
  OPEN_DREAMS_TEMPORAL_DOWNLOAD 0 goes straight to building with Go

Examples
  temporal-dev.sh start
  temporal-dev.sh start --data ./try --port 7243
  temporal-dev.sh status && echo "it answers"
  TEMPORAL_ADDRESS=temporal.example.org:7233 temporal-dev.sh status
  "$(temporal-dev.sh path)" workflow list
TEXT
}

say_remedies() {
  say "There is no usable \"temporal\" binary here, and no way was found to get one. Do one of these, then call again:
  - install the Temporal CLI (https://docs.temporal.io/cli), or set TEMPORAL_CLI to the path of one you have;
  - install Go 1.26 or newer (https://go.dev/dl/), so that it can be built from the Go module proxy;
  - set TEMPORAL_ADDRESS to the host:port of a Temporal server you have."
}
