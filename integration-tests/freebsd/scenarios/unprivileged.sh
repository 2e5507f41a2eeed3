# shellcheck shell=sh
# title: a user without rights can change nothing
# needs: another-user
boot azure
bring_up
nobody_fails '/usr/local/sbin/hnvf failover hn0'
nobody_fails '/usr/local/sbin/hnvf release hn0'
nobody_fails 'printf "release hn0\n" | nc -U -N -w 3 /var/run/hnvf/hnvf.sock | grep -q .'
nobody_fails 'touch /var/db/hnvf/hn0.word'
nobody_fails 'ln -s /etc/rc.conf /var/run/hnvf/hn0.lagg'
on_lagg_with mlxen0
