# shellcheck shell=sh
# title: in transparent mode hnvf keeps its hands off
boot transparent
host plug hn0
expect_guest 'mlxen0: flags' ifconfig mlxen0
expect_state TRANSPARENT
expect_lagg no
expect_all_on hn0
