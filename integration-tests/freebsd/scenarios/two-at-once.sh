# shellcheck shell=sh
# title: two pairs by DHCP whose VFs come at the same instant
boot two
host plug hn0
host plug hn1
on_lagg_with mlxen0
expect_guest 'laggport: mlxen1' ifconfig lagg1
expect_guest '10.0.3.15' ifconfig lagg1
hnvf release hn1
give_back
