# shellcheck shell=sh
# title: hn0 in a bridge is refused; where hnvf.json lets it, lagg0 takes its place, and gives it back
boot static
guest ifconfig bridge0 create
guest ifconfig bridge0 addm hn0 up
remember
refused bridge0
settings '"move": ["bridge"]'
hnvf failback hn0
on_lagg_with mlxen0
expect_guest 'member: lagg0' ifconfig bridge0
give_back
expect_guest 'member: hn0' ifconfig bridge0
guest ifconfig bridge0 destroy
