# shellcheck shell=sh
# title: after release hnvf keeps its hands off, also of a VF that returns, until failback
boot azure
bring_up
give_back
host unplug hn0
host plug hn0
expect_guest 'mlxen0: flags' ifconfig mlxen0
expect_lagg no
expect_up no mlxen0
expect_reachable
hnvf failback hn0
on_lagg_with mlxen0
