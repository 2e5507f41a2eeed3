# shellcheck shell=sh
# title: the way back that hnvf plans, played by hand, each answer recorded
boot static
bring_up
by_hand release
expect_all_on hn0
expect_lagg no
