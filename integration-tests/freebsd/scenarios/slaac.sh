# shellcheck shell=sh
# title: IPv6 from router advertisements, there and back
# strategies: both
boot slaac
there_and_back
