# A lock that is a folder: making one is atomic everywhere, and macOS has no flock. Inside stands the owner, so that the
# lock of a dead one is taken over. A lock here saves work twice done; what is shared is also written atomically by itself.
# shellcheck shell=bash

take_lock() { # folder what-to-say-while-waiting
  local lock=$1 what=$2 why tries=0
  start_clock
  until why=$(mkdir "$lock" 2>&1); do
    if [ ! -e "$lock" ]; then
      # Released a moment ago, or it can never be made (a full disk, a read-only one).
      tries=$((tries + 1))
      [ "$tries" -lt 20 ] || die 1 "The lock $lock cannot be made: $why"
      sleep 0.1
    elif is_stale_lock "$lock"; then
      remove_stale_lock "$lock"
    else
      say_progress "$what"
      sleep 0.2
    fi
  done
  held_locks+=("$lock")
  { printf '%s\n' "$$" && command_of "$$"; } >"$lock/owner.new"
  mv -f "$lock/owner.new" "$lock/owner" # renamed, so that nobody reads half a line
}

lock_owner() { head -n 1 "$1/owner" 2>/dev/null || true; }

# The pid alone would not do: pids are used again, and in a container this script may have the same one each time.
# The command is compared too; it also sets free the lock of a script that became the server (start --foreground).
is_stale_lock() { # folder
  local owner
  owner=$(lock_owner "$1")
  if [ -z "$owner" ]; then
    is_older_than_a_minute "$1" # its maker was killed before it could sign
    return
  fi
  [ "$owner" != "$$" ] || return 0
  is_alive "$owner" || return 0
  [ "$(command_of "$owner")" != "$(sed 1d "$1/owner" 2>/dev/null)" ]
}

is_older_than_a_minute() { [ -n "$(find "$1" -prune -mmin +1 2>/dev/null)" ]; }

# Two callers may both see a stale lock. Without the second folder the slower one would remove the lock that the faster one
# has just made: whoever makes it looks once more, and only then removes.
remove_stale_lock() { # folder
  if mkdir "$1.takeover" 2>/dev/null; then
    if is_stale_lock "$1"; then rm -rf "$1"; fi
    rmdir "$1.takeover" 2>/dev/null || true
  elif is_older_than_a_minute "$1.takeover"; then
    rmdir "$1.takeover" 2>/dev/null || true
  else
    sleep 0.2
  fi
}

release_lock() { # folder
  if [ "$(lock_owner "$1")" = "$$" ]; then rm -rf "$1"; fi
}
