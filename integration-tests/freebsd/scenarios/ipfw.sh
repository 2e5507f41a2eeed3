# shellcheck shell=sh
# title: ipfw rules that name hn0 are refused; without them the guest is moved
# needs: kernel
boot static
module ipfw
guest ipfw -q add 100 deny gre from any to any in recv hn0
refused '00100 deny gre from any to any'
guest ipfw -q delete 100
hnvf failback hn0
on_lagg_with mlxen0
give_back
