# shellcheck shell=sh
# title: a VF that loses its link is given up
boot azure
bring_up
host carrier hn0 off
expect_active hn0
expect_reachable
