# shellcheck shell=sh
# title: IPv6 gateways that are link-local, with the interface in their names
boot static
guest route -6 -q add default fe80::1%hn0
guest route -6 -q add 2001:db8:7::/48 fe80::2%hn0
remember
there_and_back
