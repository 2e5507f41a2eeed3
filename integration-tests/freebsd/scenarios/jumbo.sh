# shellcheck shell=sh
# title: an MTU of 9000: the VF and the lagg get it, and hn0 keeps it
boot static
guest ifconfig hn0 mtu 9000
remember
there_and_back
guest ifconfig hn0 mtu 1500
