# shellcheck shell=sh
# title: hnvf is killed -9 in a step of a bring-up: the next one finishes or undoes it
# limit: 900
boot azure
for step in ${kit_steps:-1 2 3 4 5 6 7 8 9 10 11}; do
	kill_at "$step"
	expect_safe
	hnvf failback hn0
	on_lagg_with mlxen0
	expect_dhclient lagg0
	give_back
	host unplug hn0
	hnvf failback hn0
done
