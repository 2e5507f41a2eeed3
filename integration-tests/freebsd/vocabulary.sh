# shellcheck shell=sh
# shellcheck disable=SC2154 # what play sets
#
# vocabulary - the words that scenarios are written in
#
# A scenario is a file of sh(1) in scenarios/.  It says what happens on a guest and
# what is to be seen then, and knows nothing of where the guest is: platform-freebsd.sh
# has it on a kernel, platform-sandbox.sh in `hnvf sandbox`.  In its comments:
#
#	# title: TEXT			what it shows, one line
#	# strategies: both		played with either; else with on-vf-up alone
#	# needs: FEATURE...		what its platform must be able to do
#	# limit: SECONDS		when it has failed by lasting too long
#
# What happens:
#
#	boot KIND [LINE...]		a guest: azure, static, slaac, two, vlans, transparent.
#					LINEs are added to its rc.conf, for those who read it
#					later.  hnvf is enabled and resident
#	rc_conf LINE...			the lines of KIND in rc.conf are these now
#	remember			what was done to the guest since counts as done before
#	settings TEXT			further settings of hnvf.json, '"move": ["carp"]'
#	host VERB...			Hyper-V: plug HN [DRIVER], unplug HN, migrate HN
#					[DRIVER [SECONDS]], carrier HN on|off, notify LINE
#	guest COMMAND...		the administrator runs a command, which succeeds
#	pause SECONDS			for what only time brings
#	hnvf WORD...			as installed; it ends with 0
#	hnvf_ends STATUS WORD...	it ends with STATUS; `said TEXT` then looks at its words
#	override TEXT [MODE]		a script of the administrator has the place of the workflow
#	capture				the output of `hnvf capture` is kept in the results, anonymised
#	rehearse			the last capture is copied without a difference and rehearsed
#	hook TEXT			a hook of the administrator, a script of sh(1)
#	module NAME			a module of the kernel is loaded, for this scenario
#	devd				the rules of hnvf.conf are in force (where there is no devd)
#	java none|hangs|back		whether there is a Java, and one that works
#	full_disk			nothing can be written into /var/db/hnvf
#	nobody_fails COMMAND		a user without rights tries, and fails
#	kill_at STEP			a VF comes; hnvf is killed -9 in this step, and starts again
#	the_lagg_is LAGG		hnvf is going to make this one; lagg0 where nothing is said
#	file PATH TEXT			a file of the guest
#	fibs N				there are so many FIBs
#	daemon stop|start|kill|hang|go_on	the daemon
#
# What is to be seen, within a minute:
#
#	within SECONDS			within this time from here on
#	expect_state STATE		as `hnvf status` calls it
#	expect_active INTERFACE		the lagg's active port
#	expect_reachable		all addresses that answered at the boot answer from
#					beyond the gateway
#	expect_all_on INTERFACE		it has all that hn0 had at the boot: addresses, routes,
#					MTU, groups, description, FIB; the others of the pair nothing
#	expect_safe			it has not been left without its configuration
#	expect_dhclient INTERFACE	one DHCP client, and on that interface
#	expect_lagg yes|no		whether a lagg stands
#	expect_up yes|no INTERFACE	whether it is up, where it is there
#	expect_guest TEXT COMMAND...	what the command prints has the text
#	expect_same			the guest is as it was at the boot
#
# Whole passages:
#
#	cut NAME WORD...		does it, and measures meanwhile how long nothing answers
#	bring_up, revoke, back_as DRIVER, fail_over, fail_back, give_back
#	story				all of these, everything looked at after each
#	there_and_back			a bring-up, and everything back to hn0
#	by_hand VERB			plays what `hnvf plan` says, command by command, each
#					answer recorded
#	refused TEXT			hnvf says TEXT and changes nothing on the guest

patience=$((60 * ${kit_slow:-1}))
# Between two looks. On a slow machine the looks themselves would take the time from hnvf.
pulse=$((${kit_slow:-1} - 1)).1
recording=$kit_results/recordings/$scenario.$strategy.txt
vf_driver=mlxen
# Whether hnvf may have changed the guest since the last recorded command.
acted=
# The lagg that hnvf makes.
lagg=lagg0

within()
{
	patience=$(($1 * ${kit_slow:-1}))
}

# fail TEXT: the scenario ends here.
fail()
{
	echo "FAILED: $*"
	p_show
	exit 1
}

note()
{
	printf '%s %s\n' "$(date +%H:%M:%S)" "$*"
}

# eventually WHAT COMMAND...: until it succeeds.
eventually()
{
	what=$1
	shift
	ends=$(($(date +%s) + patience))
	until "$@"; do
		if [ "$(date +%s)" -ge "$ends" ]; then
			fail "$what: not within $patience s"
		fi
		sleep "$pulse"
	done
}

boot()
{
	note "boot $*"
	echo "# $scenario, $strategy, on $(machine)" >"$recording"
	p_boot "$@" || fail "the guest \"$*\" does not come"
	eventually "the guest answers" has_answers
	# Duplicate address detection takes a second or two longer than IPv4 does.
	eventually "no address is tentative" is_settled
	remember
}

# machine: as the run has noted it. To ask a Java for its version takes seconds on a slow machine.
machine()
{
	sed -n 's/^machine //p' "$kit_results/about" 2>/dev/null | grep . || p_machine
}

# remember: what the guest is now is what it was at the boot.
remember()
{
	p_answers >"$here/answering"
	snapshot
	facts hn0 >"$here/facts"
	p_whole >"$here/whole"
	note "hn0 carries:"
	cat "$here/facts"
	look
}

has_answers()
{
	[ -n "$(p_answers)" ]
}

is_settled()
{
	! p_guest ifconfig | grep -q ' tentative'
}

settings()
{
	note "hnvf.json: $1"
	p_settings "$1" || fail "the settings \"$1\" are not taken"
}

host()
{
	note "host $*"
	acted=yes
	p_host "$@" || fail "host $*: exit status $?"
	record_host "$@"
}

# record_host VERB HN [DRIVER]: as the rig does it with which transcripts are recorded.
record_host()
{
	case $1 in
	plug)
		host_line vfdname "${3:-mlxen}" "$vf_driver -> ${3:-mlxen}"
		vf_driver=${3:-mlxen}
		host_line vf_plug "${2#hn}" '-1 -> -1'
		;;
	unplug) host_line vf_unplug "${2#hn}" '-1 -> -1' ;;
	esac
}

host_line()
{
	printf '$ sysctl debug.fakehn.%s=%s\n[stdout]\ndebug.fakehn.%s: %s\n[exit 0] (0.000 s)\n\n' \
	    "$1" "$2" "$1" "$3" >>"$recording"
}

guest()
{
	note "guest $*"
	[ -z "$acted" ] || observe
	acted=
	answer_of p_guest "$@" || fail "$*: exit status $?"
}

# as_word TEXT: as a line of sh has it.
as_word()
{
	case $1 in
	'' | *[!A-Za-z0-9_.,:/=%+@-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
	*) printf '%s' "$1" ;;
	esac
}

# answer_of FUNCTION WORD...: runs it and records WORD... with its answer, as
# `hnvf sim replay` reads it.  The differences that it finds are `run --differences`.
answer_of()
{
	runner=$1
	shift
	line=
	for word; do
		line="$line $(as_word "$word")"
	done
	since=$(date +%s)
	ended=0
	"$runner" "$@" >"$here/out" 2>"$here/err" || ended=$?
	{
		printf '$%s\n' "$line"
		stream stdout "$here/out"
		stream stderr "$here/err"
		printf '[exit %d] (%d.000 s)\n\n' "$ended" $(($(date +%s) - since))
	} >>"$recording"
	cat "$here/out" "$here/err"
	return "$ended"
}

# stream NAME FILE
stream()
{
	[ -s "$2" ] || return 0
	echo "[$1]"
	cat "$2"
	[ -z "$(tail -c 1 "$2")" ] || printf '\n<no newline at end>\n'
}

# What hnvf has done meanwhile is recorded as one line that no replay can follow, and
# how the guest is then: from there a replay takes it over.
observe()
{
	# With a Java that hangs it would not end.
	[ "${java_is-}" = hangs ] || answer_of p_hnvf status hn0 >/dev/null || :
	look
}

# look: the interfaces of the pair and the routes, recorded.
look()
{
	for interface in $(pair_interfaces); do
		answer_of p_guest ifconfig "$interface" >/dev/null || :
	done
	answer_of p_guest netstat -rn >/dev/null || :
}

hnvf()
{
	hnvf_ends 0 "$@"
}

hnvf_ends()
{
	wanted=$1
	shift
	status=0
	acted=yes
	p_hnvf "$@" >"$here/said" 2>&1 || status=$?
	note "hnvf $*: $status"
	if [ "$status" -ne "$wanted" ]; then
		cat "$here/said"
		fail "hnvf $*: exit status $status, not $wanted"
	fi
}

said()
{
	grep -qF -e "$1" "$here/said" && return
	cat "$here/said"
	fail "hnvf did not say \"$1\""
}

module()
{
	note "module $1"
	p_module "$1" || fail "the module $1 cannot be loaded"
}

devd()
{
	p_devd || fail "devd's rules are not in force"
}

java()
{
	note "java $1"
	java_is=$1
	p_java "$1" || fail "java $1: exit status $?"
}

full_disk()
{
	p_full || fail "the disk cannot be filled"
}

# nobody_fails COMMAND
nobody_fails()
{
	if p_as_nobody "$1" >"$here/said" 2>&1; then
		fail "nobody could do: $1"
	fi
	note "refused to nobody: $1"
}

# kill_at STEP: the daemon is killed when it begins this step of a bring-up, or
# at the end where there are less.
kill_at()
{
	journal=$(p_state)/hn0.journal
	rm -f "$journal"
	host plug hn0
	until grep -q -e "step $1 begins" -e '^outcome' "$journal" 2>/dev/null; do
		:
	done
	daemon kill
	note "killed at: $(tail -n 1 "$journal")"
	daemon start
}

the_lagg_is()
{
	lagg=$1
}

override()
{
	p_override "$1" "${2:-755}" || fail "the override script cannot be written"
}

# capture: the first one of a scenario is 1, the next one 2.
capture()
{
	captures=$((${captures:-0} + 1))
	mkdir -p "$kit_results/captures"
	captured=$kit_results/captures/$scenario.$strategy.$captures.capture
	p_hnvf capture >"$captured" || fail "hnvf capture: exit status $?"
	note "captured: $captured"
}

# rehearse: without the faults, which take minutes.
rehearse()
{
	status=0
	p_rehearse "$captured" >"$here/said" 2>&1 || status=$?
	note "hnvf rehearse: $status"
	cat "$here/said"
	[ "$status" -eq 0 ] || fail "hnvf rehearse: exit status $status"
	! grep -qi '^different' "$here/said" || fail "the copy differs from this guest"
	[ "$(grep -c '^ *\(bring-up\|release\)' "$here/said")" -ge 2 ] || fail "nothing was rehearsed"
}

# hook TEXT
hook()
{
	p_hook "$1" || fail "the hook cannot be written"
}

# file PATH TEXT: a file of the guest.
file()
{
	printf '%s\n' "$2" >"$(p_path "$1")" || fail "$1 cannot be written"
}

# rc_conf LINE...: in the place of those of the kind.
rc_conf()
{
	p_rc_conf "$@" || fail "rc.conf cannot be written"
}

# pause SECONDS: recorded, so that a replay waits, too.
pause()
{
	sleep "$1"
	printf '$ sleep %d\n[exit 0] (%d.000 s)\n\n' "$1" "$1" >>"$recording"
}

fibs()
{
	rm -f "$here/fibs"
	p_fibs "$1" || fail "there are no $1 FIBs"
}

daemon()
{
	note "daemon $1"
	acted=yes
	p_daemon "$1" || fail "daemon $1: exit status $?"
}

# value NAME: of the pair, in what `status` shows as data.  The daemon is asked
# without the front in between: that is asked for all that changes something.
value()
{
	printf 'status hn0 --json\n' | nc -U -N -w 20 "$(p_socket)" 2>/dev/null |
	    sed -n 's/^out  *"'"$1"'" : "\([^"]*\)".*/\1/p' | head -n 1
}

has_state()
{
	[ "$(value state)" = "$1" ]
}

is_active()
{
	[ "$(value activePort)" = "$1" ]
}

expect_state()
{
	eventually "state $1" has_state "$1"
	note "state $1"
}

expect_active()
{
	eventually "active port $1" is_active "$1"
}

all_answer()
{
	p_answers >"$here/answer" && cmp -s "$here/answering" "$here/answer"
}

expect_reachable()
{
	eventually "$(paste -s -d ' ' - <"$here/answering") answers" all_answer
	note "reachable"
}

# Interfaces of which the pair can consist, as far as they are there.
pair_interfaces()
{
	for interface in $(p_guest ifconfig -l); do
		case $interface in
		hn0 | "$lagg" | mlxen0 | mce0 | mana0) echo "$interface" ;;
		esac
	done
}

# snapshot: the interfaces and the routes of all FIBs, as they are now.
snapshot()
{
	p_guest ifconfig >"$here/interfaces"
	: >"$here/routes"
	for fib in $(fib_numbers); do
		# The one that is always there goes without saying, where there is only one.
		if [ "$fib" = 0 ]; then
			p_guest netstat -rn
		else
			p_guest netstat -rn -F "$fib"
		fi | awk -v fib="$fib" 'NF >= 4 { print fib, $0 }' >>"$here/routes"
	done
}

# facts INTERFACE: what it carries in the snapshot, with @ for its name.
facts()
{
	awk -v i="$1" '
	    NR == FNR {
		if ($0 ~ /^[^ \t]/) {
			mine = $1 == i ":"
			for (n = 1; mine && n < NF; n++) if ($n == "mtu") print "mtu", $(n + 1)
		}
		if (!mine) next
		if ($1 == "inet") print $1, $2, $4
		if ($1 == "inet6" && $2 !~ /^fe80:/) print $1, $2, $4
		if ($1 == "groups:")
			for (n = 2; n <= NF; n++) if ($n != "lagg") print "group", $n
		if ($1 == "description:" || $1 == "fib:") print
		if ($1 == "carp:") print "carp"
		next
	    }
	    $5 == i && $2 !~ /^(fe80|ff0[12])/ {
		sub("%" i "$", "%@", $3)
		sub(/^link#.*/, "link", $3)
		print "route", $2, $3, $1
	    }' "$here/interfaces" "$here/routes" | sort
}

# The FIBs of the guest; their number is known after the first time.
fib_numbers()
{
	[ -s "$here/fibs" ] ||
	    p_guest sysctl -n net.fibs | awk '{ for (i = 0; i < $1; i++) print i }' >"$here/fibs"
	cat "$here/fibs"
}

# Whether the others of the pair have neither addresses nor routes.
is_alone()
{
	for other in hn0 "$lagg" mlxen0 mce0; do
		[ "$other" = "$1" ] || ! facts "$other" | grep -q -e '^inet' -e '^route' || return 1
	done
}

carries_all()
{
	snapshot
	facts "$1" >"$here/seen"
	cmp -s "$here/facts" "$here/seen" && is_alone "$1"
}

expect_all_on()
{
	ends=$(($(date +%s) + patience))
	until carries_all "$1"; do
		if [ "$(date +%s)" -ge "$ends" ]; then
			echo "what $1 carries (+) is not what hn0 carried (-):"
			diff -u "$here/facts" "$here/seen" | sed 1,2d
			fail "not everything is on $1, and on it alone"
		fi
		sleep "$pulse"
	done
	note "everything is on $1"
}

# What is promised whatever fails: everything is on the lagg, or on hn0 with the VF down.
is_safe()
{
	if has_lagg yes; then
		carries_all "$lagg"
	else
		carries_all hn0 && is_up no mlxen0 && is_up no mce0
	fi && all_answer
}

expect_safe()
{
	eventually "everything on $lagg, or on hn0 with the VF down" is_safe
	note "not stranded: $(value state)"
}

has_dhclient()
{
	for interface in $(pair_interfaces); do
		if p_guest pgrep -f "dhclient: $interface" >/dev/null; then
			[ "$interface" = "$1" ] || return 1
		else
			[ "$interface" != "$1" ] || return 1
		fi
	done
}

expect_dhclient()
{
	eventually "a DHCP client on $1 alone" has_dhclient "$1"
}

has_lagg()
{
	if [ -n "$(p_guest ifconfig -g lagg)" ]; then
		[ "$1" = yes ]
	else
		[ "$1" = no ]
	fi
}

expect_lagg()
{
	eventually "a lagg: $1" has_lagg "$1"
}

is_up()
{
	if p_guest ifconfig "$2" 2>/dev/null | head -n 1 | grep -q -e '<UP[,>]' -e ',UP[,>]'; then
		[ "$1" = yes ]
	else
		[ "$1" = no ]
	fi
}

expect_up()
{
	eventually "$2 up: $1" is_up "$@"
}

prints()
{
	text=$1
	shift
	p_guest "$@" 2>&1 | grep -qF -e "$text"
}

expect_guest()
{
	text=$1
	shift
	eventually "$*: $text" prints "$text" "$@"
}

is_same()
{
	p_whole >"$here/now" && cmp -s "$here/whole" "$here/now"
}

expect_same()
{
	ends=$(($(date +%s) + patience))
	until is_same; do
		if [ "$(date +%s)" -ge "$ends" ]; then
			diff -u "$here/whole" "$here/now" | sed 1,2d
			fail "the guest is not what it was"
		fi
		sleep "$pulse"
	done
}

cut()
{
	name=$1
	shift
	note "$name"
	p_probe start
	"$@"
	p_probe stop "$name"
}

on_lagg_with()
{
	expect_state LAGG_VF
	expect_active "$1"
	expect_all_on "$lagg"
	expect_reachable
}

bring_up()
{
	host plug hn0
	on_lagg_with mlxen0
}

on_hn()
{
	expect_state LAGG_SYNTHETIC
	expect_active hn0
	expect_all_on "$lagg"
	expect_reachable
}

revoke()
{
	host unplug hn0
	on_hn
}

back_as()
{
	host plug hn0 "$1"
	on_lagg_with "${1}0"
}

fail_over()
{
	hnvf failover hn0
	on_hn
}

fail_back()
{
	hnvf failback hn0
	expect_state LAGG_VF
	expect_all_on "$lagg"
	expect_reachable
}

give_back()
{
	hnvf release hn0
	expect_lagg no
	expect_all_on hn0
	expect_reachable
}

story()
{
	cut 'bring-up' bring_up
	cut revoked revoke
	cut 'back as mce' back_as mce
	cut failover fail_over
	cut failback fail_back
	cut release give_back
}

there_and_back()
{
	cut 'bring-up' bring_up
	cut release give_back
}

# The VF of before, if any, goes first.
refused()
{
	p_host unplug hn0 2>/dev/null || :
	host plug hn0
	eventually "hnvf refuses: $1" refuses "$1"
	expect_lagg no
	expect_up no mlxen0
	expect_all_on hn0
	expect_reachable
}

# vf-up is what devd's event asks for; a refusal may be asked for again.
refuses()
{
	status=0
	p_hnvf vf-up hn0 >"$here/said" 2>&1 || status=$?
	[ "$status" -eq 78 ] && grep -qF -e "$1" "$here/said"
}

# Lines of the plan that are no commands are left out: what hnvf looks for, and files.
by_hand()
{
	hnvf plan hn0 --verb "$1"
	awk '
	    /^must be true/ { exit }
	    /^ *[0-9]+[.] / { step = 1; next }
	    step && /^      [^ (]/ { sub(/ *#.*/, ""); print }' "$here/said" >"$here/plan"
	[ -s "$here/plan" ] || fail "hnvf plan hn0 --verb $1 has no command"
	daemon stop
	p_no_events || fail "events still start hnvf"
	[ "$1" = vf-up ] || observe
	acted=
	while read -r line; do
		# What fails may be meant to: an address that is there already, say.
		# shellcheck disable=SC2086 # its words
		answer_of p_guest $line || note "exit status $?"
		look
	done <"$here/plan"
}

# without_hnvf: installed, and not enabled: the base system's own rules hold.
without_hnvf()
{
	p_without_hnvf || fail "hnvf cannot be disabled"
}

# The VF is brought up by the script as well; whatever becomes of it is measured.
stock_bring_up()
{
	host plug hn0
	sleep 60
	note "after a minute these answer: $(p_answers | paste -s -d ' ' -)"
}
