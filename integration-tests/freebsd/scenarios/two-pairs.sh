# shellcheck shell=sh
# title: two pairs, each with its own lagg
boot two
bring_up
host plug hn1
expect_guest 'laggport: mlxen1' ifconfig lagg1
expect_guest '10.0.3.15' ifconfig lagg1
expect_all_on lagg0
expect_reachable
hnvf release hn1
give_back
