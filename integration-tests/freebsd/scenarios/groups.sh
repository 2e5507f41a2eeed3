# shellcheck shell=sh
# title: groups and the description go along with hn0, and back
boot static
guest ifconfig hn0 group outside group egress description 'the way out'
remember
there_and_back
guest ifconfig hn0 -description
guest ifconfig hn0 -group outside
guest ifconfig hn0 -group egress
