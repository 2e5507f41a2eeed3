# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what run and play set, and what they read
#
# platform-sandbox - a guest in `hnvf sandbox`, and hnvf as installed on it
#
# What is kept from one scenario to the next is in $kit_work: a guest that is as it
# was at its boot serves the next scenario, too, if that wants one of its kind.
# Starting one takes two Javas.

guest_dir=${kit_work:-}/guest
front=${kit_work:-}/prefix/sbin/hnvf
etc=$guest_dir/root/usr/local/etc/hnvf
db=$guest_dir/root/var/db/hnvf
# A kill in each step would be eleven Javas.
kit_steps=${kit_steps:-3 8}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# p_refuse: says why nothing can be played here, and fails.
p_refuse()
{
	if [ ! -f "$root/target/hnvf-lab.jar" ]; then
		refuse 69 "there is no $root/target/hnvf-lab.jar; mvn package makes it"
	fi
	for program in "$java" nc setsid flock; do
		command -v "$program" >/dev/null || refuse 69 "there is no $program"
	done
}

# p_lacks FEATURE: why a scenario that needs it is not possible here; nothing where it is.
p_lacks()
{
	case $1 in
	kernel) echo "the sandbox is no kernel" ;;
	netgraph) echo "the sandbox has no netgraph(4)" ;;
	clock) echo "the sandbox has no time of its own: how long a cut lasts is told by demo --compare" ;;
	devices) echo "the sandbox has no devd that sees devices" ;;
	patience) echo "it takes more than three minutes, by a time limit of the event script" ;;
	another-user) echo "the directory of a sandbox is its owner's alone" ;;
	full-disk) echo "a sandbox has no file system of its own that could be full" ;;
	stock) echo "the sandbox does not run the scripts of the base system" ;;
	esac
}

# p_machine: one line for the report.
p_machine()
{
	echo "$(uname -sr), the simulated guest of hnvf: no kernel of FreeBSD has answered"
}

# p_open: once for all scenarios of a lane.
p_open()
{
	PREFIX=$kit_work/prefix DESTDIR=/ JAVA=$(command -v "$java") "$root/scripts/install" \
	    >"$kit_work/install.log" 2>&1 || {
		cat "$kit_work/install.log"
		return 1
	}
	# Whatever it starts is to work on the sandbox: this machine is nobody's guest.
	sed -e "s|^socket=.*|socket='$guest_dir/root/var/run/hnvf/hnvf.sock'|" \
	    -e "s|^exec \"\$java\".*|& '--guest-bin=$guest_dir'|" \
	    "$front" >"$front.kit"
	chmod 755 "$front.kit"
	mv -f "$front.kit" "$front"
}

# p_devd: what the sandbox tells goes to devd's rules, too: to the event script.  What
# Linux has not of the base system is made here.  The base system's own actions, which
# hnvf keeps away, are noted in $kit_work/stock.
p_devd()
{
	[ ! -f "$guest_dir/devd-hook" ] || return 0
	fakes=$kit_work/fakes
	mkdir -p "$fakes"
	for name in service pccard_ether hyperv_vfattach hyperv_vfup hv_kvp_daemon hv_vss_daemon; do
		program "$fakes/$name" "printf '%s\\n' \"\${0##*/} \$*\" >>'$kit_work/stock'"
	done
	program "$fakes/daemon" "shift; exec setsid -f \"\$@\""
	program "$fakes/logger" "while [ \$# -gt 0 ] && [ \"\$1\" != -- ]; do shift; done
[ \$# -eq 0 ] || shift
{ if [ \$# -gt 0 ]; then echo \"\$*\"; else cat; fi; } >>'$kit_work/syslog'"
	program "$fakes/lockf" "limit=\$4; shift 4
[ \"\$limit\" != 0 ] || exec flock -n -E 75 \"\$@\"
shift; exec \"\$@\""
	cat >"$fakes/rc.subr" <<-EOF
	load_rc_config() { . '$guest_dir/root/etc/rc.conf'; }
	checkyesno() { eval "[ \"\\\$\$1\" = YES ]"; }
	EOF
	run=$guest_dir/root/var/run/hnvf
	sed -e "s|^hnvf=/.*|hnvf='$front'|" -e "s|^socket=/.*|socket='$run/hnvf.sock'|" \
	    -e "s|^rc_subr=/.*|rc_subr='$fakes/rc.subr'|" -e "s|^owner=0|owner=$(id -u)|" \
	    -e "s|^watch_locks=/.*|watch_locks='$run'|" -e "s|^ready=/.*|ready='$run/ready'|" \
	    -e "s|^stock_lock=/.*|stock_lock='$kit_work/stock.lock'|" \
	    -e "s|^\\(pccard_ether\\)=/.*|\\1='$fakes/\\1'|" \
	    -e "s|^\\(hyperv_vfattach\\)=/.*|\\1='$fakes/\\1'|" \
	    -e "s|^\\(hyperv_vfup\\)=/.*|\\1='$fakes/\\1'|" \
	    -e "s|^\\(hv_[a-z]*_daemon\\)=/.*|\\1='$fakes/\\1'|" \
	    "$root/scripts/event" >"$kit_work/event"
	chmod 755 "$kit_work/event"
	# shellcheck disable=SC2016 # the hook's own
	program "$guest_dir/devd-hook" "PATH='$guest_dir/bin:$fakes:/usr/bin:/bin'; export PATH
event='$kit_work/event'
"'set -f
system= subsystem= type= name=
for word in ${1#!}; do
	case $word in
	system=* | subsystem=* | type=* | name=*) eval "${word%%=*}=\${word#*=}" ;;
	esac
done
case $system/$type in
ETHERNET/IFATTACH) exec "$event" ifattach "$subsystem" ;;
HYPERV_NIC_VF/VF_UP) exec "$event" vf_up "$subsystem" ;;
HYPERV_NIC_VF/VF_DOWN) exec "$event" vf_down "$subsystem" ;;
IFNET/DETACH) exec "$event" detach "$subsystem" ;;
IFNET/RENAME) exec "$event" rename "$subsystem" "$name" ;;
IFNET/LINK_UP) exec "$event" link_up "$subsystem" ;;
IFNET/LINK_DOWN) exec "$event" link_down "$subsystem" ;;
IFNET/ATTACH) exec "$event" attach "$subsystem" ;;
esac'
}

# program FILE TEXT
program()
{
	printf '#!/bin/sh\n%s\n' "$2" >"$1.new"
	chmod 755 "$1.new"
	mv -f "$1.new" "$1"
}

# p_no_events: they start nothing unless the scenario has said "devd".
p_no_events()
{
	[ ! -f "$guest_dir/devd-hook" ]
}

# p_java none|back: whether the front finds a Java.
p_java()
{
	case $1 in
	none)
		cp -p "$front" "$front.whole"
		sed '/^find_java()/a\
	return 1' "$front.whole" >"$front.new"
		chmod 755 "$front.new"
		mv -f "$front.new" "$front"
		;;
	back) mv -f "$front.whole" "$front" ;;
	esac
}

# p_close: ends all that goes on.
p_close()
{
	end_guest
	rm -rf "$kit_work"
}

# end_guest: the processes of the guest, and those that the event script has started.
end_guest()
{
	end_process daemon
	end_process sandbox
	end_jobs
	[ ! -f "$front.whole" ] || p_java back
}

end_jobs()
{
	rm -f "$guest_dir/devd-hook"
	ps -A -o pid= -o args= | place=$kit_work/ awk '
	    index($0, ENVIRON["place"] "event") { print $1 }' >"$kit_work/left"
	while read -r pid; do
		kill -KILL "$pid" 2>/dev/null || :
	done <"$kit_work/left"
}

# end_process NAME
end_process()
{
	[ -f "$kit_work/$1.pid" ] || return 0
	pid=$(cat "$kit_work/$1.pid")
	rm -f "$kit_work/$1.pid"
	kill -CONT "$pid" 2>/dev/null
	kill -KILL "$pid" 2>/dev/null || return 0
	while kill -0 "$pid" 2>/dev/null; do
		sleep 0.1
	done
}

is_running()
{
	[ -f "$kit_work/$1.pid" ] && kill -0 "$(cat "$kit_work/$1.pid")" 2>/dev/null
}

# in_background NAME COMMAND...: outlives the scenario.
in_background()
{
	process=$1
	shift
	"$@" >>"$kit_work/$process.log" 2>&1 </dev/null &
	echo "$!" >"$kit_work/$process.pid"
}

laboratory()
{
	exec setsid "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m \
	    -Dfile.encoding=UTF-8 -jar "$root/target/hnvf-lab.jar" "$@"
}

p_boot()
{
	wanted=$1
	shift
	if ! as_at_boot "$wanted"; then
		end_guest
		rm -rf "$guest_dir" "$kit_work/spoilt"
		in_background sandbox laboratory sandbox "$guest_dir" --kind "$wanted"
		until [ -S "$guest_dir/socket" ] && "$guest_dir/host" reach >/dev/null 2>&1; do
			is_running sandbox || return 1
			sleep 0.1
		done
		echo 'hnvf_enable="YES"' >>"$guest_dir/root/etc/rc.conf"
		cp "$guest_dir/root/etc/rc.conf" "$kit_work/rc.conf"
		echo "$wanted" >"$kit_work/kind"
		p_whole >"$kit_work/whole"
	fi
	for line; do
		printf '%s\n' "$line" >>"$guest_dir/root/etc/rc.conf"
	done
	p_settings '' && p_daemon start
}

# as_at_boot KIND: whether the guest that is there is of this kind and can be brought
# to what it was.
as_at_boot()
{
	is_running sandbox && is_running daemon &&
	    [ ! -f "$kit_work/hangs" ] && [ ! -f "$kit_work/spoilt" ] &&
	    [ "$(cat "$kit_work/kind")" = "$1" ] || return 1
	end_jobs
	[ ! -f "$front.whole" ] || p_java back
	"$guest_dir/host" heal >/dev/null || return 1
	rm -f "$guest_dir/root/usr/local/libexec/hnvf/hyperv_vfup.hn0"
	cp "$kit_work/rc.conf" "$guest_dir/root/etc/rc.conf"
	if [ -n "$(p_guest ifconfig -g lagg)" ]; then
		p_hnvf release hn0 >/dev/null 2>&1 || return 1
	fi
	"$guest_dir/host" unplug hn0 >/dev/null 2>&1 || :
	p_hnvf failback hn0 >/dev/null 2>&1 || return 1
	rm -f "$db"/hn0.*
	tries=0
	until p_whole >"$kit_work/whole.now" && cmp -s "$kit_work/whole" "$kit_work/whole.now"; do
		tries=$((tries + 1))
		[ "$tries" -lt 8 ] || return 1
		sleep 0.1
	done
}

p_settings()
{
	mkdir -p "$etc"
	new="{ \"strategy\": \"$strategy\"${1:+, $1} }"
	[ "$(cat "$etc/hnvf.json" 2>/dev/null)" != "$new" ] || return 0
	printf '%s\n' "$new" >"$etc/hnvf.json"
	is_running daemon || return 0
	before=$(times_reloaded)
	kill -HUP "$(cat "$kit_work/daemon.pid")"
	until [ "$(times_reloaded)" -gt "$before" ]; do
		sleep 0.1
	done
}

times_reloaded()
{
	grep -c -e 'read again' -e 'new configuration was not accepted' "$kit_work/daemon.log"
}

p_daemon()
{
	case $1 in
	start)
		rm -f "$kit_work/hangs"
		is_running daemon || in_background daemon setsid "$front" daemon
		until printf 'ping\n' | nc -U -N -w 5 "$(p_socket)" 2>/dev/null | grep -q .; do
			is_running daemon || return 1
			sleep 0.1
		done
		;;
	stop)
		kill -TERM "$(cat "$kit_work/daemon.pid")"
		while is_running daemon; do
			sleep 0.1
		done
		;;
	kill) end_process daemon ;;
	hang)
		: >"$kit_work/hangs"
		kill -STOP "$(cat "$kit_work/daemon.pid")"
		;;
	go_on)
		kill -CONT "$(cat "$kit_work/daemon.pid")"
		rm -f "$kit_work/hangs"
		;;
	esac
}

# p_socket: where the daemon listens.
p_socket()
{
	echo "$guest_dir/root/var/run/hnvf/hnvf.sock"
}

p_host()
{
	"$guest_dir/host" "$@"
}

p_guest()
{
	program=$1
	shift
	"$guest_dir/bin/$program" "$@"
}

p_hnvf()
{
	"$front" "$@"
}

p_override()
{
	script=$guest_dir/root/usr/local/libexec/hnvf/hyperv_vfup.hn0
	mkdir -p "${script%/*}"
	printf '#!/bin/sh\n%s\n' "$1" >"$script"
	chmod "$2" "$script"
}

# p_rehearse FILE
p_rehearse()
{
	# "java" is a word of the scenarios, too.
	command "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Dfile.encoding=UTF-8 \
	    -jar "$root/target/hnvf-lab.jar" rehearse hn0 --from "$1" --quick
}

# What is loaded is not in what a guest is compared by.  There, carp(4) always is.
p_module()
{
	[ "$1" != carp ] || return 0
	: >"$kit_work/spoilt"
	p_guest kldload "$1"
}

p_rc_conf()
{
	printf '%s\n' 'hnvf_enable="YES"' "$@" >"$guest_dir/root/etc/rc.conf"
}

# p_state: where hnvf keeps what it must not forget.
p_state()
{
	echo "$db"
}

p_path()
{
	mkdir -p "$guest_dir/root${1%/*}"
	echo "$guest_dir/root$1"
}

p_fibs()
{
	: >"$kit_work/spoilt"
	p_guest sysctl "net.fibs=$1" >/dev/null
}

p_answers()
{
	"$guest_dir/host" reach | sort
}

p_whole()
{
	p_guest ifconfig | sed -e 's/ pltime .*//' -e 's/ vltime .*//' | sort
	p_guest netstat -rn
}

# p_probe start, p_probe stop NAME: commands take no time here, so there is nothing to measure.
p_probe()
{
	:
}

# p_show: the guest as it is, for the log of a failure.
p_show()
{
	{
		echo "--- ifconfig"
		p_guest ifconfig
		echo "--- netstat -rn"
		p_guest netstat -rn
		echo "--- hnvf status hn0 --json"
		p_hnvf status hn0 --json
		echo "--- the log of the daemon"
		tail -n 60 "$kit_work/daemon.log"
		echo "--- the log of the sandbox"
		tail -n 20 "$kit_work/sandbox.log"
	} 2>&1 || :
}
