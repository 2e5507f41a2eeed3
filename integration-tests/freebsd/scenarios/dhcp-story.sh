# shellcheck shell=sh
# title: by DHCP: bring-up, revoked, back under another name, failover, failback, release
# strategies: both
boot azure
expect_dhclient hn0
story
expect_dhclient hn0
