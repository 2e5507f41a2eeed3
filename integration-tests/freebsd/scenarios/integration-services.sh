# shellcheck shell=sh
# title: the daemons of the host's integration services run while their devices are there
# needs: devices
boot azure
host notify '!system=DEVFS subsystem=CDEV type=CREATE cdev=hv_kvp_dev'
expect_guest hv_kvp_daemon pgrep -l -x hv_kvp_daemon
