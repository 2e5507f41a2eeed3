# shellcheck shell=sh
# Evaluates rc.conf(5) as rc(8) does and prints the variables that hnvf looks at.
#
# Run as: sh -c "$(cat evaluate.sh)" hnvf-rcconf ROOT [FILE]
#
# ROOT stands before every /etc/... that is read; it is empty on a machine. With FILE, that file is
# read after the defaults, and no other.
#
# What it prints, every path and value in single quotes:
#
#   read N PATH       file number N is read now
#   done N            it has been read; an rc.conf that is quiet leaves nothing between the two
#   unreadable PATH   it is there and cannot be read; nothing follows
#   set NAME VALUE    a variable, once all has been read
#   end               nothing is missing
#
# Everything is a function, so that it has been parsed before an rc.conf could define an alias. No
# program is run: a process costs more than all the rest.

__hnvf_newline='
'
__hnvf_quote="'"

# Prints $1 in single quotes.
__hnvf_quoted() {
	__hnvf_rest=$1
	__hnvf_text=
	while :; do
		case $__hnvf_rest in
		*"$__hnvf_quote"*)
			__hnvf_text=$__hnvf_text${__hnvf_rest%%"$__hnvf_quote"*}"'\\''"
			__hnvf_rest=${__hnvf_rest#*"$__hnvf_quote"}
			;;
		*)
			break
			;;
		esac
	done
	printf '%s\n' "'$__hnvf_text$__hnvf_rest'"
}

# What /etc/defaults/rc.conf of FreeBSD 15 gives, for a machine without that file. It is read by
# others after this, so nothing here is unused.
# shellcheck disable=SC2034
__hnvf_defaults() {
	rc_conf_files="/etc/rc.conf /etc/rc.conf.local"
	local_startup="/usr/local/etc/rc.d"
	network_interfaces="auto"
	cloned_interfaces=""
	netif_ipexpand_max="2048"
	dhclient_program="/sbin/dhclient"
	dhclient_flags=""
	dhclient_arpwait="YES"
	background_dhclient="NO"
	synchronous_dhclient="NO"
	defaultrouter="NO"
	defaultroute_delay="30"
	defaultroute_carrier_delay="5"
	static_routes=""
	gateway_enable="NO"
	ipv6_network_interfaces="auto"
	ipv6_activate_all_interfaces="NO"
	ipv6_defaultrouter="NO"
	ipv6_static_routes=""
	ipv6_gateway_enable="NO"
	ipv6_cpe_wanif="NO"
	ipv6_privacy="NO"
	ipv6_default_interface="NO"
	rtsold_enable="NO"
	rtsold_flags="-a -i"
	rtsol_flags="-i"
	devd_enable="YES"
}

# Reads the file $1 and says so. What an rc.conf may have changed of the shell is put right again,
# for our own sake.
__hnvf_read() {
	# Some shells read a directory as if it were empty.
	if [ -d "$1" ] || ! [ -r "$1" ]; then
		printf 'unreadable '
		__hnvf_quoted "$1"
		exit 1
	fi
	__hnvf_number=$((__hnvf_number + 1))
	printf 'read %d ' "$__hnvf_number"
	__hnvf_quoted "$1"
	# shellcheck disable=SC1090 # whichever there are
	. "$1"
	set +e +f +u
	unset IFS
	printf 'done %d\n' "$__hnvf_number"
}

# The files that rc_conf_files names, each once, those included that one of them adds to the list
# (source_rc_confs of /etc/defaults/rc.conf).
__hnvf_read_conf_files() {
	__hnvf_seen=:
	for __hnvf_pass in 1 2; do
		for __hnvf_file in ${rc_conf_files-}; do
			case $__hnvf_seen in
			*:"$__hnvf_file":*)
				continue
				;;
			esac
			__hnvf_seen=$__hnvf_seen$__hnvf_file:
			if [ -e "$__hnvf_root/${__hnvf_file#/}" ]; then
				__hnvf_read "$__hnvf_root/${__hnvf_file#/}"
			fi
		done
	done
}

# What belongs to the service $1: a file, or a directory of files, that are not empty
# (load_rc_config of rc.subr).
__hnvf_read_service() {
	for __hnvf_directory in /etc ${local_startup-}; do
		__hnvf_file=$__hnvf_root/${__hnvf_directory#/}
		__hnvf_file=${__hnvf_file%/rc.d}/rc.conf.d/$1
		if [ -f "$__hnvf_file" ]; then
			if [ -s "$__hnvf_file" ]; then
				__hnvf_read "$__hnvf_file"
			fi
		elif [ -d "$__hnvf_file" ]; then
			for __hnvf_part in "$__hnvf_file"/*; do
				if [ -f "$__hnvf_part" ] && [ -s "$__hnvf_part" ]; then
					__hnvf_read "$__hnvf_part"
				fi
			done
		fi
	done
}

# Prints the variables that hnvf looks at, or all of them with $1 = all. A line of a value may look
# like a variable here; it is printed only if there is one of the name, and then with its own value.
__hnvf_print() {
	set -f
	IFS=$__hnvf_newline
	for __hnvf_line in $(set); do
		case $__hnvf_line in
		__hnvf_*) continue ;;
		ifconfig_*=* | ipv4_addrs_*=* | ipv6_*=*) ;;
		vlans_*=* | create_args_*=* | cloned_interfaces*=* | network_interfaces=*) ;;
		netif_*=* | dhclient_*=* | background_dhclient*=* | synchronous_dhclient=*) ;;
		defaultrouter*=* | defaultroute_*=* | static_routes=* | route_*=*) ;;
		gateway_enable=* | rtsol_*=* | rtsold_*=* | resolvconf_*=* | devd_enable=*) ;;
		dhcpcd_*=* | dhcp6c_*=*) ;;
		hyperv_*=* | hnvf_*=* | rc_conf_files=* | local_startup=*) ;;
		*) [ "$1" = all ] || continue ;;
		esac
		__hnvf_name=${__hnvf_line%%=*}
		case $__hnvf_name in
		'' | [0-9]* | *[!A-Za-z0-9_]*) continue ;;
		esac
		__hnvf_value=
		__hnvf_isset=
		eval "__hnvf_value=\${$__hnvf_name-} __hnvf_isset=\${$__hnvf_name+set}"
		if [ "$__hnvf_isset" = set ]; then
			printf 'set %s ' "$__hnvf_name"
			__hnvf_quoted "$__hnvf_value"
			case $__hnvf_value in
			# netif evaluates some values a second time: then any variable may matter.
			*\$*) __hnvf_dollar=yes ;;
			esac
		fi
	done
}

__hnvf_main() {
	__hnvf_root=$1
	__hnvf_number=0
	__hnvf_dollar=no
	if [ -r "$__hnvf_root/etc/defaults/rc.conf" ]; then
		__hnvf_read "$__hnvf_root/etc/defaults/rc.conf"
	else
		__hnvf_defaults
	fi
	if [ $# -gt 1 ]; then
		__hnvf_read "$2"
	else
		__hnvf_read_conf_files
		# The order of /etc/rc.d/netif. The routes and the flags of dhclient may stand in files
		# of their own, which only /etc/rc.d/routing and /etc/rc.d/dhclient read; here they come
		# last, because the same variable in two of these files is not expected.
		__hnvf_read_service network
		__hnvf_read_service netif
		__hnvf_read_service routing
		__hnvf_read_service dhclient
	fi
	__hnvf_print some
	if [ "$__hnvf_dollar" = yes ]; then
		__hnvf_print all
	fi
	printf 'end\n'
}

__hnvf_main "$@"
