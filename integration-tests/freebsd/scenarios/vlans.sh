# shellcheck shell=sh
# title: two VLANs go along with hn0, and back
boot vlans
cut 'bring-up' bring_up
expect_guest 'parent interface: lagg0' ifconfig vlan7
expect_guest 'mtu 1400' ifconfig vlan7
expect_guest 'parent interface: lagg0' ifconfig hn0.100
cut release give_back
expect_guest 'parent interface: hn0' ifconfig vlan7
host unplug hn0
expect_same
