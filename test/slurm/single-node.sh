#!/usr/bin/env bash
# A Slurm of one node on this machine, as root and without systemd, all of it under one directory:
#
#     test/slurm/single-node.sh start DIR    starts it; `export SLURM_CONF=DIR/slurm.conf` and it is there
#     test/slurm/single-node.sh stop DIR     ends its daemons, and waits for their end
#
# Debian's packages: slurm-wlm, slurm-client, munge.
set -euo pipefail

directory=$(readlink -m "$2")
munge=$directory/munge
host=$(hostname -s)

# munged wants its key unreadable to others and its socket reachable by all
start_munge() {
  install -d -m 755 "$directory" "$munge/run"
  install -d -m 700 "$munge/key" "$munge/state"
  head -c 1024 /dev/urandom > "$munge/key/munge.key"
  chmod 400 "$munge/key/munge.key"
  chown -R munge: "$munge"
  runuser -u munge -- munged --socket="$munge/run/munge.socket" --key-file="$munge/key/munge.key" \
    --pid-file="$munge/run/munged.pid" --log-file="$munge/state/munged.log" --seed-file="$munge/state/munged.seed"
}

configure() {
  local port=$((20000 + RANDOM % 10000))
  install -d "$directory/state" "$directory/spool"
  cat > "$directory/slurm.conf" << CONF
ClusterName=thermill
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$munge/run/munge.socket
StateSaveLocation=$directory/state
SlurmdSpoolDir=$directory/spool
SlurmctldPidFile=$directory/slurmctld.pid
SlurmdPidFile=$directory/slurmd.pid
SlurmctldLogFile=$directory/slurmctld.log
SlurmdLogFile=$directory/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
JobCompType=jobcomp/none
SchedulerParameters=bf_interval=1,sched_interval=2,batch_sched_delay=0,sched_min_interval=0
$(slurmd -C | head -1 | sed 's/ UpTime=.*//') NodeAddr=127.0.0.1
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}

wait_for_node() {
  for _ in $(seq 100); do
    [ "$(SLURM_CONF=$directory/slurm.conf sinfo -h -o %T 2> /dev/null)" = idle ] && return
    sleep 0.2
  done
  tail -5 "$directory"/slurm*.log >&2
  return 1
}

case $1 in
  start)
    start_munge
    configure
    export SLURM_CONF=$directory/slurm.conf
    slurmctld -c -f "$SLURM_CONF"
    slurmd -c -f "$SLURM_CONF" -N "$host"
    wait_for_node
    ;;
  stop)
    for pid in "$directory"/slurmd.pid "$directory"/slurmctld.pid "$munge"/run/munged.pid; do
      [ -e "$pid" ] || continue
      number=$(cat "$pid")
      kill "$number" 2> /dev/null || continue
      for _ in $(seq 100); do
        kill -0 "$number" 2> /dev/null || break
        sleep 0.1
      done
    done
    ;;
  *)
    echo "single-node.sh start|stop DIR" >&2
    exit 2
    ;;
esac
