# shellcheck shell=sh
# title: static routes go along with hn0, and back
boot static
guest route -q add -net 192.0.2.0/24 10.0.2.9
guest route -q add -host 203.0.113.7 10.0.2.2
remember
there_and_back
