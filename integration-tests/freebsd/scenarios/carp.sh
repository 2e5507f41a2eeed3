# shellcheck shell=sh
# title: CARP on hn0 is refused; where hnvf.json lets it, lagg0 takes the address over, and gives it back
boot static
module carp
guest ifconfig hn0 vhid 1 advskew 0 pass secret alias 10.0.2.60/32
pause 4
expect_guest 'carp: MASTER vhid 1' ifconfig hn0
remember
refused vhid
settings '"move": ["carp"]'
hnvf failback hn0
expect_state LAGG_VF
expect_guest 'carp: MASTER vhid 1' ifconfig lagg0
expect_guest 'inet 10.0.2.60' ifconfig lagg0
expect_reachable
hnvf release hn0
expect_guest 'carp: MASTER vhid 1' ifconfig hn0
expect_lagg no
expect_reachable
host unplug hn0
guest ifconfig hn0 inet 10.0.2.60 -alias
