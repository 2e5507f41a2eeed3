# shellcheck shell=sh
# title: the scripts of the base system in the same place, for comparison
# needs: stock
# limit: 600
boot azure
without_hnvf
cut 'bring-up' stock_bring_up
