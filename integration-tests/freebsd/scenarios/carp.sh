# shellcheck shell=sh
# title: CARP on hn0 is refused, and changes nothing
boot static
module carp
guest ifconfig hn0 vhid 1 advskew 0 pass secret alias 10.0.2.60/32
pause 4
expect_guest 'carp: MASTER vhid 1' ifconfig hn0
remember
refused vhid
host unplug hn0
guest ifconfig hn0 inet 10.0.2.60 -alias
