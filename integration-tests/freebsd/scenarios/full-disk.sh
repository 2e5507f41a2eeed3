# shellcheck shell=sh
# title: where nothing can be written the VF is left down
# needs: full-disk
boot azure
full_disk
host plug hn0
hnvf_ends 71 vf-up hn0
expect_up no mlxen0
expect_all_on hn0
expect_reachable
