# The official release of the Temporal CLI, checked against the checksums of that release.
# shellcheck shell=bash

# Leaves "$scratch/temporal", or says why it could not.
download_temporal() { # version
  if [ "${OPEN_DREAMS_TEMPORAL_DOWNLOAD:-1}" = 0 ]; then
    say "Not downloading temporal $1, because OPEN_DREAMS_TEMPORAL_DOWNLOAD is 0."
    return 1
  fi
  local archive release expected actual
  archive=$(release_archive "$1") || return 1
  release="https://github.com/temporalio/cli/releases/download/v$1"

  say "Downloading temporal $1 from $release"
  fetch "$release/checksums.txt" "$scratch/checksums.txt" || return 1
  fetch "$release/$archive" "$scratch/$archive" || return 1

  expected=$(checksum_listed "$archive" "$scratch/checksums.txt")
  actual=$(sha256_of "$scratch/$archive") || return 1
  if [ -z "$expected" ] || [ "$actual" != "$expected" ]; then
    say "The download is refused: $archive has the sha256 $actual, and the release says ${expected:-nothing about it}."
    return 1
  fi
  tar -xzf "$scratch/$archive" -C "$scratch" temporal 2>"$scratch/log" && [ -f "$scratch/temporal" ] && return 0
  say "$archive could not be unpacked: $(tail -n 1 "$scratch/log")"
  return 1
}

release_archive() { # version
  local os arch
  os=$(uname -s) arch=$(uname -m)
  case $os in Linux) os=linux ;; Darwin) os=darwin ;; *) os='' ;; esac
  case $arch in x86_64 | amd64) arch=amd64 ;; aarch64 | arm64) arch=arm64 ;; *) arch='' ;; esac
  if [ -z "$os" ] || [ -z "$arch" ]; then
    say "There is no official release of temporal for $(uname -s) on $(uname -m)."
    return 1
  fi
  printf 'temporal_cli_%s_%s_%s.tar.gz\n' "$1" "$os" "$arch"
}

# The connect timeout is short, so that a closed network costs seconds and not minutes.
fetch() { # url file
  local log=$scratch/fetch.log
  if [ -n "$(type -P curl)" ]; then
    run_with_progress "Downloading ${1##*/}" "$log" curl -fsSL --connect-timeout 5 --max-time 300 -o "$2" "$1" && return 0
  elif [ -n "$(type -P wget)" ]; then
    run_with_progress "Downloading ${1##*/}" "$log" wget -q -t 1 -T 10 -O "$2" "$1" && return 0
  else
    say "Neither curl nor wget is on PATH, so nothing can be downloaded."
    return 1
  fi
  local why
  why=$(tail -n 1 "$log")
  say "The official release could not be downloaded (${why:-no answer for ${1##*/}})."
  return 1
}

checksum_listed() { # name checksums-file
  local sum name
  while read -r sum name; do
    if [ "${name#\*}" = "$1" ]; then printf '%s\n' "$sum"; fi
  done <"$2"
}

sha256_of() { # file
  local line
  if [ -n "$(type -P sha256sum)" ]; then
    line=$(sha256sum <"$1")
  elif [ -n "$(type -P shasum)" ]; then
    line=$(shasum -a 256 <"$1")
  else
    say "Neither sha256sum nor shasum is on PATH, so the download cannot be checked and is not used."
    return 1
  fi
  printf '%s\n' "${line%% *}"
}
