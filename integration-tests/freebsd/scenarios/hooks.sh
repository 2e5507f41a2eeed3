# shellcheck shell=sh
# title: a hook, the metrics, the history and the log in JSON tell of a bring-up
# needs: kernel
boot azure
hook 'env >/tmp/hnvf-kit.hook'
settings '"log_format": "json"'
bring_up
expect_guest 'HNVF_TO=LAGG_VF' cat /tmp/hnvf-kit.hook
expect_guest 'HNVF_OUTCOME=done' cat /tmp/hnvf-kit.hook
hnvf metrics
said 'hnvf_pair_state{pair="hn0",state="LAGG_VF"} 1'
said 'hnvf_transitions_total{pair="hn0",outcome="done"} 1'
hnvf history hn0
said 'mlxen0'
expect_guest '"about":"hn0"' tail -n 5 /var/log/hnvf.log
hnvf_ends 69 override check hn0
