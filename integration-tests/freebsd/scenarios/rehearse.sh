# shellcheck shell=sh
# title: a capture of this guest is copied without a difference, and the copy is rehearsed
# limit: 900
boot azure
capture
rehearse
bring_up
capture
rehearse
