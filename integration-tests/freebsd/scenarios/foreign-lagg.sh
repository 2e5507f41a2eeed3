# shellcheck shell=sh
# title: a lagg0 of somebody else is left alone: lagg1 is made
boot azure
guest ifconfig lagg0 create laggproto failover
the_lagg_is lagg1
bring_up
hnvf release hn0
expect_all_on hn0
expect_guest 'lagg0: flags' ifconfig lagg0
