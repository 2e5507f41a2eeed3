/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026, the hnvf authors
 */
/*
 * fakehn: a test double for the network VF side of hn(4) in non-transparent
 * mode: hn0 and hn1, their VFs, dev.hn.N, hw.hn.vfmap, and the events of all of them.
 *
 * hnN (guest synthetic NIC) <-> hvswN (the host's switch port)
 * mlxenN (VF, created on debug.fakehn.vf_plug=N, same MAC as hnN)
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/devctl.h>
#include <sys/eventhandler.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/module.h>
#include <sys/proc.h>
#include <sys/socket.h>
#include <sys/sockio.h>
#include <sys/sx.h>
#include <sys/sysctl.h>
#include <sys/taskqueue.h>

#include <net/if.h>
#include <net/if_var.h>
#include <net/if_dl.h>
#include <net/if_media.h>
#include <net/if_types.h>
#include <net/if_private.h>
#include <net/ethernet.h>
#include <net/bpf.h>
#include <net/vnet.h>

#define	NUNIT	2

enum { P_HN, P_SW, P_VF, P_MAX };

struct fport {
	if_t		ifp;
	struct ifmedia	media;
	struct mbufq	q;		/* frames to deliver to this port */
	struct mtx	mtx;
	struct task	task;
	struct fhn	*hn;
	int		kind;
	bool		linkup;
	bool		gone;
	int		minmtu_fail;
};

struct fhn {
	int		unit;
	uint8_t		mac[ETHER_ADDR_LEN];
	struct fport	p[P_MAX];
	bool		rxvf;		/* HN_FLAG_RXVF */
	if_t		vf_ifp;		/* sc->hn_vf_ifp */
	char		vfname[IFNAMSIZ + 1];	/* dev.hn.N.vf */
	char		rxvfname[IFNAMSIZ + 1];
};

static struct fhn units[NUNIT];
static struct sx fhn_lock;
static struct taskqueue *fhn_tq;
static char fhn_vflist[128];
static int fhn_auto = 1;
static int fhn_xpnt = 0;
static int fhn_maxmtu = 9000;
static int fhn_notify_delay_ms = 0;
static char fhn_vfdname[16] = "mlxen";
static struct sysctl_ctx_list ctx;
static eventhandler_tag t_ev, t_addr, t_att, t_det;
static int saved_vm_guest;

static void
fp_task(void *arg, int pending)
{
	struct fport *p = arg;
	struct mbuf *m;

	for (;;) {
		mtx_lock(&p->mtx);
		m = mbufq_dequeue(&p->q);
		mtx_unlock(&p->mtx);
		if (m == NULL)
			break;
		if (p->gone || p->ifp == NULL ||
		    (if_getdrvflags(p->ifp) & IFF_DRV_RUNNING) == 0) {
			m_freem(m);
			continue;
		}
		CURVNET_SET(p->ifp->if_vnet);
		m->m_pkthdr.rcvif = p->ifp;
		if_inc_counter(p->ifp, IFCOUNTER_IPACKETS, 1);
		if_input(p->ifp, m);
		CURVNET_RESTORE();
	}
}

static int
fp_transmit(if_t ifp, struct mbuf *m)
{
	struct fport *p = if_getsoftc(ifp), *d;
	struct fhn *hn = p->hn;

	M_ASSERTPKTHDR(m);
	if ((if_getdrvflags(ifp) & IFF_DRV_RUNNING) == 0 || p->gone) {
		m_freem(m);
		if_inc_counter(ifp, IFCOUNTER_OERRORS, 1);
		return (ENETDOWN);
	}
	BPF_MTAP(ifp, m);
	if_inc_counter(ifp, IFCOUNTER_OPACKETS, 1);
	if_inc_counter(ifp, IFCOUNTER_OBYTES, m->m_pkthdr.len);
	if (p->kind == P_SW)
		d = (hn->rxvf && hn->p[P_VF].ifp != NULL) ? &hn->p[P_VF] :
		    &hn->p[P_HN];
	else
		d = &hn->p[P_SW];
	if (d->ifp == NULL || d->gone) {
		m_freem(m);
		return (0);
	}
	m = m_unshare(m, M_NOWAIT);
	if (m == NULL)
		return (ENOBUFS);
	m->m_pkthdr.csum_flags = 0;
	m->m_flags &= ~(M_BCAST | M_MCAST | M_PROMISC | M_VLANTAG);
	m_clrprotoflags(m);
	m_tag_delete_chain(m, NULL);
	m->m_nextpkt = NULL;
	mtx_lock(&d->mtx);
	if (mbufq_enqueue(&d->q, m) != 0) {
		mtx_unlock(&d->mtx);
		m_freem(m);
		return (ENOBUFS);
	}
	mtx_unlock(&d->mtx);
	taskqueue_enqueue(fhn_tq, &d->task);
	return (0);
}

static void
fp_qflush(if_t ifp)
{
}

static void
fp_init(void *arg)
{
	struct fport *p = arg;

	if_setdrvflagbits(p->ifp, IFF_DRV_RUNNING, IFF_DRV_OACTIVE);
}

static int
fp_ioctl(if_t ifp, u_long cmd, caddr_t data)
{
	struct fport *p = if_getsoftc(ifp);
	struct ifreq *ifr = (struct ifreq *)data;

	switch (cmd) {
	case SIOCSIFFLAGS:
		if (if_getflags(ifp) & IFF_UP)
			if_setdrvflagbits(ifp, IFF_DRV_RUNNING, 0);
		else
			if_setdrvflagbits(ifp, 0, IFF_DRV_RUNNING);
		return (0);
	case SIOCADDMULTI:
	case SIOCDELMULTI:
		return (0);
	case SIOCSIFMTU:
		if (ifr->ifr_mtu > fhn_maxmtu || ifr->ifr_mtu < 68)
			return (EINVAL);
		if_setmtu(ifp, ifr->ifr_mtu);
		return (0);
	case SIOCSIFMEDIA:
	case SIOCGIFMEDIA:
		return (ifmedia_ioctl(ifp, ifr, &p->media, cmd));
	case SIOCSIFCAP:
		return (0);
	default:
		return (ether_ioctl(ifp, cmd, data));
	}
}

static int
fp_media_upd(if_t ifp)
{
	return (0);
}

static void
fp_media_sts(if_t ifp, struct ifmediareq *r)
{
	struct fport *p = if_getsoftc(ifp);

	r->ifm_status = IFM_AVALID;
	r->ifm_active = IFM_ETHER;
	if (!p->linkup) {
		r->ifm_active |= IFM_NONE;
		return;
	}
	r->ifm_status |= IFM_ACTIVE;
	r->ifm_active |= IFM_10G_T | IFM_FDX;
}

static void
fp_create(struct fhn *hn, int kind, const char *dname, const uint8_t *mac)
{
	struct fport *p = &hn->p[kind];
	if_t ifp;

	p->hn = hn;
	p->kind = kind;
	p->gone = false;
	p->linkup = true;
	if (!mtx_initialized(&p->mtx)) {
		mtx_init(&p->mtx, "fakehn", NULL, MTX_DEF);
		mbufq_init(&p->q, 1024);
		NET_TASK_INIT(&p->task, 0, fp_task, p);
	}
	ifp = if_alloc(IFT_ETHER);
	if_initname(ifp, dname, hn->unit);
	if_setsoftc(ifp, p);
	if_setflags(ifp, IFF_BROADCAST | IFF_SIMPLEX | IFF_MULTICAST);
	if_setcapabilities(ifp, IFCAP_VLAN_MTU | IFCAP_JUMBO_MTU |
	    IFCAP_LINKSTATE);
	if_setcapenable(ifp, if_getcapabilities(ifp));
	if_setinitfn(ifp, fp_init);
	if_settransmitfn(ifp, fp_transmit);
	if_setqflushfn(ifp, fp_qflush);
	if_setioctlfn(ifp, fp_ioctl);
	if_setbaudrate(ifp, IF_Gbps(10));
	ifmedia_init(&p->media, 0, fp_media_upd, fp_media_sts);
	ifmedia_add(&p->media, IFM_ETHER | IFM_AUTO, 0, NULL);
	ifmedia_set(&p->media, IFM_ETHER | IFM_AUTO);
	p->ifp = ifp;
	ether_ifattach(ifp, mac);
	if_link_state_change(ifp, LINK_STATE_UP);
}

static void
fp_destroy(struct fport *p)
{
	if_t ifp = p->ifp;

	if (ifp == NULL)
		return;
	CURVNET_SET(ifp->if_vnet);
	p->gone = true;
	if_setdrvflagbits(ifp, 0, IFF_DRV_RUNNING);
	ether_ifdetach(ifp);
	NET_EPOCH_WAIT();
	taskqueue_drain(fhn_tq, &p->task);
	mtx_lock(&p->mtx);
	mbufq_drain(&p->q);
	mtx_unlock(&p->mtx);
	p->ifp = NULL;
	ifmedia_removeall(&p->media);
	if_free(ifp);
	CURVNET_RESTORE();
}

/* ---- the hn(4) event logic, as in if_hn.c with vf_transparent=0 ---- */

static void
mkvflist(void)
{
	int i;

	fhn_vflist[0] = '\0';
	for (i = 0; i < NUNIT; i++)
		if (units[i].vf_ifp != NULL) {
			if (fhn_vflist[0] != '\0')
				strlcat(fhn_vflist, " ", sizeof(fhn_vflist));
			strlcat(fhn_vflist, if_name(units[i].vf_ifp),
			    sizeof(fhn_vflist));
		}
}

static bool
ismyvf(struct fhn *hn, if_t ifp)
{
	if_t hifp = hn->p[P_HN].ifp;

	if (hifp == NULL || ifp == hifp || ifp == hn->p[P_SW].ifp)
		return (false);
	if (if_getalloctype(ifp) != IFT_ETHER)
		return (false);
	if (strcmp(if_getdname(ifp), "lagg") == 0 ||
	    strcmp(if_getdname(ifp), "vlan") == 0)
		return (false);
	if (if_getifaddr(ifp) == NULL || if_getifaddr(hifp) == NULL)
		return (false);
	return (bcmp(if_getlladdr(ifp), if_getlladdr(hifp),
	    ETHER_ADDR_LEN) == 0);
}

static void
rxvf_change(struct fhn *hn, if_t ifp, bool rxvf)
{
	if_t hifp;

	if (!fhn_auto || fhn_xpnt)
		return;
	sx_xlock(&fhn_lock);
	if (!ismyvf(hn, ifp))
		goto out;
	if (hn->rxvf == rxvf)
		goto out;
	hifp = hn->p[P_HN].ifp;
	hn->rxvf = rxvf;
	strlcpy(hn->rxvfname, rxvf ? if_name(ifp) : "", sizeof(hn->rxvfname));
	if (rxvf) {
		hn->p[P_HN].linkup = false;
		if_link_state_change(hifp, LINK_STATE_DOWN);
	} else {
		hn->p[P_HN].linkup = true;
		if_link_state_change(hifp, LINK_STATE_UP);
	}
	if (fhn_notify_delay_ms)
		pause("fhn", MAX(1, fhn_notify_delay_ms * hz / 1000));
	devctl_notify("HYPERV_NIC_VF", if_name(hifp),
	    rxvf ? "VF_UP" : "VF_DOWN", NULL);
out:
	sx_xunlock(&fhn_lock);
}

static void
ev_ifnet(void *arg, if_t ifp, int event)
{
	int i;

	if (event != IFNET_EVENT_UP && event != IFNET_EVENT_DOWN)
		return;
	for (i = 0; i < NUNIT; i++)
		rxvf_change(&units[i], ifp, event == IFNET_EVENT_UP);
}

static void
ev_ifaddr(void *arg, if_t ifp)
{
	int i;

	for (i = 0; i < NUNIT; i++)
		rxvf_change(&units[i], ifp, if_getflags(ifp) & IFF_UP);
}

static void
ev_attach(void *arg, if_t ifp)
{
	int i;

	sx_xlock(&fhn_lock);
	for (i = 0; i < NUNIT; i++) {
		if (!ismyvf(&units[i], ifp))
			continue;
		if (units[i].vf_ifp != NULL)
			continue;
		units[i].vf_ifp = ifp;
		strlcpy(units[i].vfname, if_name(ifp),
		    sizeof(units[i].vfname));
		mkvflist();
	}
	sx_xunlock(&fhn_lock);
}

static void
ev_detach(void *arg, if_t ifp)
{
	int i;

	sx_xlock(&fhn_lock);
	for (i = 0; i < NUNIT; i++) {
		if (units[i].vf_ifp != ifp)
			continue;
		if (if_getflags(ifp) & IFF_RENAMING) {
			continue;
		}
		units[i].vf_ifp = NULL;
		units[i].vfname[0] = '\0';
		mkvflist();
	}
	sx_xunlock(&fhn_lock);
}

/* ---- controls ---- */

static int
sy_plug(SYSCTL_HANDLER_ARGS)
{
	int u = -1, error;

	error = sysctl_handle_int(oidp, &u, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (u < 0 || u >= NUNIT || units[u].p[P_VF].ifp != NULL)
		return (EBUSY);
	fp_create(&units[u], P_VF, fhn_vfdname, units[u].mac);
	return (0);
}

static int
sy_unplug(SYSCTL_HANDLER_ARGS)
{
	int u = -1, error;

	error = sysctl_handle_int(oidp, &u, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (u < 0 || u >= NUNIT || units[u].p[P_VF].ifp == NULL)
		return (ENXIO);
	fp_destroy(&units[u].p[P_VF]);
	return (0);
}

/* "hn0 VF_UP" -> devctl_notify; "SYS SUB TYPE" -> generic */
static int
sy_notify(SYSCTL_HANDLER_ARGS)
{
	char buf[128], *a, *b, *c, *s;
	int error;

	buf[0] = '\0';
	error = sysctl_handle_string(oidp, buf, sizeof(buf), req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	s = buf;
	a = strsep(&s, " ");
	b = strsep(&s, " ");
	c = strsep(&s, " ");
	if (a == NULL || b == NULL)
		return (EINVAL);
	if (c == NULL)
		devctl_notify("HYPERV_NIC_VF", a, b, NULL);
	else
		devctl_notify(a, b, c, s);
	return (0);
}

/* "hn0 up" / "mlxen0 down" / "hvsw0 up" : carrier */
static int
sy_link(SYSCTL_HANDLER_ARGS)
{
	char buf[64], *a, *s;
	int error, i, k;

	buf[0] = '\0';
	error = sysctl_handle_string(oidp, buf, sizeof(buf), req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	s = buf;
	a = strsep(&s, " ");
	if (a == NULL || s == NULL)
		return (EINVAL);
	for (i = 0; i < NUNIT; i++)
		for (k = 0; k < P_MAX; k++) {
			struct fport *p = &units[i].p[k];

			if (p->ifp == NULL || strcmp(if_name(p->ifp), a) != 0)
				continue;
			p->linkup = strcmp(s, "up") == 0;
			CURVNET_SET(p->ifp->if_vnet);
			if_link_state_change(p->ifp, p->linkup ?
			    LINK_STATE_UP : LINK_STATE_DOWN);
			CURVNET_RESTORE();
			return (0);
		}
	return (ENXIO);
}

SYSCTL_DECL(_dev);

static int
fakehn_mod(module_t mod, int what, void *arg)
{
	struct sysctl_oid *hw, *dev, *dbg, *n;
	char name[8];
	int i;

	switch (what) {
	case MOD_LOAD:
		sx_init(&fhn_lock, "fakehn");
		sysctl_ctx_init(&ctx);
		fhn_tq = taskqueue_create("fakehn", M_WAITOK,
		    taskqueue_thread_enqueue, &fhn_tq);
		taskqueue_start_threads(&fhn_tq, 1, PI_NET, "fakehn tq");
		hw = SYSCTL_ADD_NODE(&ctx, SYSCTL_STATIC_CHILDREN(_hw),
		    OID_AUTO, "hn", CTLFLAG_RW, 0, "Hyper-V network interface");
		SYSCTL_ADD_STRING(&ctx, SYSCTL_CHILDREN(hw), OID_AUTO,
		    "vflist", CTLFLAG_RW, fhn_vflist, sizeof(fhn_vflist),
		    "VF list");
		SYSCTL_ADD_INT(&ctx, SYSCTL_CHILDREN(hw), OID_AUTO,
		    "vf_transparent", CTLFLAG_RW, &fhn_xpnt, 0,
		    "Transparent VF mod");
		dev = SYSCTL_ADD_NODE(&ctx, SYSCTL_STATIC_CHILDREN(_dev),
		    OID_AUTO, "hn", CTLFLAG_RW, 0, "");
		dbg = SYSCTL_ADD_NODE(&ctx, SYSCTL_STATIC_CHILDREN(_debug),
		    OID_AUTO, "fakehn", CTLFLAG_RW, 0, "");
		for (i = 0; i < NUNIT; i++) {
			snprintf(name, sizeof(name), "%d", i);
			n = SYSCTL_ADD_NODE(&ctx, SYSCTL_CHILDREN(dev),
			    OID_AUTO, name, CTLFLAG_RW, 0, "");
			SYSCTL_ADD_STRING(&ctx, SYSCTL_CHILDREN(n), OID_AUTO,
			    "vf", CTLFLAG_RW, units[i].vfname,
			    sizeof(units[i].vfname),
			    "Virtual Function's name");
			SYSCTL_ADD_STRING(&ctx, SYSCTL_CHILDREN(n), OID_AUTO,
			    "rxvf", CTLFLAG_RW, units[i].rxvfname,
			    sizeof(units[i].rxvfname),
			    "activated Virtual Function's name");
		}
		SYSCTL_ADD_INT(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "auto", CTLFLAG_RW, &fhn_auto, 0, "hn(4) VF event logic");
		SYSCTL_ADD_INT(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "maxmtu", CTLFLAG_RW, &fhn_maxmtu, 0, "");
		SYSCTL_ADD_INT(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "notify_delay_ms", CTLFLAG_RW, &fhn_notify_delay_ms, 0, "");
		SYSCTL_ADD_STRING(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "vfdname", CTLFLAG_RW, fhn_vfdname, sizeof(fhn_vfdname),
		    "driver name of VFs (static buffers: keep it alive)");
		SYSCTL_ADD_PROC(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "vf_plug", CTLTYPE_INT | CTLFLAG_WR | CTLFLAG_MPSAFE,
		    NULL, 0, sy_plug, "I", "attach VF of unit");
		SYSCTL_ADD_PROC(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "vf_unplug", CTLTYPE_INT | CTLFLAG_WR | CTLFLAG_MPSAFE,
		    NULL, 0, sy_unplug, "I", "detach VF of unit");
		SYSCTL_ADD_PROC(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "notify", CTLTYPE_STRING | CTLFLAG_WR | CTLFLAG_MPSAFE,
		    NULL, 0, sy_notify, "A", "emit devctl event");
		SYSCTL_ADD_PROC(&ctx, SYSCTL_CHILDREN(dbg), OID_AUTO,
		    "link", CTLTYPE_STRING | CTLFLAG_WR | CTLFLAG_MPSAFE,
		    NULL, 0, sy_link, "A", "set carrier");
		saved_vm_guest = vm_guest;
		vm_guest = VM_GUEST_HV;
		for (i = 0; i < NUNIT; i++) {
			uint8_t m[ETHER_ADDR_LEN] =
			    { 0x00, 0x15, 0x5d, 0x0a, 0x0b, 0x10 + i };
			uint8_t s[ETHER_ADDR_LEN] =
			    { 0x02, 0x15, 0x5d, 0x0a, 0x0c, 0x10 + i };

			units[i].unit = i;
			memcpy(units[i].mac, m, sizeof(m));
			fp_create(&units[i], P_HN, "hn", m);
			fp_create(&units[i], P_SW, "hvsw", s);
		}
		t_ev = EVENTHANDLER_REGISTER(ifnet_event, ev_ifnet, NULL,
		    EVENTHANDLER_PRI_ANY);
		t_addr = EVENTHANDLER_REGISTER(ifaddr_event, ev_ifaddr, NULL,
		    EVENTHANDLER_PRI_ANY);
		t_att = EVENTHANDLER_REGISTER(ether_ifattach_event, ev_attach,
		    NULL, EVENTHANDLER_PRI_ANY);
		t_det = EVENTHANDLER_REGISTER(ifnet_departure_event, ev_detach,
		    NULL, EVENTHANDLER_PRI_ANY);
		return (0);
	case MOD_UNLOAD:
		EVENTHANDLER_DEREGISTER(ifnet_event, t_ev);
		EVENTHANDLER_DEREGISTER(ifaddr_event, t_addr);
		for (i = 0; i < NUNIT; i++)
			fp_destroy(&units[i].p[P_VF]);
		EVENTHANDLER_DEREGISTER(ether_ifattach_event, t_att);
		EVENTHANDLER_DEREGISTER(ifnet_departure_event, t_det);
		for (i = 0; i < NUNIT; i++) {
			fp_destroy(&units[i].p[P_HN]);
			fp_destroy(&units[i].p[P_SW]);
		}
		sysctl_ctx_free(&ctx);
		taskqueue_free(fhn_tq);
		vm_guest = saved_vm_guest;
		sx_destroy(&fhn_lock);
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

static moduledata_t fakehn_data = { "fakehn", fakehn_mod, NULL };
DECLARE_MODULE(fakehn, fakehn_data, SI_SUB_PSEUDO, SI_ORDER_ANY);
MODULE_VERSION(fakehn, 1);
