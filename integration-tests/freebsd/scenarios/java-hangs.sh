# shellcheck shell=sh
# title: a Java that hangs is killed at its limit, the VF is taken down
# needs: patience
# limit: 600
boot azure
devd
daemon stop
java hangs
host plug hn0
guest ifconfig mlxen0 up
within 400
expect_up no mlxen0
expect_all_on hn0
expect_reachable
java back
