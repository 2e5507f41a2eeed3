# shellcheck shell=sh
# title: after failover the VF stays out of the lagg, also one that returns, until failback
boot azure
bring_up
hnvf failover hn0 --for 1h
on_hn
host unplug hn0
host plug hn0 mce
expect_guest 'mce0: flags' ifconfig mce0
on_hn
expect_up no mce0
hnvf failback hn0
on_lagg_with mce0
