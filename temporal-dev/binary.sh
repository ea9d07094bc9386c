# Which `temporal` binary is used: TEMPORAL_CLI, then PATH, then the cache, which is filled by a download or a build.
# shellcheck shell=bash

temporal_version=1.8.2
binary=''

# Sets `binary` to an absolute path, or ends the script with the remedies. (Not printed: a subshell would lose our traps.)
find_binary() {
  local found why
  if [ -n "${TEMPORAL_CLI:-}" ]; then
    found=$(type -P "$TEMPORAL_CLI" || true)
    [ -n "$found" ] || die 1 "TEMPORAL_CLI names \"$TEMPORAL_CLI\", which is not a program. Correct it or unset it."
    why=$(why_unfit "$found")
    [ -z "$why" ] || die 1 "TEMPORAL_CLI names \"$TEMPORAL_CLI\", which cannot be used: $why Correct it or unset it."
    binary=$(absolute "$found")
    return
  fi
  found=$(type -P temporal || true)
  if [ -n "$found" ]; then
    why=$(why_unfit "$found")
    if [ -z "$why" ]; then
      binary=$(absolute "$found")
      return
    fi
    say "Passing over $found on PATH: $why"
  fi
  local folder
  folder=$(cache_folder)
  binary=$folder/temporal
  runs "$binary" || fill_cache "$folder"
}

cache_folder() {
  local root=${OPEN_DREAMS_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/open-dreams}
  [ "$root" != /.cache/open-dreams ] || die 1 "There is no HOME to keep a cache in. Set OPEN_DREAMS_CACHE to a folder."
  case $root in /*) ;; *) root=$PWD/$root ;; esac
  printf '%s\n' "$root/temporal/$temporal_version"
}

absolute() { # path of an existing file
  case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s/%s\n' "$(CDPATH='' cd -- "$(dirname "$1")" && pwd)" "${1##*/}" ;; esac
}

version_of() { # file
  local line
  line=$("$1" --version 2>/dev/null </dev/null) || true
  case $line in 'temporal version '*) line=${line#temporal version } && printf '%s\n' "${line%% *}" ;; esac
}

runs() { [ -f "$1" ] && [ -x "$1" ] && [ -n "$(version_of "$1")" ]; }

# Says in a sentence what is wrong with a binary that is not ours; nothing when it will do.
why_unfit() { # file
  local version
  version=$(version_of "$1")
  if [ -z "$version" ]; then
    echo "\"$1 --version\" does not answer as the Temporal CLI does."
    return
  fi
  if is_too_old "$version"; then
    echo "it is version $version, and 1.6.0 or newer is needed."
    return
  fi
  case $("$1" server start-dev --help 2>/dev/null </dev/null) in
    *--ui-disable-news-fetch*) ;;
    *) echo "it is version $version, which has no \"server start-dev --ui-disable-news-fetch\"." ;;
  esac
}

is_too_old() { # version
  local major=${1%%.*} minor=${1#*.}
  minor=${minor%%.*}
  # One built from source calls itself 0.0.0-DEV, and only its flags can tell.
  case $1 in *DEV*) return 1 ;; esac
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  [ "$major" -lt 1 ] || { [ "$major" -eq 1 ] && [ "$minor" -lt 6 ]; }
}

# Under a lock, so that two callers at once do the work once. Everything half-made lies in the scratch folder; the name
# in the cache appears by a rename, so that whatever bears it is whole.
fill_cache() { # folder
  local folder=$1 lock=$1.lock
  mkdir -p "$folder" 2>/dev/null || die 1 "The cache $folder cannot be made. Set OPEN_DREAMS_CACHE to a folder that can be written to."
  take_lock "$lock" "Waiting for another call that is getting temporal $temporal_version"
  if ! runs "$binary"; then
    if [ -e "$binary" ]; then say "$binary does not run here; getting it again."; fi
    sweep_scratch "$folder"
    scratch=$folder/.scratch.$$
    mkdir "$scratch"
    download_temporal "$temporal_version" || build_temporal "$temporal_version" || { say_remedies && exit 1; }
    chmod 755 "$scratch/temporal"
    runs "$scratch/temporal" || die 1 "The temporal $temporal_version that was fetched does not run on this machine. Set TEMPORAL_CLI to one that does."
    mv -f "$scratch/temporal" "$binary"
    rm -rf "$scratch"
    scratch=''
    say "temporal $temporal_version is at $binary"
  fi
  release_lock "$lock"
}

# Only the owner of the lock has a scratch folder, so each one found belongs to a dead call. Its compiler may still run: it
# is ended, if the pid written down is still that program.
sweep_scratch() { # folder
  local left pid
  for left in "$1"/.scratch.*; do
    [ -d "$left" ] || continue
    pid=$(cat "$left/child" 2>/dev/null || true)
    if [ -n "$pid" ]; then
      case $(command_of "$pid") in *"$left/"*) kill "$pid" 2>/dev/null || true ;; esac
    fi
    rm -rf "$left" 2>/dev/null || true
  done
}
