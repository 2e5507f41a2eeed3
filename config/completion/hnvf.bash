# bash completion of hnvf(8)
#
# CompletionTest makes this file of the grammar of the verbs; do not edit it.

# _hnvf_interfaces FUNCTION: the interfaces that the function accepts.
_hnvf_interfaces()
{
	local name
	for name in $(ifconfig -l 2>/dev/null); do
		if "$1" "$name"; then
			printf '%s\n' "$name"
		fi
	done
}

_hnvf_is_hn()
{
	[[ $1 == hn[0-9]* && $1 != *.* ]]
}

_hnvf_may_be_vf()
{
	case $1 in
	hn[0-9]* | lo[0-9]* | lagg[0-9]* | vlan[0-9]* | bridge[0-9]* | *.*) return 1 ;;
	esac
}

# _hnvf_is_verb WORDS
_hnvf_is_verb()
{
	case $1 in
	'status' | \
	'history' | \
	'report' | \
	'metrics' | \
	'plan' | \
	'config' | \
	'failover' | \
	'failback' | \
	'release' | \
	'attach' | \
	'vf-up' | \
	'vf-down' | \
	'event' | \
	'daemon' | \
	'override' | \
	'override check' | \
	'override list' | \
	'override run' | \
	'override try' | \
	'capture' | \
	'doctor' | \
	'version' | \
	'demo' | \
	'sim' | \
	'sim plug' | \
	'sim replay' | \
	'sim reset' | \
	'sim run' | \
	'sim soak' | \
	'sim unplug' | \
	'sim wait' | \
	'sandbox' | \
	'rehearse') ;;
	*) return 1 ;;
	esac
}

# _hnvf_verbs VERB: the verbs below it.
_hnvf_verbs()
{
	case $1 in
	'') echo 'status history report metrics plan config failover failback release attach vf-up vf-down event daemon override capture doctor version demo sim sandbox rehearse' ;;
	'override') echo 'check list run try' ;;
	'sim') echo 'plug replay reset run soak unplug wait' ;;
	esac
}

# _hnvf_options VERB
_hnvf_options()
{
	case $1 in
	'') echo '-h --help -V --version' ;;
	'status') echo '--color --guest-bin -h --help --json --sim --strategy --verbose -V --version --watch' ;;
	'history') echo '--guest-bin -h --help --json --last --sim --since -V --version' ;;
	'report') echo '--guest-bin -h --help --html --sim --since -V --version' ;;
	'metrics') echo '--guest-bin -h --help --sim -V --version' ;;
	'plan') echo '--guest-bin -h --help --json --sim --strategy --verb -V --version' ;;
	'config') echo '--check --guest-bin -h --help --json --rc-conf --sim --strategy -V --version' ;;
	'failover') echo '--for --guest-bin -h --help --json --sim --strategy -V --version' ;;
	'failback') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'release') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'attach') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'vf-up') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'vf-down') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'event') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'daemon') echo '--guest-bin -h --help --sim --socket --strategy -V --version' ;;
	'override') echo '-h --help -V --version' ;;
	'override check') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'override list') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'override run') echo '--guest-bin -h --help --json --sim --strategy -V --version' ;;
	'override try') echo '-h --help --json --kind -V --version' ;;
	'capture') echo '--as-is --guest-bin -h --help --sim -V --version' ;;
	'doctor') echo '--guest-bin -h --help --json --sim -V --version' ;;
	'version') echo '-h --help --json -V --version' ;;
	'demo') echo '--compare -h --help --json -V --version' ;;
	'sim') echo '-h --help -V --version' ;;
	'sim plug') echo '--driver -h --help --json --sim -V --version' ;;
	'sim replay') echo '--differences -h --help --json -V --version' ;;
	'sim reset') echo '-h --help --json --kind --rc-conf --sim -V --version' ;;
	'sim run') echo '-h --help --sim -V --version' ;;
	'sim soak') echo '--captures --exhaustive --from -h --help --jobs --json --no-shrink --seeds --verbose -V --version' ;;
	'sim unplug') echo '-h --help --json --sim -V --version' ;;
	'sim wait') echo '-h --help --json --sim -V --version' ;;
	'sandbox') echo '--costs -h --help --kind -V --version' ;;
	'rehearse') echo '--from -h --help --json --non-transparent --quick --time -V --version' ;;
	esac
}

# _hnvf_kind VERB OPTION, or VERB PLACE: the kind of the value, or of the argument
# in this place.  An option without a value has none.
_hnvf_kind()
{
	case "$1/$2" in
	'status/--guest-bin' | \
	'status/--sim=' | \
	'history/--guest-bin' | \
	'history/--sim=' | \
	'report/--guest-bin' | \
	'report/--sim=' | \
	'metrics/--guest-bin' | \
	'metrics/--sim=' | \
	'plan/--guest-bin' | \
	'plan/--sim=' | \
	'config/--guest-bin' | \
	'config/--sim=' | \
	'failover/--guest-bin' | \
	'failover/--sim=' | \
	'failback/--guest-bin' | \
	'failback/--sim=' | \
	'release/--guest-bin' | \
	'release/--sim=' | \
	'attach/--guest-bin' | \
	'attach/--sim=' | \
	'vf-up/--guest-bin' | \
	'vf-up/--sim=' | \
	'vf-down/--guest-bin' | \
	'vf-down/--sim=' | \
	'event/--guest-bin' | \
	'event/--sim=' | \
	'daemon/--guest-bin' | \
	'daemon/--sim=' | \
	'override check/--guest-bin' | \
	'override check/--sim=' | \
	'override list/--guest-bin' | \
	'override list/--sim=' | \
	'override run/--guest-bin' | \
	'override run/--sim=' | \
	'capture/--guest-bin' | \
	'capture/--sim=' | \
	'doctor/--guest-bin' | \
	'doctor/--sim=' | \
	'sim plug/--sim=' | \
	'sim reset/--sim=' | \
	'sim run/--sim=' | \
	'sim soak/--captures' | \
	'sim unplug/--sim=' | \
	'sim wait/--sim=' | \
	'sandbox/0') echo 'directory' ;;
	'status/--strategy' | \
	'plan/--strategy' | \
	'config/--strategy' | \
	'failover/--strategy' | \
	'failback/--strategy' | \
	'release/--strategy' | \
	'attach/--strategy' | \
	'vf-up/--strategy' | \
	'vf-down/--strategy' | \
	'event/--strategy' | \
	'daemon/--strategy' | \
	'override check/--strategy' | \
	'override list/--strategy' | \
	'override run/--strategy') echo 'words:on-vf-up before-vf-up' ;;
	'status/0' | \
	'history/0' | \
	'report/0' | \
	'plan/0' | \
	'failover/0' | \
	'failback/0' | \
	'release/0' | \
	'vf-up/0' | \
	'vf-down/0' | \
	'override check/0' | \
	'override run/0' | \
	'override try/0' | \
	'sim plug/0' | \
	'sim unplug/0' | \
	'rehearse/0') echo 'hn' ;;
	'history/--since' | \
	'report/--since' | \
	'failover/--for' | \
	'event/0' | \
	'sim run/'[0-9]* | \
	'sim soak/--from' | \
	'sim soak/--jobs' | \
	'sim soak/--seeds' | \
	'sim wait/0' | \
	'rehearse/--time') echo 'any' ;;
	'report/--html' | \
	'config/--rc-conf' | \
	'daemon/--socket' | \
	'override try/1' | \
	'capture/0' | \
	'sim replay/'[0-9]* | \
	'sim reset/--rc-conf' | \
	'rehearse/--from') echo 'file' ;;
	'plan/--verb') echo 'words:vf-up vf-down failover release' ;;
	'config/0') echo 'hn_or_file' ;;
	'attach/0') echo 'vf' ;;
	'override try/--kind' | \
	'sim reset/--kind' | \
	'sandbox/--kind') echo 'words:azure static slaac two vlans late-path transparent foreign-lagg' ;;
	'sim plug/--driver') echo 'words:mlxen mce mana' ;;
	esac
}

_hnvf_complete()
{
	local current=$2
	case $1 in
	words:*) compgen -W "${1#words:}" -- "$current" ;;
	hn) compgen -W "$(_hnvf_interfaces _hnvf_is_hn)" -- "$current" ;;
	vf) compgen -W "$(_hnvf_interfaces _hnvf_may_be_vf)" -- "$current" ;;
	hn_or_file)
		compgen -W "$(_hnvf_interfaces _hnvf_is_hn)" -- "$current"
		compgen -f -- "$current"
		;;
	file) compgen -f -- "$current" ;;
	directory) compgen -d -- "$current" ;;
	esac
}

_hnvf()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local verb='' place=0 kind='' equals='' word i
	# Bash divides --option=value into three words.
	if [[ $current == = ]]; then
		current='' equals='='
	elif [[ $previous == = ]]; then
		previous=${COMP_WORDS[COMP_CWORD - 2]} equals='='
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
		=) ((i++)) ;;
		-*)
			if [[ -n $(_hnvf_kind "$verb" "$word") && ${COMP_WORDS[i + 1]-} != = ]]; then
				((i++))
			fi
			;;
		*)
			if ((place == 0)) && _hnvf_is_verb "${verb:+$verb }$word"; then
				verb=${verb:+$verb }$word
			else
				((place++))
			fi
			;;
		esac
	done
	COMPREPLY=()
	if [[ $previous == -* ]]; then
		kind=$(_hnvf_kind "$verb" "$previous")
		if [[ -z $kind && -n $equals ]]; then
			kind=$(_hnvf_kind "$verb" "$previous=")
		fi
	fi
	if [[ -z $kind && $current == -* ]]; then
		kind=words:$(_hnvf_options "$verb")
	elif [[ -z $kind ]]; then
		kind=words:$(_hnvf_verbs "$verb")
		if [[ $kind == words: ]]; then
			kind=$(_hnvf_kind "$verb" "$place")
		fi
	fi
	case $kind in
	*file | directory) compopt -o filenames 2>/dev/null ;;
	esac
	mapfile -t COMPREPLY < <(_hnvf_complete "$kind" "$current")
}

complete -F _hnvf hnvf
