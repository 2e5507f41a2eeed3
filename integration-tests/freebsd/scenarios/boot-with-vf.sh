# shellcheck shell=sh
# title: the VF is there when hnvf starts
# strategies: both
boot azure
daemon stop
host plug hn0
daemon start
on_lagg_with mlxen0
