# shellcheck shell=sh
# title: pf rules that name hn0 are refused; with a twin for lagg0 the guest is moved
boot static
module pf
file /tmp/hnvf-kit.pf 'block drop in on hn0 proto gre all'
guest pfctl -f /tmp/hnvf-kit.pf -e
refused 'block drop in on hn0 proto gre all'
file /tmp/hnvf-kit.pf 'block drop in on hn0 proto gre all
block drop in on lagg0 proto gre all'
guest pfctl -f /tmp/hnvf-kit.pf
hnvf failback hn0
on_lagg_with mlxen0
give_back
