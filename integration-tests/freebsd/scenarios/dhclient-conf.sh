# shellcheck shell=sh
# title: a block for hn0 in dhclient.conf applies to the client on lagg0, too
boot azure
file /etc/dhclient.conf 'interface "hn0" {
	supersede domain-name "hnvf.example";
}'
guest pkill dhclient
guest dhclient hn0
expect_guest hnvf.example resolvconf -l hn0
remember
bring_up
expect_guest hnvf.example resolvconf -l lagg0
expect_dhclient lagg0
give_back
expect_guest hnvf.example resolvconf -l hn0
file /etc/dhclient.conf ''
