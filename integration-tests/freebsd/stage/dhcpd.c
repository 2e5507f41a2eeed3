/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026, the hnvf authors
 */
/*
 * dhcpd: the DHCP server behind fakehn.  The base system has none.
 *
 * It knows two clients by the end of their MAC addresses, which fakehn gives out:
 * hn0 gets 10.0.2.15 of 10.0.2.2, hn1 gets 10.0.3.15 of 10.0.3.2.  Everybody else,
 * and what is no packet of DHCP, gets nothing.
 *
 *	dhcpd [PORT]		67; a reply goes to the port after it
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	FIXED		236		/* as far as options, without the cookie */
#define	OPTIONS		(FIXED + 4)
#define	SHORTEST	300		/* what a BOOTP packet has at least */
#define	LEASE		86400

enum { DISCOVER = 1, OFFER, REQUEST, DECLINE, ACK, NAK };

static const uint8_t cookie[4] = { 99, 130, 83, 99 };

/* Where the value of an option begins, and its length; NULL where it is not there. */
static const uint8_t *
option(const uint8_t *packet, size_t size, uint8_t code, uint8_t *length)
{
	size_t at = OPTIONS;

	while (at < size && packet[at] != 255) {
		if (packet[at] == 0) {
			at++;
			continue;
		}
		if (at + 2 > size || at + 2 + packet[at + 1] > size)
			return (NULL);
		if (packet[at] == code) {
			*length = packet[at + 1];
			return (packet + at + 2);
		}
		at += 2 + packet[at + 1];
	}
	return (NULL);
}

static uint8_t *
put(uint8_t *at, uint8_t code, const void *value, uint8_t length)
{
	*at++ = code;
	*at++ = length;
	memcpy(at, value, length);
	return (at + length);
}

/* Makes the answer to a packet; 0 where there is none. */
static size_t
answer(const uint8_t *in, size_t size, uint8_t *out, uint32_t *client, uint32_t *network)
{
	const uint8_t *type, *wanted;
	uint8_t length, kind, unit, *at;
	uint32_t ours, given, mask, lease, dns, asked;

	if (size < OPTIONS || in[0] != 1 || in[1] != 1 || in[2] != 6 ||
	    memcmp(in + FIXED, cookie, sizeof(cookie)) != 0)
		return (0);
	type = option(in, size, 53, &length);
	if (type == NULL || length != 1 || (*type != DISCOVER && *type != REQUEST))
		return (0);
	kind = *type == DISCOVER ? OFFER : ACK;
	unit = in[28 + 5] - 0x10;
	if (unit > 1)
		return (0);
	*network = htonl(0x0a000200 + 0x100 * unit);
	ours = *network | htonl(2);
	given = *network | htonl(15);
	memcpy(&asked, in + 12, 4);
	*client = asked;
	wanted = option(in, size, 54, &length);
	if (kind == ACK && wanted != NULL && (length != 4 || memcmp(wanted, &ours, 4) != 0))
		return (0);
	wanted = option(in, size, 50, &length);
	if (wanted != NULL && length == 4)
		memcpy(&asked, wanted, 4);
	if (kind == ACK && asked != given)
		kind = NAK;

	memset(out, 0, 576);
	memcpy(out, in, 44);		/* type to chaddr */
	out[0] = 2;
	out[3] = 0;
	memset(out + 12, 0, 16);	/* ciaddr to giaddr */
	if (kind != NAK) {
		memcpy(out + 12, in + 12, 4);
		memcpy(out + 16, &given, 4);
		memcpy(out + 20, &ours, 4);
	}
	memcpy(out + FIXED, cookie, sizeof(cookie));
	at = put(out + OPTIONS, 53, &kind, 1);
	at = put(at, 54, &ours, 4);
	if (kind != NAK) {
		lease = htonl(LEASE);
		mask = htonl(0xffffff00);
		dns = *network | htonl(3);
		at = put(at, 51, &lease, 4);
		at = put(at, 1, &mask, 4);
		at = put(at, 3, &ours, 4);
		at = put(at, 6, &dns, 4);
	}
	*at++ = 255;
	return (at - out < SHORTEST ? SHORTEST : (size_t)(at - out));
}

int
main(int argc, char **argv)
{
	struct sockaddr_in here, there;
	uint8_t in[1500], out[576];
	uint32_t client, network;
	int port = argc > 1 ? atoi(argv[1]) : 67, on = 1, s;
	size_t length;
	ssize_t size;

	s = socket(AF_INET, SOCK_DGRAM, 0);
	memset(&here, 0, sizeof(here));
	here.sin_family = AF_INET;
	here.sin_port = htons(port);
	if (s < 0 || setsockopt(s, SOL_SOCKET, SO_BROADCAST, &on, sizeof(on)) != 0 ||
	    bind(s, (struct sockaddr *)&here, sizeof(here)) != 0) {
		perror("dhcpd");
		return (71);
	}
	for (;;) {
		size = recv(s, in, sizeof(in), 0);
		if (size < 0) {
			perror("dhcpd");
			return (71);
		}
		length = answer(in, (size_t)size, out, &client, &network);
		if (length == 0)
			continue;
		/* One that has no address yet hears what is for all of its network. */
		there = here;
		there.sin_port = htons(port + 1);
		there.sin_addr.s_addr = client != 0 ? client : network | htonl(255);
		if (sendto(s, out, length, 0, (struct sockaddr *)&there, sizeof(there)) < 0)
			perror("dhcpd: reply");
	}
}
