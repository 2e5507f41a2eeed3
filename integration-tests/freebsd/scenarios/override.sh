# shellcheck shell=sh
# title: a script of the administrator is run in the place of the workflow
boot azure
# shellcheck disable=SC2016 # what is for the script
override 'exec ifconfig "$HNVF_HN" description "by hand, for $HNVF_VF"'
host plug hn0
expect_guest 'description: by hand, for mlxen0' ifconfig hn0
expect_lagg no
guest ifconfig hn0 -description
