# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what run and play set, and what they read
#
# platform-freebsd - this machine as the guest: its kernel, its devd, its rc, and hnvf
# as scripts/install puts it in place
#
# The stage: fakehn (stage/fakehn.c) makes hn0, hn1 and their VFs.  Behind them is the
# jail hnvf_gateway with a network of its own: switch, gateway and DHCP server; behind
# that hnvf_prober, from where the guest is probed.
#
# What was here before is in $before.  Each step that changes something is noted in
# $before/steps first; p_close undoes them in reverse, and so does `run --restore`
# after a run that was killed.

before=/var/db/hnvf-kit
kit_lock=/var/run/hnvf-kit.lock
gateway=hnvf_gateway
prober=hnvf_prober
# Of the kernel itself, of make and cc, and of the stage with its two jails.
least_memory=512

p_refuse()
{
	[ "$(uname -s)" = FreeBSD ] ||
	    refuse 69 "this is $(uname -s), no FreeBSD; run --check plays the scenarios in a sandbox"
	[ "$(uname -K)" -ge 1400000 ] ||
	    refuse 69 "this is FreeBSD $(uname -r); the scenarios are for 14.0 or later"
	[ "$(id -u)" -eq 0 ] || refuse 77 "only root can load the stage and change the network"
	if [ "$action" = restore ]; then
		[ -d "$before" ] || refuse 69 "there is no $before: nothing is left to put back"
		return 0
	fi
	[ ! -d "$before" ] ||
	    refuse 78 "an earlier run was killed and has left $before: run --restore puts it back"
	[ "$(sysctl -n kern.features.vimage 2>/dev/null)" = 1 ] ||
	    refuse 69 "this kernel has no VIMAGE, and so no jails with a network of their own"
	if sysctl -N hw.hn >/dev/null 2>&1; then
		refuse 78 "this kernel has an hn(4) of its own (hw.hn is there), which the stage" \
		    "would clash with; boot one without \"device hyperv\", see docs/freebsd.md"
	fi
	for interface in $(ifconfig -l); do
		case $interface in
		hn[0-9]* | hvsw[0-9]* | lagg[0-9]* | mlxen[0-9]* | mce[0-9]* | mana[0-9]*)
			refuse 78 "there is an interface $interface already: this is no test machine"
			;;
		esac
	done
	if [ "$(sysrc -n hnvf_enable 2>/dev/null | tr '[:upper:]' '[:lower:]')" = yes ]; then
		refuse 78 "hnvf is installed here and enabled: this is no test machine"
	fi
	for place in /usr/local/sbin/hnvf /usr/local/share/java/hnvf /var/db/hnvf; do
		[ ! -e "$place" ] || refuse 78 "there is $place: an hnvf is or was installed here," \
		    "and this would replace it; uninstall it first (scripts/uninstall --purge)"
	done
	[ -f "${SYSDIR:-/usr/src/sys}/conf/kmod.mk" ] ||
	    refuse 69 "there are no sources of the kernel in ${SYSDIR:-/usr/src/sys}, which the stage is built with"
	for program in make cc java nc; do
		command -v "$program" >/dev/null 2>&1 || refuse 69 "there is no $program"
	done
	[ -f "$root/target/hnvf.jar" ] ||
	    refuse 69 "there is no $root/target/hnvf.jar; build the checkout, on any machine"
	memory=$(($(sysctl -n hw.physmem) / 1048576))
	[ "$memory" -ge "$least_memory" ] ||
	    refuse 69 "there are $memory MB of memory; the jails and a Java need $least_memory"
	if ifconfig | grep -q 'inet 10\.0\.[23]\.'; then
		refuse 78 "10.0.2.0/24 or 10.0.3.0/24 is in use here, and the stage needs both"
	fi
	if [ "$kit_take_route" != yes ] && netstat -rn -f inet | grep -q '^default'; then
		refuse 78 "this machine has a default route, and the scenarios need hn0 to have it;" \
		    "run --take-default-route removes it and adds it again at the end"
	fi
	if jls -j "$gateway" >/dev/null 2>&1 || jls -j "$prober" >/dev/null 2>&1; then
		refuse 78 "there is a jail $gateway or $prober already"
	fi
}

p_lacks()
{
	case $1 in
	devices)
		[ -e /dev/hv_kvp_dev ] || echo "there is no /dev/hv_kvp_dev without a Hyper-V"
		;;
	fibs)
		[ "$(sysctl -n net.fibs)" -ge 2 ] ||
		    echo "net.fibs is $(sysctl -n net.fibs), and can only be taken back by a boot:" \
		    "net.fibs=\"2\" in /boot/loader.conf"
		;;
	stock)
		[ -x /usr/libexec/hyperv/hyperv_vfup ] ||
		    echo "there is no /usr/libexec/hyperv/hyperv_vfup"
		;;
	netgraph)
		# ng_ether(4) stays as long as there is an Ethernet interface.
		for module in ng_ether ng_hole ng_socket; do
			kldstat -q -m "$module" ||
			    echo "$module is not loaded, and ng_ether can only be unloaded by a boot:" \
			    "kldload ng_ether ng_hole ng_socket"
		done
		command -v ngctl >/dev/null || echo "there is no ngctl"
		;;
	sandbox) echo "only the host of a sandbox does this" ;;
	esac
}

p_machine()
{
	echo "$(uname -srmi), $(sysctl -n hw.ncpu) processors, $(sysctl -n hw.model)," \
	    "$(command java -version 2>&1 | head -n 1); the NICs are those of fakehn, no Hyper-V"
}

# begin STEP: it is about to be done.
begin()
{
	echo "$1" >>"$before/steps"
	sync
}

p_open()
{
	mkdir -m 0700 "$before" || return 1
	cp -p /etc/rc.conf "$before/rc.conf" 2>/dev/null || : >"$before/rc.conf"
	begin files
	echo "${kit_work%/*}" >"$before/work"
	[ ! -e /etc/resolv.conf ] || cp -p /etc/resolv.conf "$before/resolv.conf"
	netstat -rn -f inet | awk '$1 == "default" { print $2; exit }' >"$before/default"
	if [ -s "$before/default" ]; then
		begin default_route
		route -q delete default || return 1
	fi
	cloned >"$before/cloned"
	cp -R "$kit/stage" "$before/stage"
	if ! build_stage >"$before/make.log" 2>&1; then
		cat "$before/make.log"
		return 1
	fi
	begin module
	kldload "$before/stage/fakehn.ko" || return 1
	begin jails
	kldload -n if_epair if_vlan if_lagg || return 1
	pair=$(ifconfig epair create) || return 1
	echo "$pair" >"$before/epair"
	jail -c name="$gateway" path=/ vnet persist \
	    vnet.interface=hvsw0 vnet.interface=hvsw1 vnet.interface="$pair" &&
	    jail -c name="$prober" path=/ vnet persist vnet.interface="${pair%a}b" || return 1
	in_gateway ifconfig lo0 up
	in_gateway ifconfig hvsw0 inet 10.0.2.2/24 up
	in_gateway ifconfig hvsw1 inet 10.0.3.2/24 up
	in_gateway ifconfig hvsw0 inet6 2001:db8::1/64 -ifdisabled auto_linklocal
	in_gateway ifconfig hvsw0 inet6 fe80::1 prefixlen 64
	in_gateway route -q add -host 198.51.100.20 -interface hvsw0
	in_gateway ifconfig "$pair" inet 10.9.9.1/24 up
	in_gateway ifconfig "$pair" inet6 2001:db8:9::1/64 -ifdisabled
	# The networks of two VLANs, as in the kind "vlans".
	in_gateway ifconfig vlan7 create vlan 7 vlandev hvsw0 inet 198.51.100.1/24 up
	in_gateway ifconfig vlan100 create vlan 100 vlandev hvsw0 inet 192.0.2.1/24 up
	in_gateway sysctl -q net.inet.ip.forwarding=1 net.inet6.ip6.forwarding=1 >/dev/null
	jexec "$prober" ifconfig "${pair%a}b" inet 10.9.9.2/24 up
	jexec "$prober" ifconfig "${pair%a}b" inet6 2001:db8:9::2/64 -ifdisabled
	jexec "$prober" route -q add default 10.9.9.1
	jexec "$prober" route -q -6 add default 2001:db8:9::1
	begin dhcpd
	# Not by way of a function: the process is to be the one that gets the signals.
	jexec "$gateway" "$before/stage/dhcpd" >"$before/dhcpd.log" 2>&1 </dev/null &
	echo "$!" >"$before/dhcpd.pid"
	begin rtadvd
	echo 'hvsw0:addr="2001:db8::":prefixlen#64:maxinterval#10:mininterval#4:' \
	    >"$before/rtadvd.conf"
	begin product
	"$root/scripts/install" >"$before/install.log" 2>&1 || {
		cat "$before/install.log"
		return 1
	}
	printf 'hnvf_enable="YES"\n' >>/etc/rc.conf
	cp /etc/rc.conf "$before/rc.conf.kit"
	service devd restart >/dev/null
}

# In a copy: the checkout stays as it is.
build_stage()
{
	make -C "$before/stage" fakehn.ko &&
	    cc -o "$before/stage/dhcpd" "$before/stage/dhcpd.c"
}

in_gateway()
{
	jexec "$gateway" "$@"
}

# p_close: as before.  What cannot be undone is said, and the others are undone all the same.
p_close()
{
	[ -d "$before" ] || return 0
	left=
	awk '{ line[NR] = $1 } END { for (i = NR; i > 0; i--) print line[i] }' "$before/steps" \
	    >"$before/undo"
	while read -r step; do
		case $step in
		product) undo_product ;;
		rtadvd) end_rtadvd ;;
		dhcpd) end_dhcpd ;;
		jails) undo_jails ;;
		module) undo_module ;;
		default_route) route -q add default "$(cat "$before/default")" ;;
		files) undo_files ;;
		*) false ;;
		esac </dev/null || {
			echo "run: \"$step\" could not be undone" >&2
			left="$step $left"
		}
	done <"$before/undo"
	if [ -n "$left" ]; then
		# What was undone is not undone twice.
		for step in $left; do
			echo "$step"
		done >"$before/steps"
		echo "run: $before is left for run --restore, or for a person" >&2
		return 1
	fi
	rm -rf "$before"
}

# p_restore: the same after a run that was killed, and what that had in TMPDIR.
p_restore()
{
	leftover=$(cat "$before/work" 2>/dev/null)
	p_close || return 1
	case $leftover in
	*/hnvf-kit.*) rm -rf "$leftover" ;;
	esac
}

end_dhcpd()
{
	pid=$(cat "$before/dhcpd.pid" 2>/dev/null)
	rm -f "$before/dhcpd.pid"
	# The jail takes it along, too.
	[ -z "$pid" ] || ! kill -CONT "$pid" 2>/dev/null || kill "$pid"
}

undo_product()
{
	as_no_guest
	service hnvf stop >/dev/null 2>&1 || :
	[ ! -f /usr/local/share/java/hnvf/installed ] ||
	    "$root/scripts/uninstall" --release --purge >"$before/uninstall.log" 2>&1 || {
		cat "$before/uninstall.log" >&2
		return 1
	}
	rm -rf /var/db/hnvf /var/run/hnvf
	rmdir /usr/local/etc/hnvf/hooks.d /usr/local/libexec/hnvf /usr/local/etc/hnvf 2>/dev/null || :
}

undo_jails()
{
	for jail in "$prober" "$gateway"; do
		! jls -j "$jail" >/dev/null 2>&1 || jail -r "$jail" || return 1
	done
	[ ! -s "$before/epair" ] || ! ifconfig "$(cat "$before/epair")" >/dev/null 2>&1 ||
	    ifconfig "$(cat "$before/epair")" destroy
}

undo_module()
{
	! kldstat -q -m fakehn || kldunload fakehn
}

undo_files()
{
	cp -p "$before/rc.conf" /etc/rc.conf || return 1
	if [ -e "$before/resolv.conf" ]; then
		cp -p "$before/resolv.conf" /etc/resolv.conf || return 1
	else
		rm -f /etc/resolv.conf
	fi
	rm -f /var/db/dhclient.leases.hn[01] /var/db/dhclient.leases.lagg[0-9]
	service devd restart >/dev/null
}

end_rtadvd()
{
	[ -f "$before/rtadvd.pid" ] || return 0
	kill "$(cat "$before/rtadvd.pid")" 2>/dev/null || :
	rm -f "$before/rtadvd.pid"
}

# Interfaces that somebody has made.
cloned()
{
	for group in lagg vlan bridge; do
		ifconfig -g "$group"
	done
}

# as_no_guest: nothing of an earlier scenario stands on the NICs any more.
as_no_guest()
{
	[ ! -f "$before/hangs" ] || p_daemon go_on
	[ ! -f "$before/front" ] || cp -p "$before/front" /usr/local/sbin/hnvf
	rm -f "$before/front" /usr/local/libexec/hnvf/hyperv_vfup.hn0 /usr/local/etc/hnvf/hooks.d/kit
	! jls -j hnvf_kit >/dev/null 2>&1 || jail -r hnvf_kit
	if [ -f "$before/quiet" ]; then
		service devd start >/dev/null || :
		rm -f "$before/quiet"
	fi
	if [ -n "$(ifconfig -g lagg)" ]; then
		for hn in hn0 hn1; do
			/usr/local/sbin/hnvf release "$hn" >/dev/null 2>&1 || :
		done
	fi
	service hnvf stop >/dev/null 2>&1 || :
	# The base system's script does not end by itself: it goes on deleting addresses.
	pkill -f /usr/libexec/hyperv/hyperv_vf
	for unit in 0 1; do
		sysctl "debug.fakehn.vf_unplug=$unit" >/dev/null 2>&1 || :
	done
	# Those of other interfaces are the machine's.
	pkill -f 'dhclient: (hn[01]|lagg[0-9]+)( |$)'
	for interface in hn0 hn1 lagg0 lagg1; do
		resolvconf -d "$interface" >/dev/null 2>&1
	done
	! kldstat -q -m ng_ether || ngctl rmhook hn0: orphans 2>/dev/null
	if [ -f "$before/loaded" ]; then
		pfctl -d >/dev/null 2>&1
		while read -r module; do
			kldunload -f "$module"
		done <"$before/loaded"
		rm -f "$before/loaded"
	fi
	for interface in $(cloned); do
		grep -qx "$interface" "$before/cloned" || ifconfig "$interface" destroy
	done
	for hn in hn0 hn1; do
		ifconfig "$hn" >/dev/null 2>&1 || continue
		service netif stop "$hn" >/dev/null 2>&1 || :
		for address in $(ifconfig "$hn" | awk '$1 == "inet" { print $2 }'); do
			ifconfig "$hn" inet "$address" -alias
		done
		for address in $(ifconfig "$hn" | awk '$1 == "inet6" { print $2 }'); do
			ifconfig "$hn" inet6 "$address" -alias
		done
		for group in $(ifconfig "$hn" | awk '$1 == "groups:" { $1 = ""; print }'); do
			ifconfig "$hn" -group "$group"
		done
		ifconfig "$hn" -description mtu 1500 fib 0 down
		rm -f "/var/db/dhclient.leases.$hn"
	done
	sysctl hw.hn.vf_transparent=0 >/dev/null
	for family in inet inet6; do
		netstat -rn -f "$family" | awk '$4 ~ /^(hn[01]|lagg[0-9]+)$/ { print $1 }' |
		    while read -r destination; do
			route -q delete "-$family" "$destination" >/dev/null 2>&1
		done
	done
	if [ -f "$before/full" ]; then
		umount /var/db/hnvf
		rm -f "$before/full"
	fi
	rm -rf /var/db/hnvf
	end_rtadvd
	! grep -q STOP "$before/dhcp" 2>/dev/null || p_host dhcp hn0 10.0.2.15
	cp "$before/rc.conf.kit" /etc/rc.conf
}

# p_boot KIND LINE...: what a boot with this rc.conf would do to the NICs.
p_boot()
{
	kind=$1
	shift
	as_no_guest
	nics=hn0
	case $kind in
	transparent)
		sysctl hw.hn.vf_transparent=1 >/dev/null
		set -- 'ifconfig_hn0="SYNCDHCP"' "$@"
		;;
	azure) set -- 'ifconfig_hn0="SYNCDHCP"' "$@" ;;
	slaac)
		set -- 'ifconfig_hn0="SYNCDHCP"' 'ifconfig_hn0_ipv6="inet6 accept_rtadv"' "$@"
		in_gateway rtadvd -c "$before/rtadvd.conf" -p "$before/rtadvd.pid" \
		    -C "$before/rtadvd.sock" hvsw0
		;;
	two)
		set -- 'ifconfig_hn0="SYNCDHCP"' 'ifconfig_hn1="SYNCDHCP"' "$@"
		nics='hn0 hn1'
		;;
	static | vlans)
		[ "$kind" = static ] || set -- 'cloned_interfaces="vlan7"' \
		    'ifconfig_vlan7="inet 198.51.100.5/24 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400"' \
		    'vlans_hn0="100"' 'ifconfig_hn0_100="inet 192.0.2.5/24"' "$@"
		set -- 'ifconfig_hn0="inet 10.0.2.50 netmask 255.255.255.0"' \
		    'ifconfig_hn0_alias0="inet 10.0.2.51 netmask 255.255.255.255"' \
		    'ifconfig_hn0_ipv6="inet6 2001:db8::50 prefixlen 64"' \
		    'defaultrouter="10.0.2.2"' "$@"
		;;
	*) return 1 ;;
	esac
	printf '%s\n' "$@" >>/etc/rc.conf
	rm -f /usr/local/etc/hnvf/hnvf.json
	p_settings '' || return 1
	for nic in $nics; do
		service netif start "$nic" >/dev/null || return 1
	done
	[ "$kind" != vlans ] || service netif cloneup >/dev/null || :
	service routing start >/dev/null || :
	p_daemon start
}

p_settings()
{
	printf '{ "strategy": "%s"%s }\n' "$strategy" "${1:+, $1}" >/usr/local/etc/hnvf/hnvf.json
	! service hnvf status >/dev/null 2>&1 || service hnvf reload >/dev/null
}

p_daemon()
{
	case $1 in
	start)
		# After a kill, daemon(8) may have been quicker.
		service hnvf start >/dev/null 2>&1 || :
		tries=0
		until printf 'ping\n' | nc -U -N -w 3 /var/run/hnvf/hnvf.sock 2>/dev/null |
		    grep -q .; do
			tries=$((tries + 1))
			[ "$tries" -lt $((60 * ${kit_slow:-1})) ] || return 1
			sleep 1
		done
		;;
	stop) service hnvf stop >/dev/null ;;
	# daemon(8) starts it again.
	kill) kill -KILL "$(cat /var/run/hnvf/daemon.pid)" ;;
	hang)
		# In its first look it would hold the pair's lock, and nobody takes over.
		tries=0
		until first_look_is_over; do
			tries=$((tries + 1))
			[ "$tries" -lt $((60 * ${kit_slow:-1})) ] || return 1
			sleep 1
		done
		: >"$before/hangs"
		kill -STOP "$(cat /var/run/hnvf/daemon.pid)"
		;;
	go_on)
		rm -f "$before/hangs"
		kill -CONT "$(cat /var/run/hnvf/daemon.pid)"
		;;
	esac
}

# first_look_is_over: since the daemon has started, something came of hn0.
first_look_is_over()
{
	awk '/ daemon: process .* listens on / { seen = 0 }
	    / hn0: / && !/ a look at everything/ { seen = 1 }
	    END { exit !seen }' /var/log/hnvf.log
}

# p_devd: it is there.
p_devd()
{
	:
}

# p_no_events: without a daemon an event starts an hnvf of its own, which repairs what is half
# done by hand.
p_no_events()
{
	: >"$before/quiet"
	service devd stop >/dev/null || return 1
	# What has begun before: a job for an event, or a watch that sleeps.
	pkill -f /usr/local/libexec/hnvf/event || :
	while pgrep -f 'hnvf[.]jar .*event' >/dev/null; do
		sleep 1
	done
}

# p_java none|hangs|back: whether the front finds a Java, and one that works.
p_java()
{
	[ -f "$before/front" ] || cp -p /usr/local/sbin/hnvf "$before/front"
	case $1 in
	none)
		sed '/^find_java()/a\
	return 1' "$before/front" >"$before/front.new"
		install -m 0555 "$before/front.new" /usr/local/sbin/hnvf
		;;
	hangs)
		printf '#!/bin/sh\nexec sleep 100000\n' >"$before/java"
		chmod 755 "$before/java"
		sed "s|^installed_java=.*|installed_java='$before/java'|" "$before/front" >"$before/front.new"
		install -m 0555 "$before/front.new" /usr/local/sbin/hnvf
		;;
	back)
		install -m 0555 "$before/front" /usr/local/sbin/hnvf
		rm -f "$before/front"
		;;
	esac
}

# p_as_nobody COMMAND: with the rights of nobody.
p_as_nobody()
{
	su -m nobody -c "$1"
}

# p_full: nothing can be written into /var/db/hnvf any more.
p_full()
{
	mkdir -p /var/db/hnvf
	echo yes >"$before/full"
	mount -t tmpfs -o size=64k,mode=0700 tmpfs /var/db/hnvf || return 1
	dd if=/dev/zero of=/var/db/hnvf/filler bs=1k >/dev/null 2>&1 || :
}

vf_of()
{
	sysctl -n "dev.hn.${1#hn}.vf"
}

# p_socket: where the daemon listens.
p_socket()
{
	echo "/var/run/hnvf/hnvf.sock"
}

p_host()
{
	unit=${2#hn}
	case $1 in
	plug)
		sysctl "debug.fakehn.vfdname=${3:-mlxen}" >/dev/null &&
		    sysctl "debug.fakehn.vf_plug=$unit" >/dev/null
		;;
	unplug) sysctl "debug.fakehn.vf_unplug=$unit" >/dev/null ;;
	migrate)
		p_host unplug "$2" || return 1
		( sleep "${4:-5}" && p_host plug "$2" "${3:-mlxen}" ) &
		;;
	carrier) switch_link "$(vf_of "$2")" "$3" ;;
	link) switch_link "$2" "$3" ;;
	gateway) switch_link "hvsw$unit" "$3" ;;
	dhcp)
		if [ "$3" = off ]; then
			echo STOP >"$before/dhcp"
			kill -STOP "$(cat "$before/dhcpd.pid")"
		else
			rm -f "$before/dhcp"
			kill -CONT "$(cat "$before/dhcpd.pid")"
		fi
		;;
	notify)
		event=$(echo "$2" | sed 's/^!system=\([^ ]*\) subsystem=\([^ ]*\) type=/\1 \2 /')
		sysctl "debug.fakehn.notify=$event" >/dev/null
		;;
	*) return 64 ;;
	esac
}

switch_link()
{
	case $2 in
	on) sysctl "debug.fakehn.link=$1 up" >/dev/null ;;
	off) sysctl "debug.fakehn.link=$1 down" >/dev/null ;;
	esac
}

p_guest()
{
	"$@"
}

p_hnvf()
{
	/usr/local/sbin/hnvf "$@"
}

p_override()
{
	script=/usr/local/libexec/hnvf/hyperv_vfup.hn0
	printf '#!/bin/sh\n%s\n' "$1" >"$script" && chmod "$2" "$script"
}

p_module()
{
	! kldstat -q -m "$1" || return 0
	echo "$1" >>"$before/loaded"
	# By default ipfw(4) lets nothing pass, as soon as it is loaded.
	[ "$1" != ipfw ] || kenv net.inet.ip.fw.default_to_accept=1 >/dev/null || return 1
	kldload "$1"
	[ "$1" != ipfw ] || kenv -u net.inet.ip.fw.default_to_accept
}

p_hook()
{
	mkdir -p /usr/local/etc/hnvf/hooks.d
	printf '#!/bin/sh\n%s\n' "$1" >/usr/local/etc/hnvf/hooks.d/kit &&
	    chmod 755 /usr/local/etc/hnvf/hooks.d/kit
}

# p_rehearse FILE: the guest itself, as its administrator does it: the laboratory runs as nobody.
p_rehearse()
{
	/usr/local/sbin/hnvf rehearse hn0 --quick
}

p_rc_conf()
{
	cp "$before/rc.conf.kit" /etc/rc.conf
	printf '%s\n' "$@" >>/etc/rc.conf
}

p_state()
{
	echo /var/db/hnvf
}

p_path()
{
	echo "$1"
}

# They can be made more, and not fewer again.
p_fibs()
{
	[ "$(sysctl -n net.fibs)" -ge "$1" ]
}

# The addresses of the pair that answer from beyond the gateway.
p_answers()
{
	for interface in $(pair_interfaces); do
		ifconfig "$interface" | awk '$1 ~ /^inet6?$/ && $2 !~ /^fe80:/ { print $2 }'
	done | sort -u | while read -r address; do
		! answers "$address" || echo "$address"
	done
}

answers()
{
	case $1 in
	*:*) jexec "$prober" ping -6 -c 1 -t 1 "$1" ;;
	*) jexec "$prober" ping -c 1 -t 1 "$1" ;;
	esac >/dev/null 2>&1 </dev/null
}

p_whole()
{
	ifconfig | sed -e 's/ pltime .*//' -e 's/ vltime .*//' | sort
	netstat -rn | sed 's/ *[0-9]*$//'
}

# p_probe start, p_probe stop NAME: 50 echo requests a second to each address that
# answered at the boot; what went unanswered in a row, 20 ms each.
p_probe()
{
	case $1 in
	start)
		: >"$here/probes"
		while read -r address; do
			six=
			case $address in
			*:*) six=-6 ;;
			esac
			# shellcheck disable=SC2086 # it may be no word
			jexec "$prober" ping $six -i 0.02 "$address" \
			    >"$here/probe.$address" 2>&1 </dev/null &
			echo "$! $address" >>"$here/probes"
		done <"$here/answering"
		sleep 1
		;;
	stop)
		sleep 2
		while read -r pid address; do
			kill -INT "$pid" 2>/dev/null
			wait "$pid" 2>/dev/null || :
			gaps "$address" "$2" <"$here/probe.$address"
		done <"$here/probes"
		rm -f "$here/probes"
		;;
	esac
}

# gaps ADDRESS PASSAGE: notes the longest run of unanswered requests, and all of them.
gaps()
{
	awk -v who="$scenario $strategy" -v address="$1" -v passage="$2" '
	    /icmp_seq=/ {
		sub(/.*icmp_seq=/, "")
		s = $1 + 0
		seen[s] = 1
		if (s > max) max = s
	    }
	    /packets transmitted/ { sent = $1 }
	    END {
		for (i = 0; i < sent; i++) {
			if (i in seen) n = 0
			else {
				n++
				all++
				if (n > longest) longest = n
			}
		}
		print who "|" passage "|" address "|" longest * 20 "|" all * 20
	    }' >>"$kit_results/cuts"
	tail -n 1 "$kit_results/cuts"
}

p_show()
{
	{
		echo "--- ifconfig"
		ifconfig
		echo "--- netstat -rn"
		netstat -rn
		echo "--- hnvf status hn0"
		timeout $((60 * ${kit_slow:-1})) /usr/local/sbin/hnvf status hn0
		echo "--- the log of hnvf"
		tail -n 60 /var/log/hnvf.log
		echo "--- messages"
		tail -n 20 /var/log/messages
	} 2>&1 || :
}

p_without_hnvf()
{
	service hnvf stop >/dev/null 2>&1 || :
	echo 'hnvf_enable="NO"' >>/etc/rc.conf
}
