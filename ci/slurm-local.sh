#!/usr/bin/env bash
# A Slurm of one node for tests: ci/slurm-local.sh start|stop|status DIR
# Runs munged, slurmctld and slurmd as ordinary processes of the current user on 127.0.0.1, with everything they write in DIR.
# `eval "$(ci/slurm-local.sh start DIR)"` points Slurm's commands at it. Exit codes: 0 done, 2 bad usage, 3 it can't run here (or isn't running).
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin

fail() { echo "slurm-local: $2" >&2; exit "$1"; }
case "$#:${1-}" in 2:start | 2:stop | 2:status) ;; *) fail 2 "usage: ci/slurm-local.sh start|stop|status DIR" ;; esac
# Slurm's configuration has no quoting, and its sockets' paths may have 107 characters.
case $2 in *[!A-Za-z0-9._/-]*) fail 2 "$2 must consist of letters, digits and . _ - /; choose another folder." ;; esac
dir=$(realpath -m "$2")
[ "${#dir}" -le 70 ] || fail 2 "$dir is too long for Slurm's sockets; choose a folder of at most 70 characters, in /tmp say."
export SLURM_CONF=$dir/slurm.conf

# Daemons are known by the working folder that only they have.
daemons() {
  local process
  for process in /proc/[0-9]*; do
    case "$(readlink "$process/cwd" 2> /dev/null)" in "$dir/run" | "$dir/run/"*) echo "${process#/proc/}" ;; esac
  done
}

working() { [ -f "$SLURM_CONF" ] && [ -n "$(daemons)" ] && timeout 5 sinfo --noheader --format %T 2> /dev/null | grep -qE '^(idle|mixed|allocated|completing)$'; }

install() {
  local program missing=
  for program in munged slurmctld slurmd sbatch; do command -v "$program" > /dev/null || missing="$missing $program"; done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then fail 3 "missing:$missing; install Slurm and MUNGE (Debian, Ubuntu: apt-get install slurm-wlm munge)."; fi
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends slurm-wlm munge; } > "$dir/log/install.log" 2>&1 ||
    fail 3 "apt-get can't install slurm-wlm and munge; $dir/log/install.log says why."
}

free_port() {
  local port=$((20000 + RANDOM % 10000))
  while [ "$port" = "${1-}" ] || (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do port=$((port + 1)); done
  echo "$port"
}

configure() {
  local host user controller
  host=$(uname -n | cut -d. -f1) user=$(id -un) controller=$(free_port)
  (umask 077; head -c 1024 /dev/urandom > "$dir/munge.key")
  cat > "$SLURM_CONF" << END
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller
SlurmdPort=$(free_port "$controller")
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$dir/run/munge.socket
StateSaveLocation=$dir/run/state
SlurmdSpoolDir=$dir/run/spool
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmdPidFile=$dir/run/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,bf_interval=1,sched_interval=1,sched_min_interval=0
ReturnToService=2
SlurmdParameters=config_overrides
KillWait=2
MinJobAge=10
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo) State=UNKNOWN
PartitionName=local Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
  # slurmd may load a cgroup plugin that nothing uses: none from 24.05 on, which can be told so; before, the one whose loading does nothing.
  case $(printf '%s\n' 24.05 "$(slurmd -V | tr -dc 0-9.)" | sort --version-sort | head -n 1) in
    24.05) echo "CgroupPlugin=disabled" > "$dir/cgroup.conf" ;;
    *) echo "CgroupPlugin=cgroup/v1" > "$dir/cgroup.conf" ;;
  esac
}

launch() { (cd "$dir/run" && exec setsid nohup "$@" < /dev/null > "$dir/log/$1.log" 2>&1) & }

start() {
  if ! working; then
    stop
    mkdir -p "$dir/log"
    install
    mkdir -p "$dir/run/state" "$dir/run/spool"
    configure
    launch munged --foreground --force --key-file="$dir/munge.key" --socket="$dir/run/munge.socket" --pid-file="$dir/run/munged.pid" --seed-file="$dir/run/munge.seed"
    for _ in $(seq 50); do [ ! -S "$dir/run/munge.socket" ] || break; sleep 0.1; done
    launch slurmctld -D
    launch slurmd -D
    for _ in $(seq 150); do ! working || break; sleep 0.2; done
    working || { stop; fail 3 "the node did not come up within 30 seconds; $dir/log says why."; }
  fi
  echo "export SLURM_CONF=$SLURM_CONF"
}

stop() {
  local signal process
  if working; then
    scancel --user="$(id -un)" 2> /dev/null || true
    for _ in $(seq 50); do [ -n "$(squeue --noheader 2> /dev/null)" ] || break; sleep 0.1; done
  fi
  for signal in TERM KILL; do
    for process in $(daemons); do kill -s "$signal" "$process" 2> /dev/null || true; done
    for _ in $(seq 50); do [ -n "$(daemons)" ] || break; sleep 0.1; done
  done
  rm -rf "$dir/run" "$dir/munge.key" "$dir/cgroup.conf" "$SLURM_CONF"
}

status() {
  working || fail 3 "no Slurm runs in $dir; start it with 'ci/slurm-local.sh start $dir'."
  sinfo
  squeue
}

"$1"
