# shellcheck shell=sh
# title: without the daemon devd's rules start one for each event
boot azure
devd
daemon stop
host plug hn0
expect_guest 'laggport: mlxen0' ifconfig lagg0
expect_all_on lagg0
expect_dhclient lagg0
expect_reachable
daemon start
on_lagg_with mlxen0
