# shellcheck shell=sh
# title: a netgraph hook on hn0 is refused; without it the guest is moved
# needs: netgraph
boot static
# It receives nothing, so it takes nothing from hn0.
guest ngctl mkpeer hn0: hole orphans in
refused 'node of ng_ether(4) is connected, hooks: 1'
guest ngctl rmhook hn0: orphans
hnvf failback hn0
on_lagg_with mlxen0
give_back
