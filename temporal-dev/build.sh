# The Temporal CLI built with Go. No C compiler is needed: its SQLite is written in Go and the Web UI is embedded.
# go.mod and go.sum beside this file pin every module by version and hash; -mod=readonly lets the build change neither.
# shellcheck shell=bash

# Leaves "$scratch/temporal", or says why it could not.
build_temporal() { # version
  if [ -z "$(type -P go)" ]; then
    say "Building temporal needs Go, and there is no \"go\" on PATH."
    return 1
  fi
  mkdir -p "$scratch/module" "$scratch/work" || return 1
  # A copy, because an installed package may be read-only.
  cp "$parts/go.mod" "$parts/go.sum" "$parts/tools.go" "$scratch/module/" || return 1
  say "Building temporal $1 with Go: about 4 minutes on 2 cores, and 3 GB in Go's own caches, the first time only."
  if run_with_progress "Building temporal $1 with Go" "$scratch/log" go_build "$1" && [ -f "$scratch/temporal" ]; then
    return 0
  fi
  say "The build with Go failed. It needs Go 1.26 or newer and a Go module proxy it can reach. Go's last words:"
  tail -n 15 "$scratch/log" >&2
  return 1
}

# Go's environment (proxy, toolchain, caches, flags) stays as the machine has it, but for two things: a go.work further up
# must not take part, and the work folder lies in ours, so that an interrupted build leaves nothing in the temporary folder.
go_build() { # version
  cd "$scratch/module" || return 1
  export CGO_ENABLED=0 GOWORK=off GOTMPDIR="${GOTMPDIR:-$scratch/work}"
  exec go build -mod=readonly -trimpath -buildvcs=false \
    -ldflags "-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=$1" \
    -o "$scratch/temporal" github.com/temporalio/cli/cmd/temporal
}
