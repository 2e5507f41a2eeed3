# shellcheck shell=sh
# title: routes of another FIB go along with hn0, and back
# needs: fibs
boot static
fibs 2
guest route -q add -net 10.0.2.0/24 -interface hn0 -fib 1
guest route -q add -net 192.0.2.0/24 10.0.2.9 -fib 1
remember
there_and_back
