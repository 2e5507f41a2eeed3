# shellcheck shell=sh
# title: a DHCP client on hn0 while it is the lagg's port costs nobody his addresses
# limit: 400
boot azure
devd
bring_up
# While the VF carries the traffic hn0 has no link, and dhclient gives up.
revoke
guest dhclient -b hn0
host plug hn0 mce
expect_safe
within 30
on_lagg_with mce0
expect_dhclient lagg0
