# shellcheck shell=sh
# title: a daemon that is stopped: another one is started for the VF
boot azure
devd
daemon hang
host plug hn0
expect_guest 'laggport: mlxen0' ifconfig lagg0
expect_all_on lagg0
expect_reachable
daemon go_on
on_lagg_with mlxen0
