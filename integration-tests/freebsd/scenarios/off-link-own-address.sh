# shellcheck shell=sh
# title: an address /32, and its gateway off its network through that address
boot static
guest ifconfig hn0 inet6 2001:db8::50 -alias
guest ifconfig hn0 inet 10.0.2.51 -alias
guest ifconfig hn0 inet 10.0.2.50 -alias
guest ifconfig hn0 inet 198.51.100.20/32
guest route -q add -host 10.0.2.2 198.51.100.20
guest route -q add default 10.0.2.2
rc_conf 'ifconfig_hn0="inet 198.51.100.20/32"' 'static_routes="way out"' \
    'route_way="-host 10.0.2.2 198.51.100.20"' 'route_out="default 10.0.2.2"'
remember
there_and_back
