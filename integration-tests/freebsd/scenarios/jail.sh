# shellcheck shell=sh
# title: a jail keeps its address of hn0 through the move, and hnvf tells of it before
# needs: kernel
boot static
guest jail -c name=hnvf_kit path=/ ip4.addr=10.0.2.51 persist
hnvf status hn0 --verbose
said 'jail hnvf_kit: its address 10.0.2.51 moves'
there_and_back
expect_guest '10.0.2.51' jls -j hnvf_kit -h ip4.addr
guest jail -r hnvf_kit
expect_all_on hn0
