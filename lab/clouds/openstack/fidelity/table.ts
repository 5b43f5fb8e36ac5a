/** What the lab has of OpenStack, one behaviour a row. */
import type { Behaviour } from "../../../fidelity/behaviour.ts";

const test = "test/long/openstack.test.ts";
const docs = "https://docs.openstack.org";

export const behaviours: readonly Behaviour[] = [
  {
    name: "APIs",
    documented: "Keystone, Neutron and Octavia, each with its own data base server and message queue.",
    source: `${docs}/install-guide/environment.html`,
    lab: "Keystone 30.0.0, Neutron 29.0.0 and Octavia 19.0.0 themselves, with SQLite and without a message queue. There is no Nova, so a node's machine is its port.",
    shownBy: {
      [test]: [
        "has every node as a member that its monitor finds up, on both load balancers",
        "leaves nothing in Octavia and Neutron when it is destroyed",
      ],
    },
    limit: {
      text: "Load on the services, and changes that reach Octavia at the same moment: SQLite has no locks of rows.",
      short: "How OpenStack's services behave under load.",
    },
  },
  {
    name: "Amphorae",
    documented: "A machine for each load balancer, or two, with HAProxy for TCP and HTTP and LVS for UDP.",
    source: `${docs}/octavia/latest/reference/introduction.html`,
    lab: "HAProxy in a network namespace for each load balancer, configured by Octavia's own template; for UDP the kernel's address translation. The provider driver and its agent are the lab's. It starts in a second, an amphora in a minute or more. HAProxy takes 2000 connections where no limit is asked for, and over all listeners at most half as many as the process may open files, less 500.",
    shownBy: { [test]: ["answers both ways by the pods of each"] },
    limit: {
      text: "The time that machines take to start, failover between two of them, TLS, and layer 7 policies.",
      short: "How long an amphora takes to start, and what happens when one fails.",
    },
  },
  {
    name: "Security groups",
    documented: "Rules of a port's groups decide which new connections reach it.",
    source: `${docs}/neutron/latest/admin/intro-os-networking.html`,
    lab: "The rules of the nodes' ports hold for connections from outside and from load balancers. A load balancer's own port admits what its listeners' allowed CIDRs say.",
    shownBy: { [test]: ["answers both ways by the pods of each"] },
    limit: {
      text: "Rules between nodes, and for what leaves a port.",
      short: "Security groups between the nodes.",
    },
  },
];
