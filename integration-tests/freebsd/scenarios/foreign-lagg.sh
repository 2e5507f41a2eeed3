# shellcheck shell=sh
# title: lagg0 and lagg1 of somebody else are left alone: lagg2 is made
boot azure
guest ifconfig lagg0 create laggproto failover
guest ifconfig lagg1 create laggproto failover
the_lagg_is lagg2
bring_up
hnvf release hn0
expect_all_on hn0
expect_guest 'lagg0: flags' ifconfig lagg0
expect_guest 'lagg1: flags' ifconfig lagg1
