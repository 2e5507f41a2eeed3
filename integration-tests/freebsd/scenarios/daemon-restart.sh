# shellcheck shell=sh
# title: an hnvf that ends and starts leaves the lagg as it is
boot azure
bring_up
daemon stop
expect_all_on lagg0
expect_reachable
host unplug hn0
expect_reachable
daemon start
on_hn
back_as mce
