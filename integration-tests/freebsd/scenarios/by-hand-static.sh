# shellcheck shell=sh
# title: static with IPv6: what hnvf plans, played by hand, each answer recorded
boot static 'hyperv_vf_delay="600"'
host plug hn0
by_hand vf-up
expect_all_on lagg0
expect_reachable
