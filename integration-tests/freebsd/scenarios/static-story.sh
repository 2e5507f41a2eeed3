# shellcheck shell=sh
# title: static with an alias, IPv6 and a default router: the same
# strategies: both
boot static
story
host unplug hn0
expect_same
