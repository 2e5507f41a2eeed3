# shellcheck shell=sh
# title: a script that others could write is not run, nor anything in its place
boot azure
override 'exec ifconfig hn0 description "by anybody"' 777
host plug hn0
expect_reachable
hnvf_ends 78 vf-up hn0
expect_up no mlxen0
expect_lagg no
expect_all_on hn0
expect_reachable
