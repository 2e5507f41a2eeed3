# shellcheck shell=sh
# title: without a Java a VF that comes up is taken down, and the guest stays on hn0
boot azure
devd
daemon stop
java none
host plug hn0
guest ifconfig mlxen0 up
expect_up no mlxen0
expect_all_on hn0
expect_reachable
java back
daemon start
on_lagg_with mlxen0
